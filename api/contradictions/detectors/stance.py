"""One is for it, the other against: refuses and urges, forbids and accepts."""

from __future__ import annotations

from api.contradictions.alignment.alignment import Match
from api.contradictions.alignment.moods import nature, opposed_by_stance
from api.contradictions.detectors.declaration import detector
from api.contradictions.detectors.findings import Finding, stances
from api.language.words.lexicon import AGREEING, Relation


@detector(rests_on=())
def detect(match: Match) -> Finding | None:
    """Opposite stands on one event, or the same stand on two events that exclude each other."""
    if not opposed_by_stance(match):
        return None
    opposed = match.predicates is Relation.OPPOSITE
    if not (opposed or match.predicates in AGREEING or match.loose) or opposed != (
        match.p.sign == match.q.sign
    ):
        return None
    spans, roles = stances(match)
    return Finding(match, "stance", nature(match), spans, roles, loose=match.loose)
