"""Pages of statements, each read from where the least has to be looked at.

Where a filter leaves few statements they are looked at, and no other. Else an index is followed in
the list's order: the full-text index where something is searched for, as it is in that order, too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from peewee import SQL

from api.ledger.engines.interface import Days
from api.ledger.models import Statement
from api.ledger.queries.statements import search, statement_filters
from api.ledger.queries.statements.said_dates import (
    EARLIEST,
    LATEST,
    UNKNOWN,
    begun_before,
    by_earliest,
    by_latest,
    last_days,
    reaching_beyond,
)
from api.ledger.queries.statements.statement_filters import (
    MOST_SHAPES,
    StatementFilter,
    among,
    few,
    is_one_of,
    matching,
    narrowed,
    passing,
    shaped,
)
from api.ledger.storage.database import engine
from api.ledger.storage.keyset_pages import Order, Position, Slice, Walk, run, take, take_merged
from api.ledger.storage.templates import Slot, Template, Values

ORDERS = {
    "-said_on": Order((LATEST, Statement.id), descending=True),
    "said_on": Order((EARLIEST, Statement.id)),
    # They are recorded in the order of their ids.
    "-created_at": Order((Statement.id,), descending=True),
}
# So many speakers at the most are each read from their own stretch of an index, and merged.
_SPEAKERS = 4
# Of what is found, so many more than a page are looked at to fill it, then ever more.
_AHEAD, _FURTHER = 2, 8
# And no more than so many: each is looked up.
_MOST_FOUND = 4_000
_IDS = Slot("ids")


def page(
    wanted: StatementFilter,
    sort: str,
    after: Position | None,
    limit: int,
    value: Any = None,
) -> Slice:
    """A page under ``-said_on``, ``said_on`` or ``-created_at``.

    Args:
        wanted: which statements.
        sort: in which order.
        after: see ``take``.
        limit: rows in the page.
        value: what each row begins with; its id where it is left out.
    """
    order, (shape, values) = ORDERS[sort], shaped(wanted)

    def in_order() -> Slice:
        if value is None:
            parts, long = _kept_parts(engine().name, shape, sort)
        else:
            parts, long = _parts(Statement.select(value), shape, sort)
        ids = {name: _ids(each, values) for name, each in long.items()}
        return take_merged(parts, order, after, limit, {**values, **ids})

    def those() -> Template:
        if value is None:
            return _kept_among(engine().name, shape, sort)
        return _among(Statement.select(value), shape)

    if _is_read_in_order(wanted, sort):
        return in_order()
    ids = narrowed(wanted, by_days=sort == "-created_at" or wanted.q is not None)
    if ids is not None:
        listed = {**values, _IDS: engine().listed(ids)}
        return take_merged([those()], order, after, limit, listed)
    if wanted.q is None:
        return in_order()
    if engine().finds_in_order:
        return _found(those(), values, wanted, sort, after, limit)
    query = Statement.select(Statement.id if value is None else value)
    return take(query.where(*matching(wanted)), order, after, limit)


def _is_read_in_order(wanted: StatementFilter, sort: str) -> bool:
    """Whether an index has just these, one after the other: one speaker's, the latest first."""
    speaker, status = wanted.speaker, wanted.status
    return (
        (speaker is not None and len(speaker) == 1)
        and sort == "-said_on"
        and wanted == StatementFilter(speaker=speaker, status=status)
    )


# The parts of a list, and for each slot of ids in them the templates that give these.
Parts = tuple[list[Any], dict[str, list[Template]]]


@lru_cache(MOST_SHAPES)
def _kept_parts(engine_name: str, shape: StatementFilter, sort: str) -> Parts:
    return _parts(Statement.select(Statement.id), shape, sort)


def _parts(query: Any, shape: StatementFilter, sort: str) -> Parts:
    """What is read from the indexes of an order, a status and a stretch of days each."""
    long: dict[str, list[Template]] = {}
    parts = [part for one in _each(shape, sort) for part in _of_days(query, one, sort, long)]
    return parts, long


@lru_cache(MOST_SHAPES)
def _kept_among(engine_name: str, shape: StatementFilter, sort: str) -> Template:
    return _among(Statement.select(Statement.id), shape)


def _among(query: Any, shape: StatementFilter) -> Template:
    """Those of some statements that pass a filter; the slot of their ids is ``_IDS``."""
    return Template(query.where(*among(shape, _IDS)))


def _ids(templates: Sequence[Template], values: Values) -> Any:
    rows = [row for each in templates for row in each.run("all", lambda query: query, values)]
    return engine().listed([row[0] for row in rows])


def _each(wanted: StatementFilter, sort: str) -> Iterator[StatementFilter]:
    """A filter taken apart into those that an index has in its order, one after the other."""
    for status in wanted.status:
        speakers = wanted.speaker if sort == "-said_on" else None
        if speakers is None or len(speakers) > _SPEAKERS:
            yield replace(wanted, status=[status])
        else:
            for speaker in speakers:
                yield replace(wanted, status=[status], speaker=[speaker])


