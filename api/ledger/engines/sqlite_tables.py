"""Tables as a whole, in SQLite."""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from peewee import Database

from api.ledger.engines.interface import Shape

# What SQLite makes for a full-text index, beside the index itself.
_SHADOW = re.compile(r"_(search|spelling)_(config|content|data|docsize|idx)$")


class SqliteTables(Database):
    """See ``Engine``."""

    def run_script(self, script: str) -> None:
        """See ``Engine``; one by one, because executed whole it would commit at its beginning."""
        for statement in statements_of(script):
            self.execute_sql(statement)

    def tables(self) -> list[str]:
        """See ``Engine``."""
        named = self.get_tables()
        return [each for each in named if not (each.startswith("sqlite_") or _SHADOW.search(each))]

    def shape(self, table: str) -> Shape:
        """See ``Engine``."""
        rows = self.execute_sql(f'PRAGMA table_info("{table}")').fetchall()
        keys = sorted((place, name) for _, name, _, _, _, place in rows if place)
        return Shape(
            tuple(name for _, name, *_ in rows),
            tuple(name for _, name in keys),
            frozenset(name for _, name, kind, *_ in rows if kind == "BLOB"),
        )

    def rows(self, table: str, shape: Shape) -> Iterator[tuple[Any, ...]]:
        """See ``Engine``."""
        columns, key = (
            ", ".join(f'"{name}"' for name in names) for names in (shape.columns, shape.key)
        )
        yield from self.execute_sql(f'SELECT {columns} FROM "{table}" ORDER BY {key}')  # noqa: S608

    def load(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """See ``Engine``."""
        names = ", ".join(f'"{name}"' for name in columns)
        marks = ", ".join("?" * len(columns))
        self.cursor().executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)  # noqa: S608

    def measure(self) -> None:
        """See ``Engine``."""
        self.execute_sql("ANALYZE")

    def references(self, table: str) -> set[str]:
        """See ``Engine``."""
        return {row[2] for row in self.execute_sql(f'PRAGMA foreign_key_list("{table}")')}

    def last_ids(self, tables: Sequence[str]) -> dict[str, int]:
        """See ``Engine``."""
        given = self.execute_sql("SELECT name, seq FROM sqlite_sequence").fetchall()
        return {name: seq for name, seq in sorted(given) if name in tables}

    def set_last_ids(self, ids: Mapping[str, int]) -> None:
        """See ``Engine``."""
        for table, last in ids.items():
            self.execute_sql("DELETE FROM sqlite_sequence WHERE name = ?", [table])
            self.execute_sql("INSERT INTO sqlite_sequence VALUES (?, ?)", [table, last])

    def defer_references(self) -> None:
        """See ``Engine``."""
        self.execute_sql("PRAGMA defer_foreign_keys = ON")

    def dangling(self) -> tuple[str, str] | None:
        """See ``Engine``."""
        found = self.execute_sql("PRAGMA foreign_key_check").fetchone()
        return (found[0], found[2]) if found else None


def statements_of(script: str) -> Iterator[str]:
    """The statements of a script, each as it stands there."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
