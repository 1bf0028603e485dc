"""One or two sentences a reporter accepts, made from the evidence."""

from __future__ import annotations

from api.contradictions.findings import Finding
from api.contradictions.verdicts import Incomparable, Side

_REASONS: dict[Incomparable, str] = {
    "agent": "The two statements are about different people or bodies.",
    "time": "The two statements are about different times.",
    "unit": "The two statements give figures in different units.",
    "place": "The two statements are about different places.",
    "topic": "The two statements speak of different things.",
    "hedged": "At least one of the statements is hedged or conditional, so both can stand.",
    "language": "Only statements in English are compared.",
}


def not_comparable(reason: Incomparable) -> str:
    """Why two statements are not held against each other."""
    return _REASONS[reason]


def no_conflict() -> str:
    return "Nothing in the two statements excludes the other."


def explain(finding: Finding) -> str:
    """What each side says, in its own words."""
    match = finding.match
    (first, second), (mine, yours) = finding.spans, finding.roles
    return f"{_told(match.a, first, mine, 'One')}; {_told(match.b, second, yours, 'the other')}."


def _told(side: Side, span: tuple[int, int], role: str, unnamed: str) -> str:
    words = side.text[span[0] : span[1]]
    return f"{_name(side) or unnamed} {role} “{words}”"


def _name(side: Side) -> str | None:
    if side.speaker is None:
        return None
    return side.speaker.split()[-1] if side.speaker_kind == "person" else side.speaker
