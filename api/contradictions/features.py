"""The few readable numbers a finding is scored by; all lie in [0, 1]."""

from __future__ import annotations

from api.contradictions import likeness
from api.contradictions.findings import Finding
from api.language.lexicon import Relation

MOST_EXTRA = 4
"""Words that the other side has nothing like, beyond which one more changes nothing."""


def features(finding: Finding) -> dict[str, float]:
    """Name to value; a name that is missing counts as 0."""
    match = finding.match
    denied, other = _sides(finding)
    return {
        finding.basis: 1.0,
        "strength": finding.strength,
        "same_word": float(match.predicates is Relation.SAME),
        "kind_of_word": float(match.predicates in {Relation.NARROWER, Relation.WIDER}),
        "agent": _known(match.agent),
        "theme": _known(match.theme),
        "others": float(any(degree >= likeness.AGREED for degree in match.others)),
        "others_differ": float(any(degree == likeness.DIFFERENT for degree in match.others)),
        "extra_denied": denied,
        "extra_asserted": other,
        "same_event": float(match.overlap.same_event),
        "share_least": min(match.overlap.share_a, match.overlap.share_b),
        "share_most": max(match.overlap.share_a, match.overlap.share_b),
        "moods_differ": float(match.p.mood != match.q.mood),
    }


def _known(degree: float) -> float:
    return degree if degree >= likeness.AGREED else 0.0


def _sides(finding: Finding) -> tuple[float, float]:
    """What each side says beyond the other: that of the denial first, else the smaller first."""
    match = finding.match
    a, b = (min(len(extra), MOST_EXTRA) / MOST_EXTRA for extra in (match.extra_a, match.extra_b))
    if match.p.sign != match.q.sign:
        return (a, b) if match.p.sign < 0 else (b, a)
    return min(a, b), max(a, b)
