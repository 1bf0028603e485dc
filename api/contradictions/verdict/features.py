"""The few readable numbers a finding is scored by; all lie in [0, 1]."""

from __future__ import annotations

from api.contradictions.alignment import coreference
from api.contradictions.alignment.alignment import Match
from api.contradictions.alignment.moods import of_will
from api.contradictions.detectors.findings import Finding
from api.language.clauses.propositions import Proposition
from api.language.words.lexicon import Relation

MOST_EXTRA = 4
"""Words that the other side has nothing like, beyond which one more changes nothing."""


SLOTS = frozenset({"quantity", "entailment"})
"""Bases that set two fillers of one slot against each other: what else is said matters less."""


def features(finding: Finding) -> dict[str, float]:
    """Name to value; a name that is missing counts as 0."""
    match, overlap = finding.match, finding.match.overlap
    denied, other = _extra(finding)
    if finding.loose:
        return {
            f"loose_{finding.basis}": 1.0,
            "loose_share_least": min(overlap.share_a, overlap.share_b),
            "loose_share_most": max(overlap.share_a, overlap.share_b),
            "loose_extra_denied": denied,
            "loose_extra": other,
            "loose_theme": _known(match.theme),
            "loose_moods_differ": float(of_will(match.p) != of_will(match.q)),
            "loose_holders_differ": float(_holders_differ(match)),
            "loose_same_event": float(overlap.same_event),
        }
    kind = "slot" if finding.basis in SLOTS else "sign" if match.p.sign != match.q.sign else "word"
    return {
        finding.basis: 1.0,
        "other_word": float(match.predicates is Relation.SYNONYM),
        "kind_of_word": float(match.predicates in {Relation.NARROWER, Relation.WIDER}),
        f"{kind}_no_word": float(match.predicates is Relation.NONE),
        "agent": _known(match.agent),
        "theme": _known(match.theme),
        "others": float(any(degree >= coreference.AGREED for degree in match.others)),
        f"{kind}_others_differ": float(
            any(degree == coreference.DIFFERENT for degree in match.others)
        ),
        f"{kind}_extra_denied": denied,
        f"{kind}_extra": other,
        f"{kind}_share_least": min(overlap.share_a, overlap.share_b),
        f"{kind}_share_most": max(overlap.share_a, overlap.share_b),
        f"{kind}_same_event": float(overlap.same_event),
        "moods_differ": float(of_will(match.p) != of_will(match.q)),
        "holders_differ": float(_holders_differ(match)),
        f"{kind}_told_apart": float(overlap.told_apart),
        f"{kind}_opposed_too": float(_opposed_too(finding)),
    }


def _known(degree: float) -> float:
    return degree if degree >= coreference.AGREED else 0.0


def _extra(finding: Finding) -> tuple[float, float]:
    """What each side says beyond the other: that of the denial first, else the smaller first."""
    match = finding.match
    a = _unshared(match.p, match.overlap.alone_a)
    b = _unshared(match.q, match.overlap.alone_b)
    if match.p.sign != match.q.sign:
        return (a, b) if match.p.sign < 0 else (b, a)
    return min(a, b), max(a, b)


def _opposed_too(finding: Finding) -> bool:
    """Whether other words exclude each other than those the finding rests on: two forests."""
    mine, yours = finding.match.a.analysis.words, finding.match.b.analysis.words
    (start, end), (begin, stop) = finding.spans
    return any(
        not (start <= mine[i].start < end or begin <= yours[j].start < stop)
        for i, j in finding.match.overlap.opposed
    )


def _unshared(proposition: Proposition, alone: frozenset[int]) -> float:
    named = {i for term in proposition.terms for i in (term.head, *term.modifiers)}
    return min(len(named & alone - {proposition.predicate}), MOST_EXTRA) / MOST_EXTRA


def _holders_differ(match: Match) -> bool:
    """Whether these are the stands of two whom neither statement has in common."""
    return match.p.holder in match.overlap.alone_a and match.q.holder in match.overlap.alone_b
