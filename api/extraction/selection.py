"""Which candidates are statements: the likely ones, without two readings of the same words."""

from __future__ import annotations

from collections.abc import Iterable

from api.extraction.candidates import Candidate

SAME = 0.7
"""Two contents are readings of the same words when they share this much of the longer one."""


def select(scored: Iterable[tuple[float, Candidate]], least: float) -> list[tuple[float, Candidate]]:
    """Keep the likeliest of every set of rivals, most likely first.

    A cue has no two overlapping contents, and no two cues share one; a statement reported inside
    another ("she said that he denied…") stays beside it.

    Args:
        scored: candidates with the chance that each is a statement.
        least: the chance below which nothing is kept.
    """
    kept: list[tuple[float, Candidate]] = []
    by_paragraph: dict[int, list[Candidate]] = {}
    likely = [pair for pair in scored if pair[0] >= least]
    for chance, candidate in sorted(likely, key=lambda pair: (-pair[0], pair[1].start)):
        rivals = by_paragraph.setdefault(candidate.content.number, [])
        if not any(_rival(candidate, other) for other in rivals):
            rivals.append(candidate)
            kept.append((chance, candidate))
    return kept


def _rival(candidate: Candidate, other: Candidate) -> bool:
    shared = candidate.overlap(other)
    if not shared:
        return False
    longer = max(candidate.end - candidate.start, other.end - other.start)
    return candidate.cue_start == other.cue_start or shared > SAME * longer
