"""One says it is so, the other that it is not."""

from __future__ import annotations

from api.contradictions.alignment.alignment import Match
from api.contradictions.alignment.moods import nature, of_parts, opposed_by_stance
from api.contradictions.analysis.word_relations import word_relation
from api.contradictions.detectors.declaration import detector
from api.contradictions.detectors.findings import Finding, stances
from api.language.words.lexicon import AGREEING, Relation


@detector(rests_on=())
def detect(match: Match) -> Finding | None:
    """The same event with opposite signs, where nobody's will is what opposes them."""
    if match.p.sign == match.q.sign or opposed_by_stance(match) or of_parts(match):
        return None
    aligned = match.predicates in AGREEING or _mentioned(match)
    if not aligned and not _loosely(match):
        return None
    spans, roles = stances(match)
    return Finding(match, "negation", nature(match), spans, roles, loose=not aligned)


def _loosely(match: Match) -> bool:
    """Whether one denies of the event what the other, in words of its own, says of it."""
    both_deny = all(
        any(p.sign < 0 for p in side.analysis.propositions) for side in (match.a, match.b)
    )
    return match.loose and not both_deny and not match.overlap.opposed


def _mentioned(match: Match) -> bool:
    """Whether what one side denies the other says in passing: "no hero", "made him a hero"."""
    if match.predicates is not Relation.NONE or match.p.sign == match.q.sign:
        return False
    denied, side, other, q = (
        (match.p, match.a, match.b, match.q)
        if match.p.sign < 0
        else (match.q, match.b, match.a, match.p)
    )
    word = side.analysis.words[denied.predicate]
    said = (i for term in q.terms if term.role != "without" for i in (term.head, *term.modifiers))
    return (
        word.kind in "nv"
        and not denied.attitude
        and denied.predicate in side.analysis.content
        and any(word_relation(word, other.analysis.words[i]) in AGREEING for i in said)
    )
