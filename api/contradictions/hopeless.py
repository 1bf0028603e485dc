"""Pairs between which no finding can pass the gates: most of those that share a word.

Two strangers must share a part of their words (`alignment.AKIN`), but for findings that rest on the
topic itself: whose first album it is, who holds an office.
"""

from __future__ import annotations

from functools import cache

from api.contradictions.alignment import AKIN
from api.contradictions.analysis import Analysis
from api.contradictions.detectors import detectors
from api.contradictions.likeness import ORDINALS
from api.contradictions.overlap import Overlap
from api.contradictions.verdicts import Side


def hopeless(a: Side, b: Side, same_event: bool) -> bool:
    """Whether `compare` would find nothing, as far as it can be told before any grammar."""
    overlap = Overlap(a, b, same_event)
    if not (overlap.strangers and _only_ours() and overlap.shares_less_than(AKIN)):
        return False
    return not (_counts(a.analysis) and _counts(b.analysis)) and not (
        _holds(a.analysis) and _holds(b.analysis)
    )


@cache
def _only_ours() -> bool:
    """Whether it is known of every detector what its findings rest on."""
    return all(each.__module__.startswith("api.contradictions.") for each in detectors())


def _counts(analysis: Analysis) -> bool:
    """Whether it says of anything that it is the first or the second."""
    return any(word.lemma in ORDINALS for word in analysis.words)


def _holds(analysis: Analysis) -> bool:
    """Whether it may say who holds an office: a name is what a noun is, or the other way round."""
    return any(
        term.role == "theme"
        and {analysis.words[term.head].kind, analysis.words[each.predicate].kind} == {"n", "N"}
        for each in analysis.propositions
        for term in each.terms
    )
