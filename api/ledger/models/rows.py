"""What tables have in common: rows added and found by SQL that is written once, versions, JSON."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, ClassVar, Self

import orjson
from peewee import AutoField, IntegerField, Model, TextField

from api.ledger.storage.database import database


class JsonField(TextField):
    """A value kept as the JSON text in which it is shown."""

    def db_value(self, value: Any) -> str | None:
        """The text of a value."""
        return None if value is None else orjson.dumps(value).decode()

    def python_value(self, value: str | None) -> Any:
        """The value of a text."""
        return None if value is None else orjson.loads(value)


class Table(Model):
    """A table of the ledger."""

    class Meta:
        database = database
        legacy_table_names = False

    @classmethod
    def one(cls, **equal: Any) -> Self | None:
        """The row whose fields have these values, or None; the first, where there are more."""
        return next(iter(cls.those(**equal)), None)

    @classmethod
    def those(cls, **equal: Any) -> list[Self]:
        """The rows whose fields have these values, the first recorded first."""
        nulls = frozenset(name for name, value in equal.items() if value is None)
        sql = _selection(cls, tuple(equal), nulls, database.param)
        given = {name: value for name, value in equal.items() if value is not None}
        rows = database.execute_sql(sql, cls._values(given)).fetchall()
        return [cls._of(row) for row in rows]

    @classmethod
    def add(cls, **values: Any) -> Any:
        """Add a row with these values; its id, in a table whose rows have one."""
        sql, given = _insertion(cls, tuple(values), database.param), cls._values(values)
        if "id" in cls._meta.columns:
            return database.execute_sql(f'{sql} RETURNING "id"', given).fetchone()[0]
        database.execute_sql(sql, given)
        return None

    @classmethod
    def add_all(cls, rows: Iterable[dict[str, Any]]) -> None:
        """Add rows; all have values of the same fields."""
        given = list(rows)
        if given:
            sql = _insertion(cls, tuple(given[0]), database.param)
            database.cursor().executemany(sql, map(cls._values, given))

    @classmethod
    def put(cls, **values: Any) -> None:
        """Add a row with these values, instead of the one that has the same key."""
        key: Any = cls._meta.primary_key
        others = [cls._meta.fields[name] for name in values if name != key.name]
        adding: Any = cls.insert(**values)
        adding.on_conflict(conflict_target=[key], preserve=others).execute()

    @classmethod
    def _of(cls, row: Sequence[Any]) -> Self:
        columns = zip(cls._meta.columns.values(), row, strict=True)
        found = cls(**{field.name: field.python_value(value) for field, value in columns})
        # As peewee does with what it read: nothing of it counts as changed.
        found._dirty.clear()  # type: ignore[attr-defined]
        return found

    @classmethod
    def _values(cls, given: dict[str, Any]) -> list[Any]:
        return [cls._meta.fields[name].db_value(value) for name, value in given.items()]

    @classmethod
    def erase(cls, *where: Any) -> None:
        """Delete the rows that meet all conditions."""
        # As Any: the stubs' type of delete() is read differently from run to run.
        rows: Any = cls
        rows.delete().where(*where).execute()


# The SQL of single rows is written once: building it anew costs several times what running it does.


@cache
def _selection(table: type[Table], names: tuple[str, ...], nulls: frozenset[str], mark: str) -> str:
    columns = ", ".join(f'"{column}"' for column in table._meta.columns)
    where = " AND ".join(
        f"{_column(table, name)} {'IS NULL' if name in nulls else f'= {mark}'}" for name in names
    )
    order = ' ORDER BY "id"' if "id" in table._meta.columns else ""
    return f'SELECT {columns} FROM "{table._meta.table_name}" WHERE {where}{order}'  # noqa: S608


@cache
def _insertion(table: type[Table], names: tuple[str, ...], mark: str) -> str:
    columns = ", ".join(_column(table, name) for name in names)
    marks = ", ".join([mark] * len(names))
    return f'INSERT INTO "{table._meta.table_name}" ({columns}) VALUES ({marks})'  # noqa: S608


def _column(table: type[Table], name: str) -> str:
    return f'"{table._meta.fields[name].column_name}"'


class Versioned(Table):
    """Something that is revised, by those who have seen its latest version."""

    id = AutoField()
    version = IntegerField(default=1)
    created_at = TextField()
    updated_at = TextField()


class Subject(Versioned):
    """Something with versions and a history."""

    # What a version is made of; what can be derived from it is left out.
    recorded: ClassVar[tuple[str, ...]] = ()

    def record(self) -> dict[str, Any]:
        """This version as the history keeps it."""
        return {name: getattr(self, name) for name in ("id", *self.recorded)}
