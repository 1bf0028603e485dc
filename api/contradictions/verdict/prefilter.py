"""Pairs between which no finding can be comparable: most of those that share a word.

Two strangers must share a part of their words (`alignment.AKIN`), but for findings that rest on the
topic itself, where a detector declares such: whose first album it is, who holds an office.
"""

from __future__ import annotations

from api.contradictions.alignment.alignment import AKIN
from api.contradictions.alignment.overlap import Overlap
from api.contradictions.analysis.verdicts import Side
from api.contradictions.detectors import grounds


def cannot_contradict(a: Side, b: Side, same_event: bool) -> bool:
    """Whether `compare` would find nothing, as far as it can be told before any grammar."""
    overlap = Overlap(a, b, same_event)
    if "anything" in grounds() or not (overlap.strangers and overlap.shares_less_than(AKIN)):
        return False
    both_order = "orders" in grounds() and b.analysis.orders and a.analysis.orders
    both_hold = "offices" in grounds() and b.analysis.holds and a.analysis.holds
    return not both_order and not both_hold
