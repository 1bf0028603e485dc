"""Keyset pages: where a page starts, and in which order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from peewee import SelectBase, Tuple

from api.ledger.storage.database import database

Position = tuple[Any, ...]

# Rows that a page looks at in its order, at the most, where filters pass over some of them.
LOOKED_AT = 10_000


@dataclass(frozen=True, slots=True)
class Order:
    """An order of rows: expressions that tell every two rows apart, one direction for all."""

    by: tuple[Any, ...]
    descending: bool = False

    def of(self, query: Any) -> Any:
        """A query in this order, the order's expressions behind its columns."""
        directed = [each.desc() if self.descending else each.asc() for each in self.by]
        return query.select_extend(*self.by).order_by(*directed)

    def beyond(self, query: Any, after: Position | None) -> Any:
        """The rows of a query that come after a position; all of them, where it is None."""
        if after is None:
            return query
        # SQLite seeks to the first of the two in an index of expressions, but not to both.
        place, first = Tuple(*self.by), self.by[0]
        if self.descending:
            return query.where(first <= after[0], place < after)
        return query.where(first >= after[0], place > after)

    def until(self, query: Any, end: Position) -> Any:
        """The rows of a query that come before a position, or stand there."""
        place, first = Tuple(*self.by), self.by[0]
        if self.descending:
            return query.where(first >= end[0], place >= end)
        return query.where(first <= end[0], place <= end)

    def cut(self, rows: list[Sequence[Any]], limit: int) -> "Slice":
        """The page that rows of a query in this order are, of which one more was read than it has.

        Args:
            rows: what was read.
            limit: rows in the page.
        """
        more = len(rows) > limit
        return Slice(rows[:limit], tuple(rows[limit - 1][-len(self.by) :]) if more else None)


@dataclass(frozen=True, slots=True)
class Slice:
    """A page's rows, and the position after which the next one starts (None after the last).

    A page may be short, or empty, and have a next one: see ``Walk``.
    """

    rows: list[Sequence[Any]]
    next: Position | None


@dataclass(frozen=True, slots=True)
class Walk:
    """Rows that stand in an index in a list's order, and those of them that pass its filters.

    However few pass, a page looks at no more than ``LOOKED_AT``: where that is not enough to fill
    it, it ends there, and the next page goes on.

    Args:
        over: the query of all of the rows.
        passing: the query of those that pass.
    """

    over: Any
    passing: Any


def take(query: Any, order: Order, after: Position | None, limit: int) -> Slice:
    """Run a query for one page.

    Args:
        query: a peewee select; the order's expressions are appended to its columns.
        order: the order of the list.
        after: the position that the page before ended at; None for the first page.
        limit: rows in the page.
    """
    return order.cut(_first(query, order, after, limit), limit)


def take_merged(parts: Iterable[Any], order: Order, after: Position | None, limit: int) -> Slice:
    """Like ``take``, of several queries or walks: an index gives the order of each, not of all."""
    parts = list(parts)
    ends = [_end(part.over, order, after) for part in parts if isinstance(part, Walk)]
    reached = [end for end in ends if end is not None]
    end = (max if order.descending else min)(reached) if reached else None
    rows: list[Sequence[Any]] = []
    for part in parts:
        query = part.passing if isinstance(part, Walk) else part
        rows += _first(query if end is None else order.until(query, end), order, after, limit)
    width = len(order.by)
    rows.sort(key=lambda row: tuple(row[-width:]), reverse=order.descending)
    if end is not None and len(rows) <= limit:
        return Slice(rows, end)
    return order.cut(rows[: limit + 1], limit)


def run(query: SelectBase) -> list[Sequence[Any]]:
    """The rows of a query as the database gives them, JSON columns still text."""
    return database.execute(query).fetchall()  # type: ignore[no-any-return]


def _first(query: Any, order: Order, after: Position | None, limit: int) -> list[Sequence[Any]]:
    """The rows of a page, and one more if there are more."""
    return run(order.of(order.beyond(query, after)).limit(limit + 1))


def _end(over: Any, order: Order, after: Position | None) -> Position | None:
    """The position of the last row that a page looks at; None where it comes to the end."""
    rows = run(order.of(order.beyond(over, after)).offset(LOOKED_AT - 1).limit(1))
    return tuple(rows[0][-len(order.by) :]) if rows else None
