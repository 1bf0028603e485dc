"""One says it is so, the other that it is not."""

from __future__ import annotations

from api.contradictions.alignment import Match
from api.contradictions.findings import Finding, stances
from api.contradictions.moods import nature, of_parts, opposed_by_stance
from api.language.lexicon import AGREEING


def detect(match: Match) -> Finding | None:
    """The same event with opposite signs, where nobody's will is what opposes them."""
    if match.predicates not in AGREEING or match.p.sign == match.q.sign or opposed_by_stance(match) or of_parts(match):
        return None
    spans, roles = stances(match)
    return Finding(match, "negation", nature(match), spans, roles)
