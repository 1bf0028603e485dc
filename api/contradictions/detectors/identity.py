"""Two holders of one role, two places or works that a thing belongs to: only one can be right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from api.contradictions.alignment import coreference
from api.contradictions.alignment.alignment import Match
from api.contradictions.analysis.verdicts import Incomparable, Side
from api.contradictions.analysis.word_relations import word_relation
from api.contradictions.detectors.findings import Finding
from api.language.clauses.arguments import Term
from api.language.clauses.propositions import Proposition
from api.language.words import names, places
from api.language.words.lexicon import AGREEING
from api.language.words.units import is_unit
from api.language.words.words import Word

_BELONGING = frozenset({"at", "by", "from", "of", "on", "with"})
_THING_AND_PLACE = 2
_COPULAR = frozenset({"n", "N"})
_LOCATING = frozenset({"base", "be", "headquarter", "lie", "locate", "sit", "situate"})


class Role(NamedTuple):
    """Who is what of what: "Petrov is the chief executive of Hexal Air"."""

    holder: Word
    role: Word
    of: tuple[Word, ...]


def detect(match: Match) -> Finding | None:
    """Two names for one role, or for what one thing is part of."""
    if match.p.sign < 0 or match.q.sign < 0 or match.p.existential or match.q.existential:
        return None
    x, y = match.predicate(match.a, match.p), match.predicate(match.b, match.q)
    if _locates(match.p, x) and _locates(match.q, y):
        found = places_apart(match)
        if found:
            return found
    if x.kind not in _COPULAR or y.kind not in _COPULAR:
        return None
    return _holders(match) or (_belonging(match) if match.predicates in AGREEING else None)


def _locates(proposition: Proposition, predicate: Word) -> bool:
    """ "is in Ghana", "is based in Ghana", "is a port in Ghana"."""
    if predicate.lemma == "be":
        return len(proposition.terms) == _THING_AND_PLACE
    return predicate.lemma in _LOCATING or (
        predicate.kind == "n" and proposition.determiner == "indefinite"
    )


def places_apart(match: Match) -> Finding | None:
    """Two places, neither in the other, in which one thing is said to be or to have happened."""
    if max(match.agent, match.theme) < coreference.AGREED:
        return None
    mine, yours = _in_places(match.a, match.p), _in_places(match.b, match.q)
    if mine and yours and all(places.exclude(x.lemma, y.lemma) for x in mine for y in yours):
        return _finding(match, mine[0], yours[0], "place")
    return None


def _in_places(side: Side, proposition: Proposition) -> list[Word]:
    """The named places in which a proposition says that something is or happened."""
    words = side.analysis.words
    return [
        words[i]
        for term in proposition.terms
        if term.role == "in"
        for i in (term.head, *(i for i in term.modifiers if places.places(words[i].lemma)))
        if words[i].kind in "aN"
    ]


def _holders(match: Match) -> Finding | None:
    for mine in _roles(match.a, match.p):
        for yours in _roles(match.b, match.q):
            if (
                _one_role(mine, yours)
                and names.relation(mine.holder.lemma, yours.holder.lemma) not in AGREEING
            ):
                return _finding(match, mine.holder, yours.holder, "topic")
    return None


def _one_role(mine: Role, yours: Role) -> bool:
    shared = any(word_relation(x, y) in AGREEING for x in mine.of for y in yours.of)
    return shared and word_relation(mine.role, yours.role) in AGREEING


def _roles(side: Side, proposition: Proposition) -> Iterator[Role]:
    words = side.analysis.words
    predicate = words[proposition.predicate]
    for term in proposition.terms:
        head = words[term.head]
        if term.role != "theme" or {head.kind, predicate.kind} != {"n", "N"}:
            continue
        if head.kind == "n" and term.determiner != "indefinite":
            yield Role(predicate, head, _names(words, term.modifiers))
        elif predicate.kind == "n" and proposition.determiner == "definite":
            of = [i for t in proposition.terms if t is not term for i in (t.head, *t.modifiers)]
            yield Role(head, predicate, _names(words, of))


def _names(words: Sequence[Word], indexes: Iterable[int]) -> tuple[Word, ...]:
    return tuple(words[i] for i in indexes if words[i].kind == "N")


def _belonging(match: Match) -> Finding | None:
    """ "an album by this singer" and "by that", where neither is named on the other side."""
    if is_unit(match.predicate(match.a, match.p).lemma):
        return None
    for mine in match.p.terms:
        for yours in match.q.terms:
            if mine.role == yours.role and mine.role in _BELONGING:
                x, y = _name(match.a, mine), _name(match.b, yours)
                if (
                    x
                    and y
                    and mine.head in match.overlap.alone_a
                    and yours.head in match.overlap.alone_b
                ):
                    return _finding(match, x, y, "place")
    return None


def _name(side: Side, term: Term) -> Word | None:
    word = side.analysis.words[term.head]
    return word if word.kind == "N" else None


def _finding(match: Match, x: Word, y: Word, rests_on: Incomparable) -> Finding:
    return Finding(
        match,
        "entailment",
        "factual",
        ((x.start, x.end), (y.start, y.end)),
        ("names", "names"),
        rests_on=rests_on,
    )
