"""A ledger in memory, of one thread, for as long as its work takes: nobody else sees it."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cache
from importlib import resources
from time import monotonic
from typing import Any, ClassVar

from peewee import PeeweeException, SqliteDatabase

from api.deadline import deadline
from api.ledger.engines.sqlite_queries import SqliteQueries
from api.ledger.engines.sqlite_search import SqliteSearch
from api.ledger.engines.sqlite_tables import SqliteTables

_ANYWHERE = ":memory:"
# A database of a temporary file, which SQLite writes to when there is more than its cache holds.
_SPILLED = "file:"
# Steps of SQLite's machine between two looks at the clock.
_STEPS = 20_000


class MemoryLedger(SqliteQueries, SqliteSearch, SqliteTables, SqliteDatabase):
    """Has this release's schema, and what is put into it; rows may refer to others it lacks.

    Args:
        spills: whether it goes into a nameless temporary file, so that it may be large.
    """

    name: ClassVar[str] = "sqlite"
    failures: ClassVar[tuple[type[Exception], ...]] = (PeeweeException, sqlite3.Error)

    def __init__(self, spills: bool = False) -> None:
        super().__init__(_SPILLED if spills else _ANYWHERE, uri=True)
        self._spills = spills

    def _connect(self) -> Any:
        connection = super()._connect()  # type: ignore[misc] # the stubs lack it
        if self._spills:
            with closing(sqlite3.connect(_ANYWHERE)) as empty:
                empty.deserialize(_empty())
                empty.backup(connection)
        else:
            connection.deserialize(_empty())
        connection.set_progress_handler(lambda: monotonic() > deadline().until, _STEPS)
        return connection

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """See ``Engine``."""
        with self.atomic():
            yield

    def is_busy(self, error: BaseException) -> bool:
        """Nobody else is there."""
        return False

    def is_too_slow(self, error: BaseException) -> bool:
        """See ``Engine``."""
        while not hasattr(error, "sqlite_errorcode"):
            cause = error.__cause__ or error.__context__
            if cause is None:
                return False
            error = cause
        return bool(error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_INTERRUPT)

    def fault(self, error: BaseException) -> str | None:
        """There is no disk under it."""
        return None

    def put(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Add rows; those that are there already stay."""
        names = ", ".join(f'"{name}"' for name in columns)
        marks = ", ".join("?" * len(columns))
        self.cursor().executemany(
            f'INSERT OR IGNORE INTO "{table}" ({names}) VALUES ({marks})',  # noqa: S608
            rows,
        )


@cache
def _empty() -> bytes:
    """A ledger with nothing in it, as bytes: to copy it takes a hundredth of making it."""
    made = sqlite3.connect(_ANYWHERE)
    folder = resources.files("api.ledger") / "migrations" / MemoryLedger.name
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".sql"):
            made.executescript(file.read_text(encoding="utf-8"))
    content = made.serialize()
    made.close()
    return content
