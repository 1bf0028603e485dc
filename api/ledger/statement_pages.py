"""Pages of statements, each read from where the least has to be looked at.

Where a filter leaves few statements they are looked at, and no other. Else an index is followed in
the list's order: the full-text index where something is searched for, as it is in that order, too.
"""

from collections.abc import Callable, Sequence
from typing import Any

from peewee import SQL, fn

from api.ledger import search
from api.ledger.database import engine
from api.ledger.models import Statement
from api.ledger.pages import Order, Position, Slice, run, take
from api.ledger.statement_filters import (
    StatementFilter,
    among,
    matching,
    narrowed,
    passing,
)
from api.ledger.statements import shown

# What the indexes hold: unknown dates come last in both directions.
LATEST = fn.coalesce(Statement.said_latest, SQL("''"))
EARLIEST = fn.coalesce(Statement.said_earliest, SQL("'unknown'"))

ORDERS = {
    "-said_on": Order((LATEST, Statement.id), descending=True),
    "said_on": Order((EARLIEST, Statement.id)),
    "-created_at": Order((Statement.created_at, Statement.id), descending=True),
}
# Of what is found, so many more than a page are looked at to fill it, then ever more.
_AHEAD, _FURTHER = 2, 8


def page(
    wanted: StatementFilter,
    sort: str,
    after: Position | None,
    limit: int,
    columns: Callable[[], Any] = shown,
) -> Slice:
    """A page under ``-said_on``, ``said_on`` or ``-created_at``.

    Args:
        wanted: which statements.
        sort: in which order.
        after: see ``take``.
        limit: rows in the page.
        columns: gives the query that is narrowed to them.
    """
    order, query = ORDERS[sort], columns()
    if _is_read_in_order(wanted, sort):
        return take(query.where(*passing(wanted)), order, after, limit)
    ids = narrowed(wanted)
    if ids is not None:
        return take(query.where(*among(wanted, ids)), order, after, limit)
    if wanted.q is None:
        return take(query.where(*passing(wanted)), order, after, limit)
    if engine().finds_in_order:
        return order.cut(_found(wanted, sort, after, limit, columns), limit)
    return take(query.where(*matching(wanted)), order, after, limit)


def _is_read_in_order(wanted: StatementFilter, sort: str) -> bool:
    """Whether an index has just these, one after the other: one speaker's, the latest first."""
    speaker, status = wanted.speaker, wanted.status
    return (
        (speaker is not None and len(speaker) == 1)
        and sort == "-said_on"
        and wanted == StatementFilter(speaker=speaker, status=status)
    )


def _found(
    wanted: StatementFilter,
    sort: str,
    after: Position | None,
    limit: int,
    columns: Callable[[], Any],
) -> list[Sequence[Any]]:
    """The first of what is found that pass a filter, and one more if there are more."""
    order, terms = ORDERS[sort], search.terms(wanted.q or "")
    rows: list[Sequence[Any]] = []
    most = _AHEAD * (limit + 1)
    while True:
        positions = engine().found(terms, sort, after, most)
        ids = [position[1] for position in positions]
        query = order.of(columns().where(*among(wanted, ids)))
        rows += run(query.limit(limit + 1 - len(rows)))
        if len(rows) > limit or len(positions) < most:
            return rows
        after = positions[-1]
        most *= _FURTHER
