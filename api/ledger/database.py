"""The connection to the ledger: how it is opened, written to and read from."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from peewee import DatabaseProxy, OperationalError, SqliteDatabase

database = DatabaseProxy()

# Told for how many seconds each write waited for the writers before it.
on_wait: list[Callable[[float], object]] = []

SQLITE = "sqlite:///"
_SIZES = ("page_count", "page_size")


class LedgerBusy(Exception):
    """Another writer held the ledger for longer than the busy timeout."""


class LedgerUnusable(Exception):
    """The ledger cannot be opened as it is; the message says what to do."""


def connect(url: str, busy_timeout: int) -> None:
    """Choose the ledger that this process works on; each thread then opens its own connection.

    Args:
        url: ``sqlite:///relative/path`` or ``sqlite:////absolute/path``.
        busy_timeout: milliseconds to wait for another writer.

    Raises:
        LedgerUnusable: the address is not that of a SQLite file, or its folder is missing.
    """
    path = Path(url.removeprefix(SQLITE))
    if not url.startswith(SQLITE) or not path.name or path.name == ":memory:":
        raise LedgerUnusable(f"{url!r} is no address of a ledger: sqlite:///path/to/file.db is.")
    if not path.parent.is_dir():
        raise LedgerUnusable(f"The folder of {path} does not exist: make it first.")
    database.initialize(
        SqliteDatabase(
            str(path),
            timeout=busy_timeout / 1000,
            pragmas={
                "journal_mode": "wal",
                "foreign_keys": 1,
                # An acknowledged write is on disk even when the power fails a moment later;
                # WAL's default (NORMAL) may lose the last commits then.
                "synchronous": "full",
                "busy_timeout": busy_timeout,
                # What was taken out is overwritten: nothing of it is left in free pages.
                "secure_delete": 1,
                "cache_size": -32_000,
            },
        )
    )


def disconnect() -> None:
    """Close this thread's connection."""
    if not database.is_closed():
        database.close()


@contextmanager
def writing() -> Iterator[None]:
    """Everything inside is committed together or not at all; one writer at a time.

    Inside another ``writing`` block it joins that one's transaction.

    Raises:
        LedgerBusy: another writer did not finish in time.
    """
    if database.in_transaction():
        yield
        return
    began = perf_counter()
    try:
        # IMMEDIATE takes the write lock before anything is read, so that no update is lost
        # between the reading and the writing.
        with database.atomic("IMMEDIATE"):
            _tell_wait(began)
            yield
    except OperationalError as error:
        if is_busy(error):
            _tell_wait(began)
            raise LedgerBusy from error
        raise


def _tell_wait(began: float) -> None:
    for told in on_wait:
        told(perf_counter() - began)


@contextmanager
def rehearsing() -> Iterator[None]:
    """Like ``writing``, but all of it is undone at the end."""
    try:
        with writing():
            yield
            raise _Rehearsed
    except _Rehearsed:
        return


@contextmanager
def snapshot() -> Iterator[None]:
    """All reads inside see the ledger as it was at the first of them."""
    if database.in_transaction():
        yield
        return
    with database.atomic("DEFERRED"):
        yield


def size() -> int:
    """Bytes that the ledger has on disk, beside what its log holds."""
    pages, page = (database.execute_sql(f"PRAGMA {name}").fetchone() for name in _SIZES)
    return int(pages[0]) * int(page[0])


class _Rehearsed(Exception):
    """Ends a rehearsal."""


def is_busy(error: Exception) -> bool:
    """Whether SQLite refused because another connection holds the lock."""
    return _code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def is_no_database(error: Exception) -> bool:
    """Whether SQLite refused because the file is no database of its kind."""
    return _code(error) == sqlite3.SQLITE_NOTADB


def _code(error: BaseException | None) -> int | None:
    """SQLite's primary result code; peewee wraps the error that carries it, once or twice."""
    while error is not None and not hasattr(error, "sqlite_errorcode"):
        error = error.__cause__ or error.__context__
    return None if error is None else error.sqlite_errorcode & 0xFF
