"""One says this, the other its opposite: raised and cut, constructive and tense."""

from __future__ import annotations

from collections.abc import Iterable

from api.contradictions.alignment.alignment import Match
from api.contradictions.alignment.moods import nature, of_parts, opposed_by_stance
from api.contradictions.analysis.verdicts import Side
from api.contradictions.analysis.word_relations import word_relation
from api.contradictions.detectors.declaration import detector
from api.contradictions.detectors.findings import Finding, stances
from api.language.clauses.propositions import Proposition
from api.language.words.lexicon import Relation

_STRENGTHS = {Relation.OPPOSITE: 1.0, Relation.UNEASY: 0.6}
"""Words that only sit ill together are enough for a candidate, never for a flag."""


@detector(rests_on=())
def detect(match: Match) -> Finding | None:
    """Predicates, or what is said with them, that exclude each other."""
    if match.p.sign < 0 or match.q.sign < 0 or opposed_by_stance(match) or of_parts(match):
        return None
    if match.predicates in _STRENGTHS and not _both_say_both(match):
        spans, roles = stances(match)
        strength = _STRENGTHS[match.predicates]
        return Finding(match, "antonym", nature(match), spans, roles, strength)
    if match.predicates is Relation.NONE and (match.of_one_thing or match.loose):
        return _opposed(match, _said(match.a, match.p), _said(match.b, match.q))
    return _opposed(match, _qualities(match.a, match.p), _qualities(match.b, match.q)) or (
        _opposed(match, _outcomes(match.a, match.p), _outcomes(match.b, match.q))
    )


def _opposed(match: Match, mine: Iterable[int], yours: Iterable[int]) -> Finding | None:
    """The first two words that exclude each other, those of certain opposites before others.

    What the other side says too is no evidence: one missing was found, one found was missing.
    """
    own = [word for i in mine if (word := match.a.analysis.words[i]).lemma not in _lemmas(match.b)]
    other = [
        word for i in yours if (word := match.b.analysis.words[i]).lemma not in _lemmas(match.a)
    ]
    found = [(x, y, word_relation(x, y)) for x in own for y in other]
    for relation, strength in _STRENGTHS.items():
        for x, y, opposed in found:
            if opposed is relation:
                spans = ((x.start, x.end), (y.start, y.end))
                loose = match.loose and not match.of_one_thing
                roles = ("says", "says")
                return Finding(match, "antonym", nature(match), spans, roles, strength, loose=loose)
    return None


def _both_say_both(match: Match) -> bool:
    """Whether each predicate is said by the other side too: "does more to hurt than to help"."""
    mine, yours = match.predicate(match.a, match.p), match.predicate(match.b, match.q)
    return mine.lemma in _lemmas(match.b) and yours.lemma in _lemmas(match.a)


def _lemmas(side: Side) -> frozenset[str]:
    return frozenset(word.lemma for word in side.analysis.words)


def _qualities(side: Side, proposition: Proposition) -> list[int]:
    """How it is done, or what kind of thing it is said to be: ended lower, a safe drug."""
    words = side.analysis.words
    if words[proposition.predicate].kind == "v":
        return list(proposition.adverbs)
    if proposition.existential or words[proposition.predicate].kind != "n":
        return []
    own = [term for term in proposition.terms if term.role == "of"]
    return [i for t in own for i in (t.head, *t.modifiers) if words[i].kind == "a"]


def _outcomes(side: Side, proposition: Proposition) -> list[int]:
    """What it led to: "ended in failure"."""
    words = side.analysis.words
    heads = (term.head for term in proposition.terms if term.role == "in")
    return [i for i in heads if words[i].kind == "n"]


def _said(side: Side, proposition: Proposition) -> list[int]:
    """The predicate and what is said with it, but not what it is said of."""
    words = side.analysis.words
    subject = next((term.role for term in proposition.terms if term.role == "agent"), "theme")
    rest = [t for t in proposition.terms if t.role != subject]
    said = [i for term in rest for i in (term.head, *term.modifiers)]
    indexes = (proposition.predicate, *proposition.adverbs, *said)
    denied = {other.predicate for other in side.analysis.propositions if other.sign < 0}
    return [i for i in indexes if words[i].kind in "nvar" and i not in denied]
