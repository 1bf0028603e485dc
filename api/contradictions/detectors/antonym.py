"""One says this, the other its opposite: raised and cut, constructive and tense."""

from __future__ import annotations

from api.contradictions import likeness
from api.contradictions.alignment import Match
from api.contradictions.findings import Finding, stances
from api.contradictions.moods import nature, of_parts, opposed_by_stance
from api.contradictions.verdicts import Side
from api.language.lexicon import Relation
from api.language.propositions import Proposition
from api.language.words import Word

UNEASY = 0.4
"""Strength of two words that only sit ill together."""


def detect(match: Match) -> Finding | None:
    """Predicates that exclude each other, said with the same sign."""
    if match.p.sign < 0 or match.q.sign < 0 or opposed_by_stance(match) or of_parts(match):
        return None
    if match.predicates not in {Relation.OPPOSITE, Relation.UNEASY}:
        return _described(match) or _loosely(match)
    spans, roles = stances(match)
    strength = 1.0 if match.predicates is Relation.OPPOSITE else UNEASY
    return Finding(match, "antonym", nature(match), spans, roles, strength)


def _described(match: Match) -> Finding | None:
    """ "a safe drug" and "a dangerous drug", where that is what each says of the drug."""
    for x in _qualities(match.a, match.p):
        for y in _qualities(match.b, match.q):
            if likeness.relation(x, y) is Relation.OPPOSITE:
                return Finding(
                    match,
                    "antonym",
                    "factual",
                    ((x.start, x.end), (y.start, y.end)),
                    ("says", "says"),
                )
    return None


def _qualities(side: Side, proposition: Proposition) -> list[Word]:
    words = side.analysis.words
    if proposition.existential or words[proposition.predicate].kind != "n":
        return []
    return [
        words[i]
        for term in proposition.terms
        if term.role == "of"
        for i in (term.head, *term.modifiers)
        if words[i].kind == "a"
    ]


def _loosely(match: Match) -> Finding | None:
    """What is said of one thing with other predicates: "went smoothly" and "ended in a row"."""
    if match.predicates is not Relation.NONE or not match.of_one_thing:
        return None
    for x in _said(match.a, match.p):
        for y in _said(match.b, match.q):
            if likeness.relation(x, y) in {Relation.OPPOSITE, Relation.UNEASY}:
                return Finding(
                    match,
                    "antonym",
                    nature(match),
                    ((x.start, x.end), (y.start, y.end)),
                    ("says", "says"),
                    UNEASY,
                )
    return None


def _said(side: Side, proposition: Proposition) -> list[Word]:
    """The predicate and what is said with it, but not what it is said of."""
    words = side.analysis.words
    subject = next((term.role for term in proposition.terms if term.role == "agent"), "theme")
    said = [
        i
        for term in proposition.terms
        if term.role != subject
        for i in (term.head, *term.modifiers)
    ]
    return [
        words[i]
        for i in (proposition.predicate, *proposition.adverbs, *said)
        if words[i].kind in "nvar"
    ]
