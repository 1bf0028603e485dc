"""One or two sentences a reporter accepts, made from the evidence."""

from __future__ import annotations

from api.contradictions.analysis.verdicts import Incomparable, Side
from api.contradictions.detectors.findings import Finding, Span
from api.language.clauses.propositions import Proposition

LONGEST_QUOTE = 120
"""Code points of a statement that are quoted; beyond it only the words of the evidence are."""

_QUOTED = frozenset({"agent", "extent", "theme"})
_REASONS: dict[Incomparable, str] = {
    "agent": "The two statements are about different people or bodies.",
    "time": "The two statements are about different times.",
    "unit": "The two statements give figures in different units.",
    "place": "The two statements are about different places.",
    "topic": "The two statements speak of different things.",
    "hedged": "One of the statements is hedged or conditional, so both can stand.",
    "language": "Only statements in English are compared.",
}

_TAKES = {
    "accepts": "accepts it",
    "announces": "announces it",
    "asserts": "says it is so",
    "considers": "is open to it",
    "denies": "denies it",
    "doubts": "doubts it",
    "fails": "says it did not happen",
    "forbids": "forbids it",
    "intends": "intends it",
    "leaves open": "leaves it open",
    "opposes": "is against it",
    "refuses": "refuses it",
    "urges": "presses for it",
}
"""What a role of the evidence amounts to, of the event that both speak of."""


def not_comparable(reason: Incomparable) -> str:
    """Why two statements are not held against each other."""
    return _REASONS[reason]


def no_conflict() -> str:
    """What is said of two comparable statements that can both stand."""
    return "Nothing in the two statements excludes the other."


def explain(finding: Finding) -> str:
    """What stands against what, in the words of the two statements."""
    match = finding.match
    first, second = _name(match.a) or "One statement", _name(match.b) or "the other"
    mine, yours = (
        _quote(match.a, match.p, finding.spans[0]),
        _quote(match.b, match.q, finding.spans[1]),
    )
    if finding.basis == "quantity":
        return f"{first} gives “{mine}”, {second} “{yours}”."
    if finding.basis in {"negation", "stance"} and match.p.sign != match.q.sign:
        taken, countered = (_TAKES[role] for role in finding.roles)
        return f"{first} {taken} (“{mine}”); {second} {countered} (“{yours}”)."
    return f"{first} says “{mine}”, {second} “{yours}”: one excludes the other."


def _name(side: Side) -> str | None:
    """People go by their surname, all others by their full name."""
    if side.speaker is None:
        return None
    return side.speaker.split()[-1] if side.speaker_kind == "person" else side.speaker


def _quote(side: Side, proposition: Proposition, span: Span) -> str:
    """The evidence with the participants it is said of, where that is not too long."""
    words = side.analysis.words
    said_of = [term for term in proposition.terms if term.role in _QUOTED]
    ends = (words[i].end for term in said_of for i in (term.head, *term.modifiers))
    start = min([span[0], proposition.start, *(term.start for term in said_of)])
    end = max([span[1], proposition.end, *ends])
    return side.text[start:end] if end - start <= LONGEST_QUOTE else side.text[slice(*span)]
