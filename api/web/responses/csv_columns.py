"""Schemas as tables: which columns a list of things has, and what stands in their cells.

A member of a member is named after both (``speaker_name``), and the things of a list of fixed
length are numbered from 1 (``statements_1_text``). A list of words is one cell, as
``api.services.imports.csv_rows`` joins them; whatever else is nested is a cell of JSON.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any

import orjson
from marshmallow import Schema, fields, validate

from api.services.imports.csv_rows import harmless, joined, parted, plain


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, the way to its member, and the field that describes what stands there."""

    name: str
    path: tuple[str | int, ...]
    field: fields.Field[Any]

    def cell(self, item: Any) -> str:
        """The cell of a thing: empty where there is nothing or null."""
        for step in self.path:
            if item is None:
                return ""
            item = item[step]
        return _cell(item)

    def value(self, cell: str) -> Any:
        """What a cell holds; a number or flag that it cannot be stays text, for its schema."""
        if isinstance(self.field, fields.List):
            return parted(plain(cell))
        if isinstance(self.field, fields.Integer | fields.Float | fields.Boolean):
            try:
                return orjson.loads(cell)
            except orjson.JSONDecodeError:
                return cell
        return plain(cell)


def columns(schema: Schema) -> list[Column]:
    """The columns of the things that a schema describes, in its order."""
    return list(_columns(schema, (), ()))


def write(columns: Sequence[Column], items: Iterable[Any], header: bool) -> bytes:
    """Things as CSV rows, below the columns' names where it is the first of them."""
    text = StringIO()
    writer = csv.writer(text)
    if header:
        writer.writerow(column.name for column in columns)
    for item in items:
        writer.writerow([column.cell(item) for column in columns])
    return text.getvalue().encode()


def read(columns: Sequence[Column], cells: Sequence[str]) -> dict[str, Any]:
    """A thing from a row of cells; what is empty is left out."""
    thing: dict[str, Any] = {}
    for column, cell in zip(columns, cells, strict=True):
        if cell:
            place = thing
            for step in column.path[:-1]:
                place = place.setdefault(str(step), {})
            place[str(column.path[-1])] = column.value(cell)
    return thing


def _columns(
    schema: Schema, names: tuple[str, ...], path: tuple[str | int, ...]
) -> Iterator[Column]:
    for own, field in schema.fields.items():
        name = field.data_key or own
        here, way = (*names, name), (*path, name)
        if isinstance(field, fields.Nested):
            yield from _columns(field.schema, here, way)
            continue
        length = _length(field)
        if length and isinstance(field, fields.List) and isinstance(field.inner, fields.Nested):
            for index in range(length):
                yield from _columns(field.inner.schema, (*here, str(index + 1)), (*way, index))
        else:
            yield Column("_".join(here), way, field)


def _length(field: Any) -> int | None:
    """How long a list is, where that is fixed."""
    for each in field.validators:
        if isinstance(each, validate.Length) and each.equal is not None:
            return each.equal
    return None


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return harmless(joined(value))
    return orjson.dumps(value).decode()
