"""Changes as an export has them: with the text and the hash of each record, as every entry does.

What the ledger keeps in another form, or makes of the record, is no part of it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from api.ledger.engines.interface import Shape
from api.ledger.history.chain import hash_of_record
from api.ledger.models import Change
from api.ledger.storage.database import engine

SHAPE = Shape(
    (
        "id",
        "subject",
        "subject_id",
        "version",
        "action",
        "at",
        "who",
        "why",
        "record",
        "salt",
        "record_hash",
        "digest",
    ),
    ("id",),
    frozenset({"salt", "record_hash", "digest"}),
)


def rows() -> Iterator[tuple[Any, ...]]:
    """The changes in their order, few held at a time."""
    name = Change._meta.table_name
    shape = engine().shape(name)
    fields = [Change._meta.columns[column].name for column in shape.columns]
    for row in engine().rows(name, shape):
        change = Change(**dict(zip(fields, row, strict=True)))
        change.record_hash = hash_of_record(change)
        yield tuple(getattr(change, column) for column in SHAPE.columns)


def insert(row: Mapping[str, Any]) -> None:
    """Add a change.

    Raises:
        AttributeError, ValueError: its record is none.
    """
    record = row["record"]
    change = Change(**{name: value for name, value in row.items() if name != "record"})
    change.keep(None if record is None else record.encode())
    if record is not None:
        change.record_hash = None
    Change.add(**change.__data__)
