"""Both give a figure of the same thing, and no one figure fits both."""

from __future__ import annotations

from api.contradictions.alignment import coreference
from api.contradictions.alignment.alignment import Match
from api.contradictions.alignment.possessives import possessives_of
from api.contradictions.analysis.figures import figures
from api.contradictions.analysis.verdicts import Basis, Side
from api.contradictions.analysis.word_relations import word_relation
from api.contradictions.detectors.declaration import detector
from api.contradictions.detectors.findings import Finding
from api.language.clauses.arguments import Term
from api.language.clauses.quantities import AGE, SHARE, Quantity, disjoint
from api.language.words.lexicon import AGREEING, Relation
from api.language.words.numbers import PERCENT

MOVED = frozenset({"by", "from"})
"""Prepositions of a change: it fell "by" one figure "to" another."""
_OF_ANYTHING = frozenset({"", AGE, SHARE, "second"})
"""Units that say nothing of what else is measured: a count, an age, how long it took."""
_FATES = frozenset({"dead", "hurt", "injured", "missing", "survivor", "wounded"})
"""What people are counted by after a disaster: each has a figure of its own."""


@detector(rests_on=())
def detect(match: Match) -> Finding | None:
    """Figures of one unit, on the same participant, whose intervals do not meet."""
    if match.predicates not in {*AGREEING, Relation.NONE} or match.p.sign < 0 or match.q.sign < 0:
        return None
    if match.predicates is Relation.NONE and not (match.loose or match.theme >= coreference.AGREED):
        return None
    pairs = [
        (x, y)
        for x in figures(match.a.analysis, match.p)
        for y in figures(match.b.analysis, match.q)
    ]
    alike = [
        (mine, yours) for (mine, x), (yours, y) in pairs if _of_one_thing(match, mine, x, yours, y)
    ]
    if not alike or not all(disjoint(mine, yours) for mine, yours in alike):
        return None
    mine, yours = alike[0]
    if match.predicates is Relation.NONE and _complete(mine, yours):
        return None
    spans = ((mine.start, mine.end), (yours.start, yours.end))
    basis: Basis = "quantifier" if SHARE in (mine.unit, yours.unit) else "quantity"
    return Finding(match, basis, "factual", spans, ("states", "states"))


def _complete(mine: Quantity, yours: Quantity) -> bool:
    """Whether two shares make up the whole: three quarters lost, a quarter saved."""
    return mine.unit == PERCENT and abs(mine.low + yours.low - 100) < 1


def _of_one_thing(
    match: Match, mine: Quantity, term: Term | None, yours: Quantity, other: Term | None
) -> bool:
    moved = {each is not None and each.role in MOVED for each in (term, other)}
    if mine.unit == yours.unit == PERCENT and _of_other_wholes(match, mine, term, yours, other):
        return False
    if _dimension(mine) != _dimension(yours) or len(moved) > 1:
        return False
    if SHARE in (mine.unit, yours.unit):
        return _counted_alike(match, mine, yours)
    if mine.unit:
        return match.predicates is not Relation.NONE or match.loose or mine.unit == AGE
    return _counted_alike(match, mine, yours)


def _of_other_wholes(
    match: Match, mine: Quantity, term: Term | None, yours: Quantity, other: Term | None
) -> bool:
    """Whether two shares are taken of different wholes: of all gifts, of her gifts; among men."""
    wholes = [
        _owned(side, each) if each is not None and figure.of == each.head else None
        for side, each, figure in ((match.a, term, mine), (match.b, other, yours))
    ]
    if None not in wholes and wholes[0] != wholes[1]:
        return True
    among = [[t for t in p.terms if t.role == "among"] for p in (match.p, match.q)]
    return any(among) and not any(
        coreference.terms(match.overlap, x, y) >= coreference.AGREED
        for x in among[0]
        for y in among[1]
    )


def _owned(side: Side, term: Term) -> bool:
    """Whether a participant is that of somebody: her gifts, Norway's exports."""
    named = any(side.analysis.words[i].kind == "N" for i in term.modifiers)
    return named or bool(possessives_of(side, term.modifiers))


def other_units(match: Match) -> bool:
    """Whether the same is measured in units that do not convert: 300 tonnes, 300 litres."""
    if match.predicates not in AGREEING or match.p.sign < 0 or match.q.sign < 0:
        return False
    units = [
        {figure.unit for figure, _ in figures(side.analysis, p)} - _OF_ANYTHING
        for side, p in ((match.a, match.p), (match.b, match.q))
    ]
    return all(units) and units[0].isdisjoint(units[1])


def _dimension(quantity: Quantity) -> str:
    return PERCENT if quantity.unit == SHARE else quantity.unit


def _counted_alike(match: Match, mine: Quantity, yours: Quantity) -> bool:
    if mine.of < 0 or yours.of < 0:
        return False
    x, y = match.a.analysis.words[mine.of], match.b.analysis.words[yours.of]
    if {x.lemma, y.lemma} <= _FATES:
        return x.lemma == y.lemma
    if word_relation(x, y) in AGREEING:
        return True
    people = coreference.counts_people(x) and coreference.counts_people(y)
    return people and (coreference.counts_anybody(x) or coreference.counts_anybody(y))
