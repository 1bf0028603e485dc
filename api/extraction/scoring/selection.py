"""Which candidates are statements: the likely ones, without two readings of the same words."""

from __future__ import annotations

from collections.abc import Iterable

from api.deadline import check_deadline
from api.extraction.candidates.candidates import Candidate
from api.extraction.text.extracted import STAGE

SAME = 0.5
"""Two contents are readings of the same words when they share this much of the longer one."""

LEAST_WITHIN = 0.55
"""The chance from which a statement is given that stands inside another one."""


def select(scored: Iterable[tuple[float, Candidate]]) -> list[tuple[float, Candidate]]:
    """Keep the likeliest of every set of rivals, most likely first.

    A cue has no two overlapping contents, and no two cues share one; a statement reported inside
    another ("she said that he denied…") stays beside it.

    Args:
        scored: candidates with the chance that each is a statement.
    """
    kept: list[tuple[float, Candidate]] = []
    by_paragraph: dict[int, list[Candidate]] = {}
    for chance, candidate in sorted(scored, key=lambda pair: (-pair[0], pair[1].start)):
        check_deadline(STAGE)
        rivals = by_paragraph.setdefault(candidate.content.number, [])
        within = any(other.start <= candidate.cue_start < other.end for other in rivals)
        if within and chance < LEAST_WITHIN:
            continue
        if not any(_rival(candidate, other) for other in rivals):
            rivals.append(candidate)
            kept.append((chance, candidate))
    return kept


def _rival(candidate: Candidate, other: Candidate) -> bool:
    same_cue = candidate.cue_start == other.cue_start
    if same_cue and {"before", "ccomp"} == {candidate.shape, other.shape}:
        return True  # "It failed: in May, he wrote that …": what he wrote follows the cue
    shared = candidate.overlap(other)
    if not shared:
        return False
    if same_cue:
        return True
    if candidate.start <= other.cue_start < candidate.end:
        return False  # the other is what this one reports
    longer = max(candidate.end - candidate.start, other.end - other.start)
    return shared > SAME * longer
