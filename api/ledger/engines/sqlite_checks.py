"""What a ledger in a file is made of, held against what its migrations make."""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from typing import Any, ClassVar

from peewee import Database

from api.ledger.engines.interface import Part, Unindexed
from api.ledger.engines.sqlite_tables import statements_of

_PARTS = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
# Text in quotes is kept as it is; comments and white space are no part of what is made.
_TOKENS = re.compile(r"('(?:[^']|'')*'|\"(?:[^\"]|\"\")*\")|--[^\n]*|\s+")
_CONTENT = re.compile(r"content = '\w+', content_rowid = '\w+'")
# Each index: of which table, by which column its rows are known, of which column it is.
_INDEXES = {
    "statement_search": ("statement", "place", "text"),
    "proposition_search": ("proposition", "id", "text"),
    "speaker_search": ("speaker_name", "id", "folded"),
    "speaker_spelling": ("speaker_name", "id", "plain"),
}
# Of a table without rowids, SQLite names no row.
_NO_ROW = "?"
_MOST = 10_000


class SqliteChecks(Database):
    """See ``Engine``."""

    last_ids_in: ClassVar[tuple[str, str]] = ("sqlite_sequence", "seq")
    catalogue: ClassVar[str] = "sqlite_master"

    def parts(self) -> dict[tuple[str, str], Part]:
        """See ``Engine``."""
        return _parts(self.execute_sql(_PARTS).fetchall())

    def parts_made_by(self, scripts: Sequence[str]) -> dict[tuple[str, str], Part] | None:
        """See ``Engine``; in memory."""
        with closing(sqlite3.connect(":memory:")) as fresh:
            _run(fresh, scripts)
            return _parts(fresh.execute(_PARTS).fetchall())

    def unindexed(self, scripts: Sequence[str]) -> Iterator[Unindexed]:
        """See ``Engine``.

        The index is made once more in a temporary file, and the two are read side by side.
        """
        with closing(sqlite3.connect(":memory:")) as fresh:
            _run(fresh, scripts)
            made = dict(fresh.execute("SELECT name, sql FROM sqlite_master").fetchall())
        for index, (table, rowid, column) in _INDEXES.items():
            yield from self._unindexed(index, table, rowid, column, made[index])

    def _unindexed(
        self, index: str, table: str, rowid: str, column: str, made: str
    ) -> Iterator[Unindexed]:
        expected = _CONTENT.sub("content = ''", made).replace(index, "temp.expected_index", 1)
        seen: set[int] = set()
        self._drop()
        try:
            for sql in (
                expected,
                f"INSERT INTO temp.expected_index (rowid, {column}) "  # noqa: S608
                f'SELECT {rowid}, {column} FROM main."{table}"',
                "CREATE VIRTUAL TABLE temp.expected_word "
                "USING fts5vocab(temp, expected_index, instance)",
                f"CREATE VIRTUAL TABLE temp.found_word USING fts5vocab(main, {index}, instance)",
            ):
                self.execute_sql(sql)
            for words, sizes, part in (
                ("expected_word", "found_word", "term, doc, coalesce(offset, 0)"),
                ("temp.expected_index_docsize", f"main.{index}_docsize", "id, id, sz"),
            ):
                left, right = (
                    self.execute_sql(f"SELECT {part} FROM {name}")  # noqa: S608
                    for name in (words, sizes)
                )
                for row in _apart(left, right):
                    if row[1] not in seen and len(seen) < _MOST:
                        seen.add(row[1])
                        yield Unindexed(index, self._indexed_id(index, row[1]), column)
        finally:
            self._drop()

    def _drop(self) -> None:
        for name in ("found_word", "expected_word", "expected_index"):
            self.execute_sql(f"DROP TABLE IF EXISTS temp.{name}")

    def _indexed_id(self, index: str, row: int) -> int:
        # See the column ``place`` of statements.
        return (row >> 1) & 0xFFFFFFFF if index == "statement_search" else row

    def all_dangling(self) -> Iterator[tuple[str, object, str]]:
        """See ``Engine``."""
        for table, row, other, _ in self.execute_sql("PRAGMA foreign_key_check"):
            yield table, _NO_ROW if row is None else row, other


def _run(fresh: sqlite3.Connection, scripts: Sequence[str]) -> None:
    for script in scripts:
        for statement in statements_of(script):
            fresh.execute(statement)


def _parts(rows: Iterable[Sequence[Any]]) -> dict[tuple[str, str], Part]:
    return {(kind, name): Part(name, _plain(sql or "")) for kind, name, sql in rows}


def _plain(sql: str) -> str:
    return _TOKENS.sub(lambda found: found[1] or " ", sql).strip()


def _apart(left: Iterable[Any], right: Iterable[Any]) -> Iterator[Any]:
    """The rows that only one of two sides has, each in the same order."""
    ours, theirs = iter(left), iter(right)
    one, other = next(ours, None), next(theirs, None)
    while one is not None or other is not None:
        if one == other:
            one, other = next(ours, None), next(theirs, None)
        elif other is None or (one is not None and tuple(one) < tuple(other)):
            yield one
            one = next(ours, None)
        else:
            yield other
            other = next(theirs, None)
