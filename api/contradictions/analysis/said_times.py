"""When two statements say that something is, and when they were said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from api.contradictions.analysis.verdicts import Side

STATE_LASTS = 7
"""Days between two reports of a state or figure after which both may have been right."""

Days = tuple[int, int]
"""The first and the last day on which something may have been said, as ordinals."""


class When(NamedTuple):
    """The times that a text names, by their fields, and when it was said, where that is known."""

    named: Mapping[str, frozenset[int]]
    said: Days | None

    def names_other_times(self, other: When) -> bool:
        """Whether both name a year, a month, a day, and not the same: "yesterday" counts too."""
        if not self.named or not other.named:
            return False
        for field in self.named.keys() & other.named.keys():
            mine, yours = self.named[field], other.named[field]
            if field == "+day" and self._day is not None and other._day is not None:
                mine = frozenset(self._day + value for value in mine)
                yours = frozenset(other._day + value for value in yours)
            if mine.isdisjoint(yours):
                return True
        return False

    def is_of_other_days(self, other: When) -> bool:
        """Whether the two were said further apart than a state lasts, and do not both say when."""
        if self.said is None or other.said is None:
            return False
        apart = max(self.said[0] - other.said[1], other.said[0] - self.said[1])
        return apart > STATE_LASTS and not (self._dated and other._dated)

    @property
    def _day(self) -> int | None:
        """The day on which it was said, where that is known."""
        return self.said[0] if self.said is not None and self.said[0] == self.said[1] else None

    @property
    def _dated(self) -> bool:
        return "year" in self.named or "month" in self.named


def when(side: Side) -> When:
    """What is known of a statement's times."""
    return When(side.analysis.named, days(side.said_earliest, side.said_latest, side.said))


def days(earliest: str | None, latest: str | None, said: bool) -> Days | None:
    """The days between two ISO dates; None where they are not those on which it was said."""
    if not (said and earliest and latest):
        return None
    return _ordinal(earliest), _ordinal(latest)


@lru_cache(maxsize=20_000)
def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()
