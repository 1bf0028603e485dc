"""One says this, the other its opposite: raised and cut, constructive and tense."""

from __future__ import annotations

from api.contradictions.alignment import Match
from api.contradictions.findings import Finding, stances
from api.contradictions.moods import nature, opposed_by_stance
from api.language.lexicon import Relation

UNEASY = 0.4
"""Strength of two words that only sit ill together."""


def detect(match: Match) -> Finding | None:
    """Predicates that exclude each other, said with the same sign."""
    if match.predicates not in {Relation.OPPOSITE, Relation.UNEASY} or match.p.sign != match.q.sign:
        return None
    if match.p.sign < 0 or opposed_by_stance(match):
        return None
    spans, roles = stances(match)
    strength = 1.0 if match.predicates is Relation.OPPOSITE else UNEASY
    return Finding(match, "antonym", nature(match), spans, roles, strength)
