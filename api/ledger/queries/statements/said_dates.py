"""Spans of speech against a range of days: as conditions, and as stretches of the orders' indexes.

``overlaps``: a span meets the range; ``within``: it lies in it; ``certain``: within, closed and
neither approximate nor uncertain. An undated statement matches none.
"""

from typing import Any

from peewee import SQL, fn

from api.ledger.engines.interface import Days
from api.ledger.models import Statement

# What the indexes hold: unknown dates come last in both directions.
LATEST = fn.coalesce(Statement.said_latest, SQL("''"))
EARLIEST = fn.coalesce(Statement.said_earliest, SQL("'unknown'"))

# Spans of more than a day, which have an index of their own.
_IS_LONG = fn.coalesce(Statement.said_earliest, SQL("''")) != LATEST
_NO_DAY, _LAST = SQL("''"), "9999-12-31"
UNKNOWN = {"-said_on": (LATEST <= _NO_DAY,), "said_on": (SQL("'unknown'") <= EARLIEST,)}
"""For each order by days, the stretch of it that has all undated statements."""


def said_within(earliest: str | None, latest: str | None, match: str) -> list[Any]:
    """The conditions for a span against [earliest, latest], either end open if None."""
    conditions: list[Any] = [Statement.said_on.is_null(False)]
    if match == "overlaps":
        if earliest:
            conditions.append((Statement.said_latest >= earliest) | Statement.said_latest.is_null())
        if latest:
            conditions.append(
                (Statement.said_earliest <= latest) | Statement.said_earliest.is_null()
            )
        return conditions
    if earliest:
        conditions.append(Statement.said_earliest >= earliest)
    if latest:
        conditions.append(Statement.said_latest <= latest)
    if match == "certain":
        conditions.append(Statement.said_certain)
    return conditions


def by_latest(earliest: str | None, latest: str | None, match: str) -> list[list[Any]]:
    """Stretches of ``LATEST``, each in an index, that have the spans which pass and no others.

    No two have one in common.
    """
    ended = _between(LATEST, earliest, latest)
    if match != "overlaps":
        within = said_within(earliest, latest, match)
        open_ends = [] if latest is not None else [[_IS_LONG, LATEST <= _NO_DAY, *within]]
        return [[*ended, *within], *open_ends]
    begun = [] if latest is None else [fn.coalesce(Statement.said_earliest, _NO_DAY) <= latest]
    stretches = [ended, [_IS_LONG, LATEST <= _NO_DAY, *begun]]
    return stretches if latest is None else [*stretches, reaching_beyond(latest)]


def reaching_beyond(latest: str) -> list[Any]:
    """The stretch of ``LATEST`` that has the spans which begin by a day and end after it."""
    return [_IS_LONG, latest < LATEST, fn.coalesce(Statement.said_earliest, _NO_DAY) <= latest]


def last_days(earliest: str | None, latest: str | None, match: str) -> list[Days]:
    """Stretches of ``LATEST``, the latest first, that have the spans which pass, and few others."""
    if earliest is None and latest is None:
        return [Days()]
    ended = [] if earliest is None else [Days(last="", long=True)]
    ended = [Days(earliest, latest), *ended]
    return [Days(latest, long=True), *ended] if match == "overlaps" and latest else ended


def by_earliest(earliest: str | None, latest: str | None, match: str) -> list[Any]:
    """The stretch of ``EARLIEST`` that has the spans which pass, but for ``begun_before``."""
    begun = _between(EARLIEST, earliest, latest)
    return begun if match == "overlaps" else [*begun, *said_within(earliest, latest, match)]


def begun_before(earliest: str | None, match: str) -> list[list[Any]]:
    """Stretches of the long spans that reach into a range from before it, by their ends."""
    if earliest is None:
        return [[_IS_LONG, Statement.said_earliest.is_null()]]
    if match != "overlaps":
        return []
    before = Statement.said_earliest.is_null() | (Statement.said_earliest < earliest)
    return [[_IS_LONG, end, before] for end in (earliest <= LATEST, LATEST <= _NO_DAY)]


def _between(day: Any, first: str | None, last: str | None) -> list[Any]:
    """A day's bounds; one on each side, because SQLite goes by no more."""
    return [day > _NO_DAY if first is None else day >= first, day <= (last or _LAST)]
