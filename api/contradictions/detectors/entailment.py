"""What one side says rules out the other by what words mean: kinds, nations, doers, dates."""

from __future__ import annotations

from collections.abc import Iterator

from api.contradictions.alignment import coreference
from api.contradictions.alignment.alignment import Match
from api.contradictions.alignment.coreference import SAME
from api.contradictions.analysis.analysis import Analysis
from api.contradictions.analysis.verdicts import Incomparable, Side
from api.contradictions.analysis.word_relations import word_relation
from api.contradictions.detectors import identity
from api.contradictions.detectors.declaration import detector
from api.contradictions.detectors.findings import Finding
from api.language.clauses.propositions import Proposition
from api.language.dates.times import Time
from api.language.words import kinds, names, places
from api.language.words.lexicon import AGREEING, Relation
from api.language.words.ordinals import is_ordinal
from api.language.words.words import Word

ORDINAL_REACH = 2
"""Words from an ordinal to the noun it counts: "second studio album"."""


@detector(rests_on=("dates", "orders", "offices"))
def detect(match: Match) -> Finding | None:
    """Two kinds, two nationalities, two doers or two dates of what has only one."""
    if match.p.sign < 0 or match.q.sign < 0:
        return None
    return (
        _kinds(match)
        or _nations(match)
        or _ordinals(match)
        or _doers(match)
        or _dates(match)
        or identity.detect(match)
    )


def _kinds(match: Match) -> Finding | None:
    x, y = _predicates(match)
    if not (x.kind == y.kind == "n" and _says_what_it_is(match.p) and _says_what_it_is(match.q)):
        return None
    alone = (
        match.p.predicate in match.overlap.alone_a and match.q.predicate in match.overlap.alone_b
    )
    if alone and match.predicates is Relation.NONE and kinds.exclude(x.lemma, y.lemma):
        return _finding(match, x, y)
    return None


def _says_what_it_is(proposition: Proposition) -> bool:
    """ "is a song", not "there is a song" or "is in song"."""
    return not proposition.existential and proposition.determiner in {"definite", "indefinite"}


def _nations(match: Match) -> Finding | None:
    """ "a French film" and "a Spanish film", where neither nation is named on the other side."""
    x, y = _predicates(match)
    if x.kind not in "nN" or y.kind not in "nN" or match.theme < coreference.AGREED:
        return None
    mine = _demonyms(match.a, match.p, match.overlap.alone_a)
    yours = _demonyms(match.b, match.q, match.overlap.alone_b)
    apart = all(places.exclude(x.lemma, y.lemma) for x in mine for y in yours)
    return _finding(match, mine[0], yours[0]) if mine and yours and apart else None


def _demonyms(side: Side, proposition: Proposition, alone: frozenset[int]) -> list[Word]:
    words = side.analysis.words
    of = [proposition.predicate]
    of += [
        i for term in proposition.terms if term.role == "of" for i in (term.head, *term.modifiers)
    ]
    return [
        words[i] for i in of if i in alone and words[i].kind == "N" and names.known(words[i].lemma)
    ]


def _ordinals(match: Match) -> Finding | None:
    """ "is his first album" and "is his second album"."""
    if any(word.kind != "n" and word.lemma != "be" for word in _predicates(match)):
        return None
    for i, x in _counted(match.a, match.p):
        for j, y in _counted(match.b, match.q):
            if (
                word_relation(match.a.analysis.words[i], match.b.analysis.words[j]) is Relation.SAME
                and x.lemma != y.lemma
            ):
                return _finding(match, x, y, "topic")
    return None


def _counted(side: Side, proposition: Proposition) -> Iterator[tuple[int, Word]]:
    """The nouns of a proposition that have an ordinal, with it."""
    words = side.analysis.words
    for term in proposition.terms:
        heads = [proposition.predicate] if term.role == "of" else []
        for ordinal in (term.head, *term.modifiers):
            if is_ordinal(words[ordinal].lemma):
                nouns = (
                    i
                    for i in (*term.modifiers, term.head)
                    if ordinal < i <= ordinal + ORDINAL_REACH and words[i].kind == "n"
                )
                yield from ((i, words[ordinal]) for i in (*heads, *nouns))


def _doers(match: Match) -> Finding | None:
    """Two who each did, or two places of, what one did or what happened in one."""
    x, y = _predicates(match)
    once = kinds.singular_roles(x.lemma) & kinds.singular_roles(y.lemma)
    if match.predicates not in AGREEING or match.theme < coreference.AGREED:
        return None
    for role in sorted(once - {"in", "time"}):
        mine, yours = _in_role(match.a, match.p, role), _in_role(match.b, match.q, role)
        apart = coreference.apart if role == "agent" else coreference.named_apart
        if mine and yours and all(apart(v, w) for v in mine for w in yours):
            return _finding(match, mine[0], yours[0], "agent" if role == "agent" else "place")
    return identity.places_apart(match) if "in" in once else None


def _in_role(side: Side, proposition: Proposition, role: str) -> list[Word]:
    return [side.analysis.words[t.head] for t in proposition.terms if t.role == role]


def _dates(match: Match) -> Finding | None:
    x, y = _predicates(match)
    planned = match.p.mood == match.q.mood == "will" and max(match.agent, match.theme) == SAME
    once = "time" in kinds.singular_roles(x.lemma) & kinds.singular_roles(y.lemma)
    sides = ((match.a, match.p), (match.b, match.q))
    once = once or all(for_the_first_time(side.analysis, each) for side, each in sides)
    if match.predicates not in AGREEING or not (planned or once):
        return None
    first, second = _times(match.a, match.p), _times(match.b, match.q)
    for field in ("year", "month", "monthday"):
        mine = [time for time in first if time.field == field]
        yours = [time for time in second if time.field == field]
        if mine and yours and not {t.value for t in mine} & {t.value for t in yours}:
            spans = ((mine[0].start, mine[0].end), (yours[0].start, yours[0].end))
            return Finding(
                match, "quantity", "factual", spans, ("dates it", "dates it"), rests_on="time"
            )
    return None


def for_the_first_time(analysis: Analysis, proposition: Proposition) -> bool:
    """ "It first flew in May": whatever may happen often has but one first time."""
    return any(analysis.words[i].lemma == "first" for i in proposition.adverbs)


def _times(side: Side, proposition: Proposition) -> list[Time]:
    """The times that a proposition names, or those of its text where it names none itself."""
    words = side.analysis.words
    named = {words[i].start for t in proposition.terms for i in (t.head, *t.modifiers)}
    own = [time for time in side.analysis.times if time.start in named]
    return own or list(side.analysis.times)


def _predicates(match: Match) -> tuple[Word, Word]:
    return match.predicate(match.a, match.p), match.predicate(match.b, match.q)


def _finding(match: Match, x: Word, y: Word, rests_on: Incomparable | None = None) -> Finding:
    return Finding(
        match,
        "entailment",
        "factual",
        ((x.start, x.end), (y.start, y.end)),
        ("says", "says"),
        rests_on=rests_on,
    )