def _of_days(
    query: Any, wanted: StatementFilter, sort: str, long: dict[str, list[Template]]
) -> list[Any]:
    """The parts of a query, each of a stretch of days that an index has, for one status."""
    if "said" in wanted.lacking and sort in UNKNOWN:
        return [_walk(query, wanted, sort, UNKNOWN[sort])]
    if sort == "-created_at" or not (wanted.said_from or wanted.said_to):
        return [_walk(query, wanted, sort)]
    range_ = wanted.said_from, wanted.said_to, wanted.said_match
    rest = replace(wanted, said_from=None, said_to=None)
    if sort == "-said_on":
        return [_walk(query, rest, sort, stretch) for stretch in by_latest(*range_)]
    # By their ends the long spans are found, but not in this order.
    by_their_ends = Statement.select(Statement.id).order_by(LATEST, Statement.id)
    ids = Slot(f"long{len(long)}")
    long[ids] = [
        Template(by_their_ends.where(passing(wanted)[0], *stretch))
        for stretch in begun_before(wanted.said_from, wanted.said_match)
    ]
    return [
        _walk(query, rest, sort, by_earliest(*range_)),
        Template(query.where(*among(wanted, ids))),
    ]


def _walk(query: Any, wanted: StatementFilter, sort: str, stretch: Sequence[Any] = ()) -> Any:
    """The part of a query that is of one status, and in a stretch of its order.

    Of the latest said, a speaker's have an index, and so do those that are contradicted.
    """
    own: list[Any] = []
    if sort == "-said_on" and wanted.speaker is not None and len(wanted.speaker) == 1:
        own.append(Statement.speaker == wanted.speaker[0])
        wanted = replace(wanted, speaker=None)
    elif sort == "-said_on" and wanted.contradicted:
        own.append(Statement.contradiction_count > 0)
        wanted = replace(wanted, contradicted=None)
    of_status, *filters = passing(wanted)
    over = of_status, *own, *stretch
    if not filters:
        return Template(query.where(*over))
    counted = Template(Statement.select(SQL("1")).where(*over))
    return Walk(counted, Template(query.where(*over, *filters)))


def _found(
    those: Template,
    values: Values,
    wanted: StatementFilter,
    sort: str,
    after: Position | None,
    limit: int,
) -> Slice:
    """A page of what is found that passes a filter; like a ``Walk``, it ends somewhere."""
    order, rows, looked_at = ORDERS[sort], list[Sequence[Any]](), 0
    for positions in _positions(wanted, sort, after, limit):
        ids = [position[-1] for position in positions]
        rows += those.run(
            "found",
            lambda query: order.of(query).limit(Slot("most")),
            {**values, _IDS: engine().listed(ids), "most": limit + 1 - len(rows)},
        )
        looked_at += len(ids)
        if len(rows) > limit:
            break
        if looked_at >= _MOST_FOUND:
            last = order.of(Statement.select(SQL("1")).where(Statement.id == ids[-1]))
            return Slice(rows, tuple(run(last)[0][1:]))
    return order.cut(rows, limit)


def _positions(
    wanted: StatementFilter, sort: str, after: Position | None, limit: int
) -> Iterator[list[Position]]:
    """The positions of what is found, ever more at once."""
    terms, most = search.terms(wanted.q or ""), min(_AHEAD * (limit + 1), _MOST_FOUND)
    stretches = [Days()]
    if sort == "-said_on":
        stretches = last_days(wanted.said_from, wanted.said_to, wanted.said_match)
    for days in stretches:
        if days.long and days.first is not None:
            reaching = few(_reaching(wanted, days.first), statement_filters.MOST)
            if reaching is not None:
                yield from _placed(engine().found_among(terms, sorted(reaching)), sort, after)
                continue
        while positions := engine().found(terms, sort, after, most, days):
            yield positions
            # What was asked for and not found is not there.
            if len(positions) < most:
                break
            after, most = positions[-1], min(most * _FURTHER, _MOST_FOUND)


def _reaching(wanted: StatementFilter, day: str) -> Any:
    """The statements of a filter's status that reach beyond a day, which are few of all."""
    of_status = Statement.status.in_(wanted.status)
    return Statement.select(Statement.id).where(of_status, *reaching_beyond(day))


def _placed(
    ids: Sequence[int], sort: str, after: Position | None
) -> Iterator[list[tuple[Any, int]]]:
    """The positions of statements after one, where there are any, in their order."""
    order = ORDERS[sort]
    those = Statement.select(SQL("1")).where(is_one_of(Statement.id, ids))
    if rows := run(order.of(order.beyond(those, after))):
        yield [(row[1], row[2]) for row in rows]
