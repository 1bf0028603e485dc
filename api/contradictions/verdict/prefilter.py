"""Pairs between which no finding can be comparable: most of those that share a word.

Two strangers must share a part of their words (`alignment.AKIN`), but for findings that rest on the
topic itself: whose first album it is, who holds an office.
"""

from __future__ import annotations

from api.contradictions.alignment.alignment import AKIN
from api.contradictions.alignment.overlap import Overlap
from api.contradictions.analysis.verdicts import Side
from api.contradictions.detectors import only_ours


def cannot_contradict(a: Side, b: Side, same_event: bool) -> bool:
    """Whether `compare` would find nothing, as far as it can be told before any grammar."""
    overlap = Overlap(a, b, same_event)
    if not (overlap.strangers and only_ours() and overlap.shares_less_than(AKIN)):
        return False
    return not (b.analysis.orders and a.analysis.orders) and not (
        b.analysis.holds and a.analysis.holds
    )
