"""What is stored of each kind, held against the latest records of its history."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import orjson
from peewee import BooleanField, ForeignKeyField

from api.ledger.history.canonical import canonical
from api.ledger.history.revisions import subject_name
from api.ledger.models import Change, JsonField, Subject
from api.ledger.storage.database import database, engine
from api.services.verification.difference import BATCH, Difference, Found
from api.services.verification.records import whole

_NOT_IN_HISTORY = "it is in the ledger without any history."
_DERIVED = "it is not what is made of the record."
_MISSING = "it is missing: its history does not end with a deletion."

# What rests on some rows and is told by no record, made anew: columns by their ids, differences
# elsewhere. It is given the records by id.
Resting = Callable[
    [Mapping[int, dict[str, Any]]], tuple[dict[int, dict[str, Any]], list[Difference]]
]


class _Column(NamedTuple):
    """A column, the member of records that it is, and how a value of it is read."""

    name: str
    member: str
    is_json: bool
    is_truth: bool


class _Versions(NamedTuple):
    """When something was made, and its latest version."""

    created_at: str
    latest: Change


def stored(kind: type[Subject], resting: Resting | None = None) -> Found:
    """Hold what is stored of a kind against its latest records, and what is made of them."""
    name, columns = subject_name(kind), _columns(kind)
    names = ", ".join(f'"{column.name}"' for column in columns)
    read = f'SELECT {names} FROM "{name}" WHERE id > ? ORDER BY id LIMIT {BATCH}'  # noqa: S608
    at = [column.name for column in columns].index("id")
    after = 0
    while rows := database.execute_sql(read, [after]).fetchall():
        after = rows[-1][at]
        found = _versions(name, [row[at] for row in rows])
        records: dict[int, dict[str, Any]] = {}
        made: dict[int, dict[str, Any]] = {}
        for row in rows:
            if row[at] not in found:
                yield Difference(name, row[at], _NOT_IN_HISTORY)
            elif (said := whole(kind, found[row[at]].latest)) is not None:
                records[row[at]], made[row[at]] = said
        counted, elsewhere = resting(records) if resting else ({}, [])
        for row in rows:
            if row[at] in found:
                beside = made.get(row[at], {}) | counted.get(row[at], {})
                yield from _row(kind, columns, row, found[row[at]], records.get(row[at]), beside)
        yield from elsewhere
        yield len(rows)
    yield from _gone(name)


def _columns(kind: type[Subject]) -> list[_Column]:
    there = set(engine().shape(subject_name(kind)).columns)
    return [
        _Column(
            field.column_name,
            field.object_id_name if isinstance(field, ForeignKeyField) else name,
            isinstance(field, JsonField),
            isinstance(field, BooleanField),
        )
        for name, field in kind._meta.fields.items()
        if field.column_name in there
    ]


def _versions(name: str, ids: Sequence[int]) -> dict[int, _Versions]:
    """The first moment and the latest version of each of some subjects."""
    versions = Change.select(
        Change.id, Change.subject_id, Change.version, Change.at, Change.packed
    ).where(Change.subject == name, Change.subject_id.in_(list(ids)))
    found: dict[int, _Versions] = {}
    for each in versions.order_by(Change.subject_id, Change.version):
        known = found.get(each.subject_id)
        found[each.subject_id] = _Versions(known.created_at if known else each.at, each)
    return found


def _row(
    kind: type[Subject],
    columns: Sequence[_Column],
    row: Sequence[Any],
    versions: _Versions,
    record: dict[str, Any] | None,
    beside: Mapping[str, Any],
) -> Iterator[Difference]:
    name, latest = subject_name(kind), versions.latest
    values, unreadable = _values(columns, row)
    own_id = values["id"]
    for column, what in unreadable.items():
        yield Difference(name, own_id, what, column)
    if record is None:
        yield Difference(name, own_id, f"version {latest.version}, the latest, says nothing of it.")
        return
    recorded = {member: values.get(member) for member in ("id", *kind.recorded)}
    if canonical(recorded) != canonical(record):
        named = {column.member: column.name for column in columns}
        for member in sorted({*recorded, *record}):
            is_other = canonical(recorded.get(member)) != canonical(record.get(member))
            if is_other and named.get(member) not in unreadable:
                yield Difference(
                    name,
                    own_id,
                    f"it is not what version {latest.version}, the latest, says.",
                    named.get(member, member),
                )
    made = {
        "version": latest.version,
        "created_at": versions.created_at,
        "updated_at": latest.at,
    }
    for column, value in made.items():
        if values[column] != value:
            yield Difference(name, own_id, "it is not what the history says.", column)
    for column, value in beside.items():
        if _plain(values[column]) != value:
            yield Difference(name, own_id, _DERIVED, column)


def _values(
    columns: Sequence[_Column], row: Sequence[Any]
) -> tuple[dict[str, Any], dict[str, str]]:
    """The values of a row by the members of records, and which are not written as they are."""
    values: dict[str, Any] = {}
    unreadable: dict[str, str] = {}
    for column, raw in zip(columns, row, strict=True):
        value = raw
        if raw is not None and column.is_json:
            try:
                value = orjson.loads(raw)
            except orjson.JSONDecodeError:
                unreadable[column.name] = "it is not JSON."
            else:
                if orjson.dumps(value).decode() != raw:
                    unreadable[column.name] = "it is not written as the ledger writes it."
        elif raw is not None and column.is_truth:
            value = bool(raw)
        values[column.member] = value
    return values, unreadable


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


# Whatever has a latest version with a record, and no row.
_GONE = """
    SELECT subject_id FROM change
    WHERE subject = ? AND length(record) > 0 AND subject_id > ?
    AND NOT EXISTS (SELECT 1 FROM "{table}" WHERE id = change.subject_id)
    AND NOT EXISTS (
        SELECT 1 FROM change AS later
        WHERE later.subject = change.subject AND later.subject_id = change.subject_id
        AND later.version > change.version
    )
    ORDER BY subject_id LIMIT {most}
"""


def _gone(name: str) -> Iterator[Difference]:
    after, read = 0, _GONE.format(table=name, most=BATCH)
    while rows := database.execute_sql(read, [name, after]).fetchall():
        for (subject_id,) in rows:
            yield Difference(name, subject_id, _MISSING)
        after = rows[-1][0]
