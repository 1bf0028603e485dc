"""The history read back: things as they were when a change had been made.

A thing of the past is its record with its version and times, under the names of the models. What
was redacted since reads as its redaction left it: its words are in no version any more.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson
from peewee import fn

from api.ledger.history.revisions import subject_name
from api.ledger.models import Change, Subject
from api.ledger.storage.compression import decompress
from api.ledger.storage.database import database
from api.ledger.storage.keyset_pages import run

Thing = dict[str, Any]

# Times rise with numbers, which have no gaps: halving finds the last change in a few steps, without
# an index that each write would have to keep up.
_LAST_BY = """
    WITH RECURSIVE halved (low, high) AS (
        SELECT CAST(0 AS BIGINT), coalesce((SELECT max(id) FROM change), 0)
        UNION ALL
        SELECT CASE WHEN at <= {mark} THEN id ELSE low END,
            CASE WHEN at <= {mark} THEN high ELSE id - 1 END
        FROM halved JOIN change ON id = (low + high + 1) / 2
        WHERE low < high
    )
    SELECT low FROM halved WHERE low = high
"""


def number_at(moment: str) -> int:
    """The number of the last change that was made by a moment; 0 before the first."""
    sql = _LAST_BY.format(mark=database.param)
    return int(database.execute_sql(sql, [moment, moment]).fetchone()[0])


def things(kind: type[Subject], ids: Any, number: int) -> dict[int, Thing]:
    """Things of a kind as they were at a change, by id; those that were not there are missing.

    Args:
        kind: what they are.
        ids: which ones: numbers, or a query that gives them.
        number: the last change that counts.
    """
    latest = (
        Change.select(fn.MAX(Change.id))
        .where(of_kind(kind), Change.subject_id.in_(ids), Change.id <= number)
        .group_by(Change.subject_id)
    )
    read = (thing(row) for row in run(versions().where(Change.id.in_(latest))))
    return {each["id"]: each for each in read if each is not None}


def versions() -> Any:
    """The query for versions, to be narrowed; ``thing`` reads its rows."""
    first, left = Change.alias(), Change.alias()
    of_redaction = (
        left.select(left.packed)
        .where(
            left.subject == Change.subject,
            left.subject_id == Change.subject_id,
            left.packed.is_null(False),
        )
        .order_by(left.version)
        .limit(1)
    )
    return Change.select(
        Change.version, first.at, Change.at, fn.coalesce(Change.packed, of_redaction)
    ).join(
        first,
        on=(
            (first.subject == Change.subject)
            & (first.subject_id == Change.subject_id)
            & (first.version == 1)
        ),
    )


def thing(row: Sequence[Any]) -> Thing | None:
    """What a version says; None where it says that the thing was deleted."""
    record: Thing | None = orjson.loads(decompress(bytes(row[3])))
    times = {"version": row[0], "created_at": row[1], "updated_at": row[2]}
    return None if record is None else record | times


def in_force(number: int) -> Any:
    """The query for those versions that were the latest at a change, to be narrowed to a kind."""
    later = Change.alias()
    followed = later.select(later.id).where(
        later.subject == Change.subject,
        later.subject_id == Change.subject_id,
        later.version == Change.version + 1,
        later.id <= number,
    )
    return versions().where(Change.id <= number, ~fn.EXISTS(followed))


def resting(kind: type[Subject], on: str, ids: Iterable[int]) -> Any:
    """The query for the ids of things of a kind that ever rested on some others.

    Args:
        kind: what they are.
        on: by which member of their records, one that a change has as well.
        ids: those that they rest on.
    """
    return Change.select(Change.subject_id).where(*resting_on(kind, on, ids))


def resting_on(kind: type[Subject], on: str, ids: Iterable[int]) -> tuple[Any, Any]:
    """The conditions that a change is of a thing of a kind that rests on some others."""
    # Those that rest on them are few, those of a kind many: the kind is kept from being the index
    # that SQLite goes by.
    rests = Change._meta.fields[on].in_(list(ids))
    return rests, Change.subject.concat("") == subject_name(kind)


def of_kind(kind: type[Subject]) -> Any:
    """The condition that a change is one of a kind of thing."""
    return Change.subject == subject_name(kind)


def row(shown: Sequence[Any], found: Mapping[Any, Thing | None]) -> list[Any]:
    """A row of some columns, as a query for them gives it, made of the things they belong to."""
    cells = []
    for column in shown:
        of = found[column.model]
        name = getattr(column, "object_id_name", column.name)
        cells.append(None if of is None else column.db_value(of[name]))
    return cells
