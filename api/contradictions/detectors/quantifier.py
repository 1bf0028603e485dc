"""All against some not, never against sometimes, only this against that."""

from __future__ import annotations

from api.contradictions.alignment import Match
from api.contradictions.findings import Finding


def detect(match: Match) -> Finding | None:
    return None
