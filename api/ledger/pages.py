"""Keyset pages: where a page starts, and in which order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from peewee import SelectBase, Tuple

from api.ledger.database import database

Position = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """An order of rows: expressions that tell every two rows apart, one direction for all."""

    by: tuple[Any, ...]
    descending: bool = False

    def of(self, query: Any) -> Any:
        """A query in this order, the order's expressions behind its columns."""
        directed = [each.desc() if self.descending else each.asc() for each in self.by]
        return query.select_extend(*self.by).order_by(*directed)

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
    """A page's rows, and the position after which the next one starts (None after the last)."""

    rows: list[Sequence[Any]]
    next: Position | None


def take(query: Any, order: Order, after: Position | None, limit: int) -> Slice:
    """Run a query for one page.

    Args:
        query: a peewee select; the order's expressions are appended to its columns.
        order: the order of the list.
        after: the position that the page before ended at; None for the first page.
        limit: rows in the page.
    """
    return order.cut(_first(query, order, after, limit), limit)


def take_merged(queries: Iterable[Any], order: Order, after: Position | None, limit: int) -> Slice:
    """Like ``take``, of several queries: an index gives the order of each, but not of all."""
    rows = [row for query in queries for row in _first(query, order, after, limit)]
    width = len(order.by)
    rows.sort(key=lambda row: tuple(row[-width:]), reverse=order.descending)
    return order.cut(rows[: limit + 1], limit)


def run(query: SelectBase) -> list[Sequence[Any]]:
    """The rows of a query as the database gives them, JSON columns still text."""
    return database.execute(query).fetchall()  # type: ignore[no-any-return]


def _first(query: Any, order: Order, after: Position | None, limit: int) -> list[Sequence[Any]]:
    """The rows of a page, and one more if there are more."""
    if after is not None:
        place, first = Tuple(*order.by), order.by[0]
        # SQLite seeks to the first of the two in an index of expressions, but not to both.
        if order.descending:
            query = query.where(first <= after[0], place < after)
        else:
            query = query.where(first >= after[0], place > after)
    return run(order.of(query).limit(limit + 1))
