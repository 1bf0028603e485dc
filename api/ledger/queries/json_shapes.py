"""Things as the JSON that is sent of them: which members they have, written once.

From a shape each database's expression is made that gives the JSON itself, and what is told of a
thing of the past, which no row has. Numbers with a fraction are left to Python: SQLite writes fewer
digits than one may have, PostgreSQL writes them otherwise.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson
from peewee import SQL, BooleanField, FloatField, NodeList

from api.ledger.models.rows import JsonField
from api.ledger.storage.database import database, engine

# Compiled queries that are kept: one for each kind of thing and each engine.
_MOST_SQL = 100


@dataclass(frozen=True, slots=True)
class Stored:
    """A thing as it stands in the ledger: its version, and the JSON that is sent of it."""

    version: int
    json: orjson.Fragment

    def read(self) -> dict[str, Any]:
        """What the JSON says."""
        return orjson.loads(orjson.dumps(self.json))  # type: ignore[no-any-return]


class Shape:
    """An object of JSON: its members in their order.

    Args:
        there: a column that is null where there is no such object; None where there always is one.
        members: columns, or shapes for the objects within.
    """

    def __init__(self, there: Any = None, **members: Any) -> None:
        self.there, self.members = there, members

    def expression(self) -> Any:
        """What gives it as the text of JSON, in a query over the tables of its columns."""
        return engine().json_text(self._object())

    def numbers(self) -> Iterator[tuple[str, Any]]:
        """The members that the expression leaves null, for Python to write."""
        for name, member in self.members.items():
            if isinstance(member, Shape):
                yield from member.numbers()
            elif isinstance(member, FloatField):
                yield name, member

    def of(self, found: Mapping[Any, Mapping[str, Any] | None]) -> dict[str, Any]:
        """The object, of things by their models, each with the names of its model's fields."""
        return {
            name: _told(member, found) if isinstance(member, Shape) else _value(member, found)
            for name, member in self.members.items()
        }

    def _object(self) -> Any:
        members = [
            (name, member._object() if isinstance(member, Shape) else _in_json(member))
            for name, member in self.members.items()
        ]
        return engine().json_object(members, self.there)


class Things:
    """Things of a kind, read by their ids.

    Args:
        shape: what is sent of each.
        model: what they are.
        query: gives the query for columns of all tables that the shape has members of.
    """

    def __init__(self, shape: Shape, model: Any, query: Callable[..., Any] | None = None) -> None:
        self._shape, self._model, self._query = shape, model, query or model.select

    def read(self, ids: Collection[int]) -> dict[int, Stored]:
        """Things by id, in any status; those that do not exist are missing."""
        if not ids:
            return {}
        sql, names = _compiled(engine().name, self)
        rows = database.execute_sql(sql, [engine().listed(ids)]).fetchall()
        return {row[0]: Stored(row[1], _filled(row[2], names, row[3:])) for row in rows}

    def of(self, ids: Sequence[int]) -> list[orjson.Fragment]:
        """The JSON of things, in the order of their ids."""
        found = self.read(ids)
        return [found[each].json for each in ids]

    def compile(self) -> tuple[str, list[str]]:
        """The SQL that reads them by a list of ids, and the names of its last columns."""
        model, numbers = self._model, [*self._shape.numbers()]
        columns = model.id, model.version, self._shape.expression()
        query = self._query(*columns, *(column for _, column in numbers))
        among = NodeList((model.id, SQL(engine().among(""))))
        return query.where(among).sql()[0], [name for name, _ in numbers]


@lru_cache(_MOST_SQL)
def _compiled(engine_name: str, things: Things) -> tuple[str, list[str]]:
    return things.compile()


def _filled(text: str, names: Sequence[str], values: Sequence[Any]) -> orjson.Fragment:
    for name, value in zip(names, values, strict=True):
        if value is not None:
            # Quotation marks are escaped in what people said: this stands nowhere else.
            written = f'"{name}":{orjson.dumps(value).decode()}'
            text = text.replace(f'"{name}":null', written, 1)
    return orjson.Fragment(text)


def _in_json(column: Any) -> Any:
    if isinstance(column, FloatField):
        return SQL("NULL")
    if isinstance(column, JsonField):
        return engine().json_value(column)
    return engine().json_truth(column) if isinstance(column, BooleanField) else column


def _told(shape: Shape, found: Mapping[Any, Mapping[str, Any] | None]) -> dict[str, Any] | None:
    is_missing = shape.there is not None and found[shape.there.model] is None
    return None if is_missing else shape.of(found)


def _value(column: Any, found: Mapping[Any, Mapping[str, Any] | None]) -> Any:
    thing = found[column.model]
    name = getattr(column, "object_id_name", column.name)
    return None if thing is None else thing[name]
