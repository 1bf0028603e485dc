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

_Found = Mapping[Any, Mapping[str, Any] | None]
# Compiled queries that are kept: one for each kind of thing and each engine.
_MOST_SQL = 100


@dataclass(frozen=True, slots=True)
class Stored:
    """A thing as it stands in the ledger: its version, and the JSON that is sent of it."""

    version: int
    text: str

    @property
    def json(self) -> orjson.Fragment:
        """The JSON as a part of more."""
        return orjson.Fragment(self.text)

    def read(self) -> dict[str, Any]:
        """What the JSON says."""
        return orjson.loads(self.text)  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Whole:
    """Things that stand whole within another: one, or a list of them.

    Args:
        things: what they are.
        ids: the columns that have their ids.
        is_list: whether they are a list.
    """

    things: "Things"
    ids: tuple[Any, ...]
    is_list: bool = False

    def text(self, found: Mapping[int, Stored], ids: Sequence[int]) -> str:
        """Their JSON, by what was read of them."""
        texts = ",".join(found[each].text for each in ids)
        return f"[{texts}]" if self.is_list else texts


class Shape:
    """An object of JSON: its members in their order.

    Args:
        there: a column that is null where there is no such object; None where there always is one.
        members: columns, shapes for the objects within, or ``Whole``. What the database leaves null
            stands before all columns of JSON, which might have a member of the same name.
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

    def wholes(self) -> list[tuple[str, Whole]]:
        """The members that are whole things."""
        return [each for each in self.members.items() if isinstance(each[1], Whole)]

    def of(self, found: _Found, whole: Mapping[int, Any] | None = None) -> dict[str, Any]:
        """The object, of things by their models, each with the names of its model's fields.

        Args:
            found: the things.
            whole: those that stand whole in it, by their ids.
        """
        return {name: _told(member, found, whole or {}) for name, member in self.members.items()}

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
        self.shape, self._model, self._query = shape, model, query or model.select

    def read(self, ids: Collection[int]) -> dict[int, Stored]:
        """Things by id, in any status; those that do not exist are missing."""
        if not ids:
            return {}
        sql, names = _compiled(engine().name, self)
        rows = database.execute_sql(sql, [engine().listed([*ids])]).fetchall()
        texts = {row[0]: _filled(row[2], names, row[3:]) for row in rows}
        at = 3 + len(names)
        for name, whole in self.shape.wholes():
            until = at + len(whole.ids)
            within = whole.things.read({each for row in rows for each in row[at:until]})
            for row in rows:
                said = f'"{name}":{whole.text(within, row[at:until])}'
                texts[row[0]] = texts[row[0]].replace(f'"{name}":null', said, 1)
            at = until
        return {row[0]: Stored(row[1], texts[row[0]]) for row in rows}

    def of(self, ids: Sequence[int]) -> list[orjson.Fragment]:
        """The JSON of things, in the order of their ids."""
        found = self.read(ids)
        return [found[each].json for each in ids]

    def compile(self) -> tuple[str, list[str]]:
        """The SQL that reads them by a list of ids, and the names of its last columns."""
        model, numbers = self._model, [*self.shape.numbers()]
        columns = model.id, model.version, self.shape.expression()
        wholes = [column for _, whole in self.shape.wholes() for column in whole.ids]
        query = self._query(*columns, *(column for _, column in numbers), *wholes)
        among = NodeList((model.id, SQL(engine().among(""))))
        return query.where(among).sql()[0], [name for name, _ in numbers]


@lru_cache(_MOST_SQL)
def _compiled(engine_name: str, things: Things) -> tuple[str, list[str]]:
    return things.compile()


def _filled(text: str, names: Sequence[str], values: Sequence[Any]) -> str:
    for name, value in zip(names, values, strict=False):
        if value is not None:
            # Quotation marks are escaped in what people said: this stands nowhere else.
            written = f'"{name}":{orjson.dumps(value).decode()}'
            text = text.replace(f'"{name}":null', written, 1)
    return text


def _in_json(column: Any) -> Any:
    if isinstance(column, FloatField | Whole):
        return SQL("NULL")
    if isinstance(column, JsonField):
        return engine().json_value(column)
    return engine().json_truth(column) if isinstance(column, BooleanField) else column


def _told(member: Any, found: _Found, whole: Mapping[int, Any]) -> Any:
    if isinstance(member, Shape):
        is_missing = member.there is not None and found[member.there.model] is None
        return None if is_missing else member.of(found)
    if isinstance(member, Whole):
        said = [whole[_value(column, found)] for column in member.ids]
        return said if member.is_list else said[0]
    return _value(member, found)


def _value(column: Any, found: _Found) -> Any:
    thing = found[column.model]
    name = getattr(column, "object_id_name", column.name)
    return None if thing is None else thing[name]
