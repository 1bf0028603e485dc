"""Whether two propositions can be held against each other at all, and if not, why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from api.contradictions import likeness
from api.contradictions.alignment import Match
from api.contradictions.findings import Finding
from api.contradictions.moods import of_will, speaks_of_himself
from api.contradictions.verdicts import Incomparable, Side
from api.language import names
from api.language.lexicon import AGREEING
from api.language.times import Time

_PLACE_ROLES = frozenset({"at", "in", "inside", "near", "outside", "over"})
STATE_LASTS = 7
"""Days between two reports of a state or figure after which both may have been right."""
_FIELDS = ("year", "month", "monthday", "weekday", "+year", "+month", "+week", "+day")


def closed(finding: Finding) -> Incomparable | None:
    """The first gate that keeps the two apart, or None where they are comparable."""
    return next((gate for gate in _closed(finding.match) if gate != finding.rests_on), None)


def _closed(match: Match) -> Iterator[Incomparable]:
    if match.agent == likeness.DIFFERENT:
        yield "agent"
    if match.theme == likeness.DIFFERENT or not match.anchored:
        yield "topic"
    if _other_time(match) or _not_yet(match):
        yield "time"
    if _other_place(match):
        yield "place"
    if match.p.hedge or match.q.hedge or {match.p.mood, match.q.mood} == {"norm", "fact"}:
        yield "hedged"


def _other_time(match: Match) -> bool:
    mine, yours = match.a.analysis.times, match.b.analysis.times
    for field in _FIELDS:
        first, second = _values(mine, field), _values(yours, field)
        if first and second and not first & second:
            return True
    if (of_will(match.p) and of_will(match.q)) or _reversal(match):
        return False
    return _said_apart(match.a, match.b) and not (_dated(mine) and _dated(yours))


def _not_yet(match: Match) -> bool:
    """What is planned for later may well not be so now."""
    p, q = (match.p, match.q) if match.p.sign > match.q.sign else (match.q, match.p)
    return p.sign > 0 > q.sign and of_will(p) and q.mood == "fact" and not q.attitude


def _reversal(match: Match) -> bool:
    """One speaker on himself: what he stood for then binds him now."""
    same = match.a.speaker is not None and match.a.speaker == match.b.speaker
    return same and all(
        speaks_of_himself(side, p) for side, p in ((match.a, match.p), (match.b, match.q))
    )


def _values(times: tuple[Time, ...], field: str) -> set[int]:
    return {time.value for time in times if time.field == field}


def _dated(times: tuple[Time, ...]) -> bool:
    return any(time.field in {"year", "month"} for time in times)


def _said_apart(a: Side, b: Side) -> bool:
    """Whether more days than a state lasts lie between what was said, where both are dated."""
    if not (
        a.said
        and b.said
        and a.said_earliest
        and b.said_earliest
        and a.said_latest
        and b.said_latest
    ):
        return False
    gap = max(
        _day(a.said_earliest) - _day(b.said_latest), _day(b.said_earliest) - _day(a.said_latest)
    )
    return gap > STATE_LASTS


def _day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def _other_place(match: Match) -> bool:
    places = [
        {
            side.analysis.words[t.head].lemma
            for t in p.terms
            if t.role in _PLACE_ROLES and side.analysis.words[t.head].kind == "N"
        }
        for side, p in ((match.a, match.p), (match.b, match.q))
    ]
    return all(places) and not any(
        names.relation(x, y) in AGREEING for x in places[0] for y in places[1]
    )
