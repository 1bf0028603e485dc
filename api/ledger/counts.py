"""How many statements each speaker, topic, publisher, kind, year or month has."""

from collections.abc import Sequence
from typing import Any

from peewee import JOIN, SQL, Case, Select, fn

from api.ledger.models import Appearance, Source, Speaker, Statement, StatementTopic
from api.ledger.pages import Order, Position, Slice, run, take
from api.ledger.statement_filters import StatementFilter, matching

IN_ORDER_OF_TIME = ("year", "month")
_DIGITS = {"year": 4, "month": 7}


def total(wanted: StatementFilter) -> int:
    """How many statements a filter leaves, each counted once."""
    ((count,),) = run(Statement.select(fn.count(SQL("*"))).where(*matching(wanted)))
    return int(count)


def page(by: str, wanted: StatementFilter, after: Position | None, limit: int) -> Slice:
    """A page of values, the most frequent first; years and months in the order of time."""
    groups = _groups(by).where(*matching(wanted)).group_by(SQL("value")).alias("counted")
    value, count = groups.c.value, groups.c.count
    shown: list[Any] = [value, groups.c.label if by == "publisher" else value, count]
    query: Any = Select([groups], shown)
    if by == "speaker":
        query = Select([groups], [*shown, Speaker.name, Speaker.kind])
        query = query.join(Speaker, on=(Speaker.id == value))
    if by in IN_ORDER_OF_TIME:
        return take(query, Order((fn.coalesce(value, SQL("'unknown'")),)), after, limit)
    rest = value if by == "speaker" else fn.coalesce(value, SQL("''"))
    return take(query, Order((count * -1, rest)), after, limit)


def show(by: str, row: Sequence[Any]) -> dict[str, Any]:
    """A row of a page under the names of the contract."""
    value, label, count = row[:3]
    speaker = None
    if by == "speaker":
        speaker = {"id": value, "name": row[3], "kind": row[4]}
        value, label = str(value), row[3]
    return {"value": value, "label": label, "speaker": speaker, "count": count}


def _groups(by: str) -> Any:
    """Statements with the value by which each is counted, once for each value that it has."""
    count = fn.count(SQL("*")).alias("count")
    if by == "topic":
        return Statement.select(StatementTopic.topic.alias("value"), count).join(
            StatementTopic, JOIN.LEFT_OUTER, on=StatementTopic.statement == Statement.id
        )
    if by == "publisher":
        placed = _published()
        value, label = placed.c.publisher_folded.alias("value"), fn.min(placed.c.publisher)
        return Statement.select(value, label.alias("label"), count).join(
            placed, JOIN.LEFT_OUTER, on=(placed.c.statement_id == Statement.id)
        )
    value = {"speaker": Statement.speaker, "kind": Statement.kind}.get(by)
    if value is None:
        value = _period(_DIGITS[by])
    return Statement.select(value.alias("value"), count)


def _published() -> Any:
    """Each statement with each of its publishers, however many of one's sources it appeared in."""
    return (
        Appearance.select(
            Appearance.statement,
            Source.publisher_folded,
            fn.min(Source.publisher).alias("publisher"),
        )
        .join(Source, on=Appearance.source == Source.id)
        .where(Source.publisher_folded.is_null(False))
        .group_by(Appearance.statement, Source.publisher_folded)
        .alias("placed")
    )


def _period(digits: int) -> Any:
    """The year or month that a date lies in; null where it is unknown or spans more than one."""
    earliest = fn.substr(Statement.said_earliest, 1, digits)
    return Case(None, [(earliest == fn.substr(Statement.said_latest, 1, digits), earliest)])
