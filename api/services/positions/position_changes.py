"""How a speaker's stand on one proposition turned, from dates that may be uncertain."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import total_ordering
from typing import Literal

from api.language.words.folding import fold

Order = Literal["certain", "likely", "uncertain"]
Kind = Literal["reversal", "inconsistency", "conditional", "refinement", "dismissed"]

_OPPOSITE = {"affirms": "denies", "denies": "affirms"}
# What a reviewer may have seen in a pair instead of a reversal.
_DISMISSED_AS: Mapping[str, Kind] = {"conditional": "conditional", "refinement": "refinement"}


@total_ordering
@dataclass(frozen=True, slots=True)
class When:
    """When something was said; sorted, whatever surely came before another comes first."""

    said_on: str | None
    earliest: str | None
    latest: str | None

    def __lt__(self, other: "When") -> bool:
        """Whether it is sorted first, which says nothing of two that meet."""
        return self._key() < other._key()

    def is_before(self, other: "When") -> bool:
        """Whether it ended before the other began."""
        return bool(self.latest and other.earliest and self.latest < other.earliest)

    def _key(self) -> tuple[bool, str, str]:
        return self.said_on is None, self.earliest or "", self.latest or "open"


@dataclass(frozen=True, slots=True)
class Stand:
    """What a statement says on a proposition, and when."""

    statement: int
    stance: str
    condition: str | None
    text_key: bytes
    when: When


@dataclass(frozen=True, slots=True)
class PositionChange:
    """That a stand is another than one before it; the order says how sure "before" is.

    ``reason`` is a reviewer's, where the two were dismissed as no contradiction.
    """

    kind: Kind
    order: Order
    earlier: Stand
    later: Stand
    reason: str | None = None


def order_of(first: When, second: When) -> Order:
    """How sure it is that the first came before the second, where they are sorted so.

    ``certain``: it ended before the other began; ``likely``: so too, but a date is approximate or
    uncertain itself; ``uncertain``: the two may be the other way round.
    """
    if not first.is_before(second):
        return "uncertain"
    marked = f"{first.said_on}{second.said_on}"
    return "likely" if any(mark in marked for mark in "~?%") else "certain"


def position_changes(
    own: Stand, before: Sequence[Stand], dismissed: Mapping[int, str]
) -> list[PositionChange]:
    """What a stand changes against those before it: at most one change of each kind.

    Args:
        own: the stand.
        before: those that are sorted before it, in their order.
        dismissed: for what a reviewer would not call a contradiction to it, the reason given.
    """
    found = [_reversal(own, before, dismissed), _inconsistency(own, before, dismissed)]
    found += [_dismissed(own, before, dismissed), _shift(own, before)]
    return [change for change in found if change is not None]


def _reversal(
    own: Stand, before: Sequence[Stand], dismissed: Mapping[int, str]
) -> PositionChange | None:
    """Against the last opposed stand before it, unless a later one had turned already."""
    sure = [
        each
        for each in before
        if each.stance in _OPPOSITE
        and each.when.is_before(own.when)
        and each.statement not in dismissed
    ]
    opposed = [each for each in sure if each.stance == _OPPOSITE.get(own.stance)]
    if not opposed:
        return None
    last = max(opposed, key=lambda each: each.when.latest or "")
    if any(last.when.is_before(each.when) for each in sure):
        return None
    return PositionChange("reversal", order_of(last.when, own.when), last, own)


def _inconsistency(
    own: Stand, before: Sequence[Stand], dismissed: Mapping[int, str]
) -> PositionChange | None:
    """Against the last opposed stand that may have come before it or after."""
    for each in reversed(before):
        is_open = each.stance == _OPPOSITE.get(own.stance) and each.statement not in dismissed
        if is_open and not each.when.is_before(own.when):
            return PositionChange("inconsistency", "uncertain", each, own)
    return None


def _dismissed(
    own: Stand, before: Sequence[Stand], dismissed: Mapping[int, str]
) -> PositionChange | None:
    """Against the last opposed stand that a reviewer would not call one."""
    for each in reversed(before):
        if each.stance == _OPPOSITE.get(own.stance) and each.statement in dismissed:
            reason = dismissed[each.statement]
            kind = _DISMISSED_AS.get(reason, "dismissed")
            return PositionChange(kind, order_of(each.when, own.when), each, own, reason)
    return None


def _shift(own: Stand, before: Sequence[Stand]) -> PositionChange | None:
    """Against the last clear stand: a condition that comes, goes or changes, or other words."""
    if own.stance == "unclear" or own.when.said_on is None:
        return None
    last = next((each for each in reversed(before) if each.stance != "unclear"), None)
    if last is None:
        return None
    order = order_of(last.when, own.when)
    is_same = (last.stance, fold(last.condition or "")) == (own.stance, fold(own.condition or ""))
    if not is_same and "conditional" in (last.stance, own.stance):
        return PositionChange("conditional", order, last, own)
    if is_same and last.text_key != own.text_key:
        return PositionChange("refinement", order, last, own)
    return None
