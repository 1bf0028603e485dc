"""An export taken into an empty ledger: ids, times and history as they were, or nothing at all."""

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from api.ledger.history import chain
from api.ledger.models import Change, Speaker, Statement
from api.ledger.queries import webhooks
from api.ledger.queries.speakers import name_as
from api.ledger.queries.statements.topics import retag
from api.ledger.storage.faults import failures
from api.ledger.transfer import tables
from api.services.admin.export import FORMAT, Seal, header
from api.services.common.errors import Conflict, ServiceError
from api.services.contradictions.analysis_store import (
    COMPARED_LANGUAGE,
    analyse_texts,
    store_analysis,
)
from api.services.imports.lines import Line

_BATCH = 100


def import_export(lines: Iterable[Line]) -> Iterator[int]:
    """Store the rows of an export; inside the caller's transaction, which a refusal ends.

    Yields:
        The size of each line in bytes.

    Raises:
        Conflict: the ledger is not empty.
        Refusal: the export was made by another release, or is broken, cut off or altered.
    """
    refuse_filled()
    tables.defer_references()
    reading = _Reading()
    for line in lines:
        try:
            reading.take(line)
        except _Broken as broken:
            raise ServiceError(f"Line {line.number}: {broken} Nothing was stored.") from broken
        yield line.size
    if not reading.is_ended:
        raise ServiceError(
            f"It is cut off after {reading.seal.lines} lines: its last line is missing. Nothing "
            "was stored."
        )
    dangling = tables.dangling()
    if dangling is not None:
        raise ServiceError(
            f"A row of {dangling[0]} refers to one of {dangling[1]} that is not there. Nothing "
            "was stored."
        )
    # What it tells of was changed elsewhere, long ago.
    webhooks.pass_over()


def refuse_filled() -> None:
    """Refuse to take an export into a ledger that was written to; see ``take_in``."""
    filled = tables.first_filled()
    if filled is not None:
        raise Conflict(
            f"The ledger is not empty, its table {filled} was written to: an export goes into an "
            "empty one only."
        )


def rebuild() -> Iterator[int]:
    """Make anew what an export does not carry; gives how many steps each part was."""
    named = Speaker.select().where(Speaker.merged_into.is_null()).order_by(Speaker.id)
    for speaker in named.iterator():
        name_as(speaker)
        yield 1
    last = chain.BEGINNING
    for change in Change.select(Change.id, Change.digest).order_by(Change.id).iterator():
        last = chain.grow(change.id, bytes(change.digest), "", last)
        yield 1
    after = 0
    active = Statement.select().where(Statement.status == "active").order_by(Statement.id)
    while batch := list(active.where(Statement.id > after).limit(_BATCH)):
        compared = [each for each in batch if each.language == COMPARED_LANGUAGE]
        analyses = analyse_texts([each.text for each in compared], COMPARED_LANGUAGE)
        for statement, analysis in zip(compared, analyses, strict=True):
            store_analysis(statement, analysis)
        for statement in batch:
            retag(statement.id, statement.topics)
        after = batch[-1].id
        yield len(batch)


def outstanding() -> int:
    """How many steps ``rebuild`` is."""
    return int(
        Speaker.select().where(Speaker.merged_into.is_null()).count()
        + Change.select().count()
        + Statement.select().where(Statement.status == "active").count()
    )


class _Broken(Exception):
    """A line is not what it should be; the message says how."""


class _Reading:
    """An export being read, line by line."""

    def __init__(self) -> None:
        self.seal = Seal()
        self.is_ended = False
        self._shapes = {table: tables.shape(table) for table in tables.CARRIED}

    def take(self, line: Line) -> None:
        """Store what a line holds, once it is known to be as it was written."""
        member = _read(line)
        if self.is_ended:
            raise _Broken("There is more after the last line of the export.")
        if self.seal.lines == 0:
            _refuse_others(member)
        if "end" in member:
            sealed, self.is_ended = self.seal.end(), True
        else:
            sealed = self.seal.line(member)
        if sealed != line.data:
            raise _Broken(
                "It is not as it was exported, or a line before it is missing: take another copy "
                "of the export."
            )
        match member:
            case {"table": str(table), "row": dict(row)}:
                self._store(table, row)
            case {"last_ids": dict(last_ids)}:
                tables.set_last_ids(last_ids)

    def _store(self, table: str, row: dict[str, Any]) -> None:
        shape = self._shapes.get(table)
        if shape is None or row.keys() != set(shape.columns):
            raise _Broken(f"This release has no table {table!r} of these columns.")
        try:
            values = {
                name: bytes.fromhex(value) if name in shape.blobs and value is not None else value
                for name, value in row.items()
            }
            tables.insert(table, values, shape)
        except failures(AttributeError, TypeError, ValueError, OverflowError) as error:
            raise _Broken(f"The row does not fit the table {table!r}: {error}.") from error


def _read(line: Line) -> dict[str, Any]:
    if line.data is None:
        raise _Broken("It is longer than any line of an export.")
    try:
        member = orjson.loads(line.data)
    except orjson.JSONDecodeError as error:
        raise _Broken("It is cut off or was altered: it is not JSON.") from error
    if not isinstance(member, dict):
        raise _Broken("It is no line of an export.")
    member.pop("hash", None)
    return member


def _refuse_others(member: dict[str, Any]) -> None:
    own = header()
    if member.get("counterclaim") != own["counterclaim"]:
        raise _Broken("This is no export of a ledger: make one with counterclaim export.")
    if (member.get("format"), member.get("schema")) != (FORMAT, own["schema"]):
        raise _Broken(
            f"It was exported in format {member.get('format')} from schema {member.get('schema')}; "
            f"this release reads format {FORMAT} of schema {own['schema']}: take it in with the "
            "release that exported it, and migrate that ledger."
        )
