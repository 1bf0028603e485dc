"""Whether two propositions can be held against each other at all, and if not, why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from api.contradictions import likeness
from api.contradictions.alignment import Match
from api.contradictions.findings import Finding
from api.contradictions.moods import of_will, speaks_of_himself
from api.contradictions.verdicts import Incomparable, Side
from api.language import places
from api.language.arguments import Term
from api.language.propositions import Proposition

_PLACE_ROLES = frozenset({"at", "in", "inside", "near", "outside", "over"})
STATE_LASTS = 7
"""Days between two reports of a state or figure after which both may have been right."""
_FIELDS = ("year", "month", "monthday", "weekday", "+year", "+month", "+week", "+day")


def closed(finding: Finding) -> Incomparable | None:
    """The first gate that keeps the two apart, or None where they are comparable."""
    return next((gate for gate in _closed(finding.match) if gate != finding.rests_on), None)


def is_open(match: Match) -> bool:
    """Whether nothing keeps the two propositions of a match apart."""
    return next(_closed(match), None) is None


def _closed(match: Match) -> Iterator[Incomparable]:
    if match.agent == likeness.DIFFERENT or _other_holder(match):
        yield "agent"
    if match.theme == likeness.DIFFERENT or not match.anchored:
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
    return likeness.terms(match.overlap, holders[0], holders[1]) == likeness.DIFFERENT


def _holder(side: Side, proposition: Proposition) -> Term | None:
    """The participant whose stand it is."""
    terms = (term for each in side.analysis.propositions for term in each.terms)
    return next((term for term in terms if term.head == proposition.holder), None)


def _other_time(match: Match) -> bool:
    a, b = match.a, match.b
    for field in _FIELDS:
        first, second = _values(a, field), _values(b, field)
        if field == "+day" and (said := _days_said(a, b)):
            first = {value + said[0] for value in first}
            second = {value + said[1] for value in second}
        if first and second and not first & second:
            return True
    if (of_will(match.p) and of_will(match.q)) or _reversal(match):
        return False
    return _said_apart(a, b) and not (_dated(a) and _dated(b))


def _not_yet(match: Match) -> bool:
    """What is planned for later may well not be so now."""
    p, q = (match.p, match.q) if match.p.sign > match.q.sign else (match.q, match.p)
    return p.sign > 0 > q.sign and of_will(p) and q.mood == "fact" and not q.attitude


def _reversal(match: Match) -> bool:
    """One speaker on himself: what he stood for then binds him now."""
    same = not set(match.a.called).isdisjoint(match.b.called)
    return same and all(
        speaks_of_himself(side, p) for side, p in ((match.a, match.p), (match.b, match.q))
    )


def _values(side: Side, field: str) -> set[int]:
    return {time.value for time in side.analysis.times if time.field == field}


def _dated(side: Side) -> bool:
    return any(time.field in {"year", "month"} for time in side.analysis.times)


def _days_said(a: Side, b: Side) -> tuple[int, int] | None:
    """The days on which both were said, where both days are known: "yesterday" counts from them."""
    first, second = _span(a), _span(b)
    if first is None or second is None or first[0] != first[1] or second[0] != second[1]:
        return None
    return first[0], second[0]


def _said_apart(a: Side, b: Side) -> bool:
    """Whether more days than a state lasts lie between what was said, where both are dated."""
    first, second = _span(a), _span(b)
    if first is None or second is None:
        return False
    return max(first[0] - second[1], second[0] - first[1]) > STATE_LASTS


def _span(side: Side) -> tuple[int, int] | None:
    """The first and last day on which a statement may have been said, where both are known."""
    if not (side.said and side.said_earliest and side.said_latest):
        return None
    ends = (side.said_earliest, side.said_latest)
    first, last = (date.fromisoformat(end).toordinal() for end in ends)
    return first, last


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
