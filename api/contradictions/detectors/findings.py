"""What a detector reports: one way in which two propositions stand against each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from api.contradictions.alignment.alignment import Match
from api.contradictions.analysis.verdicts import Basis, Evidence, Incomparable, Nature, Side
from api.language.clauses.propositions import Proposition

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Finding:
    """A conflict between the two sides of `match`, with the words it rests on in each.

    `roles` name what those words do, `strength` in [0, 1] is how far the two exclude each other
    by themselves, whoever and whatever they are said of; `rests_on` is the reason that the finding
    itself is about: two dates of one birth are not two times. `loose` where only the words that the
    statements share say that the two speak of one event (see `Match.loose`).
    """

    match: Match
    basis: Basis
    nature: Nature
    spans: tuple[Span, Span]
    roles: tuple[str, str]
    strength: float = 1.0
    rests_on: Incomparable | None = None
    loose: bool = False

    def evidence(self) -> Iterator[Evidence]:
        """The words of both sides that the finding rests on, `a` first."""
        sides: tuple[tuple[Literal["a", "b"], Side], ...] = (
            ("a", self.match.a),
            ("b", self.match.b),
        )
        for (name, side), (start, end), role in zip(sides, self.spans, self.roles, strict=True):
            yield Evidence(name, start, end, side.text[start:end], role)


_ROLES = {
    ("refuses", -1): "refuses",
    ("denies", -1): "denies",
    ("forbids", -1): "forbids",
    ("doubts", -1): "doubts",
    ("fails", -1): "fails",
    ("urges", 1): "urges",
    ("intends", 1): "intends",
    ("intends", -1): "refuses",
    ("permits", 1): "accepts",
    ("permits", -1): "refuses",
    ("considers", 1): "considers",
    ("considers", -1): "refuses",
    ("refuses", 1): "leaves open",
}
_PLAIN_ROLES = {
    ("will", 1): "announces",
    ("will", -1): "refuses",
    ("norm", 1): "urges",
    ("norm", -1): "opposes",
}


def role(proposition: Proposition) -> str:
    """What a proposition does, in one verb: "refuses", "urges", "denies", "asserts"."""
    sign = proposition.sign
    found = _ROLES.get((proposition.attitude, sign)) or _PLAIN_ROLES.get((proposition.mood, sign))
    return found or ("asserts" if sign > 0 else "denies")


def stances(match: Match) -> tuple[tuple[Span, Span], tuple[str, str]]:
    """The spans of both propositions with the words that set their sign, and what they do."""
    p, q = match.p, match.q
    return ((p.start, p.end), (q.start, q.end)), (role(p), role(q))
