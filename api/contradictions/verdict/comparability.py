"""Whether two propositions can be held against each other at all, and if not, why."""

from __future__ import annotations

from collections.abc import Iterator

from api.contradictions.alignment import coreference
from api.contradictions.alignment.alignment import Match
from api.contradictions.alignment.moods import of_will, speaks_of_himself
from api.contradictions.analysis.said_times import when
from api.contradictions.analysis.verdicts import Incomparable, Side, is_one_speaker
from api.contradictions.detectors.findings import Finding
from api.language.clauses.arguments import Term
from api.language.clauses.propositions import Proposition
from api.language.words import places

_PLACE_ROLES = frozenset({"at", "in", "inside", "near", "outside", "over"})


def incomparable(finding: Finding) -> Incomparable | None:
    """The first reason that keeps the two apart, or None where they are comparable."""
    return next((reason for reason in _reasons(finding.match) if reason != finding.rests_on), None)


def is_comparable(match: Match) -> bool:
    """Whether nothing keeps the two propositions of a match apart."""
    return next(_reasons(match), None) is None


def _reasons(match: Match) -> Iterator[Incomparable]:
    if match.agent == coreference.DIFFERENT or _other_holder(match):
        yield "agent"
    if match.theme == coreference.DIFFERENT or not match.anchored:
        yield "topic"
    if _other_number(match):
        yield "topic"
    if _other_time(match) or _not_yet(match):
        yield "time"
    if _other_place(match):
        yield "place"
    if match.p.hedge or match.q.hedge or {match.p.mood, match.q.mood} == {"norm", "fact"}:
        yield "hedged"


def _other_holder(match: Match) -> bool:
    """Whether these are the wills of two whom the speakers tell of: both may be so.

    What a law forbids or someone must do is no matter of whose will it is.
    """
    holders = [_holder(side, p) for side, p in ((match.a, match.p), (match.b, match.q))]
    norm = "norm" in (match.p.mood, match.q.mood)
    if norm or match.overlap.same_event or holders[0] is None or holders[1] is None:
        return False
    return coreference.terms(match.overlap, holders[0], holders[1]) == coreference.DIFFERENT


def _holder(side: Side, proposition: Proposition) -> Term | None:
    """The participant whose stand it is."""
    terms = (term for each in side.analysis.propositions for term in each.terms)
    return next((term for term in terms if term.head == proposition.holder), None)


def _other_number(match: Match) -> bool:
    """Whether it is about, in or of things that have other numbers for names: room 12, room 14."""
    mine, yours = (
        [
            side.analysis.words[i]
            for term in p.terms
            if term.role not in {"agent", "theme"}
            for i in (term.head, *term.modifiers)
        ]
        for side, p in ((match.a, match.p), (match.b, match.q))
    )
    return coreference.numbered_apart(mine, yours)


def _other_time(match: Match) -> bool:
    a, b = when(match.a), when(match.b)
    if a.names_other_times(b):
        return True
    if (of_will(match.p) and of_will(match.q)) or _reversal(match):
        return False
    return a.is_of_other_days(b)


def _not_yet(match: Match) -> bool:
    """What is planned for later may well not be so now."""
    p, q = (match.p, match.q) if match.p.sign > match.q.sign else (match.q, match.p)
    return p.sign > 0 > q.sign and of_will(p) and q.mood == "fact" and not q.attitude


def _reversal(match: Match) -> bool:
    """One speaker on himself: what he stood for then binds him now."""
    return is_one_speaker(match.a, match.b) and all(
        speaks_of_himself(side.analysis, p) for side, p in ((match.a, match.p), (match.b, match.q))
    )


def _other_place(match: Match) -> bool:
    named = [
        {
            side.analysis.words[t.head].lemma
            for t in p.terms
            if t.role in _PLACE_ROLES and side.analysis.words[t.head].kind == "N"
        }
        for side, p in ((match.a, match.p), (match.b, match.q))
    ]
    return all(named) and not any(places.overlap(x, y) for x in named[0] for y in named[1])
