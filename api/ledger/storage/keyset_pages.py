"""Keyset pages: where a page starts, and in which order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from peewee import SelectBase, Tuple

from api.ledger.storage.database import database
from api.ledger.storage.templates import Slot, Template, Values

Position = tuple[Any, ...]

# Rows that a page looks at in its order, at the most, where filters pass over some of them.
LOOKED_AT = 10_000
# So many times the rows of a page are looked at first, as most filters pass over few.
_AHEAD = 4


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


def take_merged(
    parts: Iterable[Any],
    order: Order,
    after: Position | None,
    limit: int,
    values: Values | None = None,
) -> Slice:
    """Like ``take``, of several queries or walks: an index gives the order of each, not of all.

    Args:
        parts: queries, walks, or templates of either; see ``Walk``.
        order: the order of the list.
        after: see ``take``.
        limit: rows in the page.
        values: of the templates' slots.
    """
    parts, given = list(parts), values or {}
    looked_at = min(_AHEAD * (limit + 1), LOOKED_AT)
    end, rows = _until(parts, order, after, limit, looked_at, given)
    if end is not None and len(rows) <= limit and looked_at < LOOKED_AT:
        end, rows = _until(parts, order, after, limit, LOOKED_AT, given)
    if end is not None and len(rows) <= limit:
        return Slice(rows, end)
    return order.cut(rows[: limit + 1], limit)


def run(query: SelectBase) -> list[Sequence[Any]]:
    """The rows of a query as the database gives them, JSON columns still text."""
    return database.execute(query).fetchall()  # type: ignore[no-any-return]


def _until(
    parts: list[Any],
    order: Order,
    after: Position | None,
    limit: int,
    looked_at: int,
    values: Values,
) -> tuple[Position | None, list[Sequence[Any]]]:
    """The rows of a page, in order, and where the first of the walks ends that do not come to all.

    ``looked_at`` is how many rows each walk looks at.
    """
    ends = [
        end
        for part in parts
        if isinstance(part, Walk)
        and (end := _end(part.over, order, after, looked_at, values)) is not None
    ]
    end = (max if order.descending else min)(ends) if ends else None
    rows: list[Sequence[Any]] = []
    for part in parts:
        query = part.passing if isinstance(part, Walk) else part
        rows += _first(query, order, after, limit, end, values)
    width = len(order.by)
    rows.sort(key=lambda row: tuple(row[-width:]), reverse=order.descending)
    return end, rows


def _first(
    query: Any,
    order: Order,
    after: Position | None,
    limit: int,
    end: Position | None = None,
    values: Values | None = None,
) -> list[Sequence[Any]]:
    """The rows of a page up to an end, and one more if there are more."""

    def of_page(query: Any, after: Any, end: Any, most: Any) -> Any:
        within = query if end is None else order.until(query, end)
        return order.of(order.beyond(within, after)).limit(most)

    if not isinstance(query, Template):
        return run(of_page(query, after, end, limit + 1))
    start, at_start = _slots("after", after)
    stop, at_end = _slots("end", end)
    return query.run(
        ("first", after is None, end is None),
        lambda query: of_page(query, start, stop, Slot("most")),
        {**(values or {}), **at_start, **at_end, "most": limit + 1},
    )


def _end(
    over: Any, order: Order, after: Position | None, looked_at: int, values: Values
) -> Position | None:
    """The position of the last row that a page looks at; None where it comes to the end."""

    def last(query: Any, after: Any, passed: Any) -> Any:
        return order.of(order.beyond(query, after)).offset(passed).limit(1)

    if isinstance(over, Template):
        start, at_start = _slots("after", after)
        rows = over.run(
            ("end", after is None),
            lambda query: last(query, start, Slot("passed")),
            {**values, **at_start, "passed": looked_at - 1},
        )
    else:
        rows = run(last(over, after, looked_at - 1))
    return tuple(rows[0][-len(order.by) :]) if rows else None


def _slots(name: str, position: Position | None) -> tuple[Position | None, dict[str, Any]]:
    """Slots for a position, and their values; None where there is none."""
    if position is None:
        return None, {}
    named: dict[str, Any] = {Slot(f"{name}{place}"): value for place, value in enumerate(position)}
    return tuple(named), named
