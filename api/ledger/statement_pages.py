"""Pages of statements, each read from where the least has to be looked at.

Where a filter leaves few statements they are looked at, and no other. Else an index is followed in
the list's order: the full-text index where something is searched for, as it is in that order, too.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from api.ledger import search
from api.ledger.database import engine
from api.ledger.models import Statement
from api.ledger.pages import Order, Position, Slice, run, take, take_merged
from api.ledger.said_dates import EARLIEST, LATEST, begun_before, by_earliest, by_latest
from api.ledger.statement_filters import (
    StatementFilter,
    among,
    matching,
    narrowed,
    passing,
)
from api.ledger.statements import shown

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
        return _in_order(query, wanted, sort, after, limit)
    ids = narrowed(wanted, by_days=sort == "-created_at" or wanted.q is not None)
    if ids is not None:
        return take(query.where(*among(wanted, ids)), order, after, limit)
    if wanted.q is None:
        return _in_order(query, wanted, sort, after, limit)
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


def _in_order(
    query: Any, wanted: StatementFilter, sort: str, after: Position | None, limit: int
) -> Slice:
    """A page that is read from the indexes of an order, a status and a stretch of days each."""
    each = [replace(wanted, status=[status]) for status in dict.fromkeys(wanted.status)]
    if sort == "-created_at" or not (wanted.said_from or wanted.said_to):
        parts = [query.where(*passing(one)) for one in each]
    else:
        parts = [part for one in each for part in _of_days(query, one, sort)]
    return take_merged(parts, ORDERS[sort], after, limit)


def _of_days(query: Any, wanted: StatementFilter, sort: str) -> list[Any]:
    """The parts of a query, each of a stretch of days that an index has, for one status."""
    range_ = wanted.said_from, wanted.said_to, wanted.said_match
    rest = replace(wanted, said_from=None, said_to=None)
    if sort == "-said_on":
        return [query.where(*passing(rest), *stretch) for stretch in by_latest(*range_)]
    # By their ends the long spans are found, but not in this order.
    by_their_ends = Statement.select(Statement.id).order_by(LATEST, Statement.id)
    long = [
        row[0]
        for stretch in begun_before(wanted.said_from, wanted.said_match)
        for row in run(by_their_ends.where(passing(wanted)[0], *stretch))
    ]
    return [
        query.where(*passing(rest), *by_earliest(*range_)),
        query.where(*among(wanted, long)),
    ]


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
