"""The connection to the ledger: how it is opened, written to and read from."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from math import inf
from pathlib import Path
from time import monotonic
from typing import Any

from peewee import DatabaseProxy, OperationalError, SqliteDatabase

from api.ledger import wal
from api.ledger.writers import TookTooLong, Writers

database = DatabaseProxy()

# Told for how many seconds each write waited for the writers before it.
on_wait: list[Callable[[float], object]] = []

SQLITE = "sqlite:///"
_SIZES = ("page_count", "page_size")
# Steps of SQLite's machine between two looks at the clock: a fraction of a millisecond.
_STEPS = 20_000


@dataclass(slots=True)
class Transaction:
    """What is committed together; ``moment`` is when, from its first change on."""

    moment: str | None = None


_transaction: ContextVar[Transaction | None] = ContextVar("transaction", default=None)


@dataclass(frozen=True, slots=True)
class Patience:
    """For how many seconds something is read, and until when by the monotonic clock."""

    seconds: float = inf
    until: float = inf


_patience: ContextVar[Patience] = ContextVar("patience", default=Patience())  # noqa: B039 (frozen)


class LedgerBusy(Exception):
    """Another writer held the ledger for longer than the busy timeout."""


class LedgerUnusable(Exception):
    """The ledger cannot be opened as it is; the message says what to do."""


class LogLost(LedgerUnusable):
    """The log beside the ledger was taken away, and with it what was committed last."""


class _Ledger(SqliteDatabase):
    """A file whose writers stand in line, each for as many seconds at the most."""

    _state: Any

    def __init__(self, file: Path, patience: float, pragmas: dict[str, object]) -> None:
        super().__init__(str(file), timeout=patience, pragmas=pragmas)
        self.file, self.writers, self.patience = file, Writers(file), patience

    def execute_sql(self, *statement: Any, **named: Any) -> Any:
        """Run a statement, on the log that is there."""
        if not self.is_closed() and not self.in_transaction():
            self._leave_lost_log()
        return super().execute_sql(*statement, **named)  # type: ignore[no-untyped-call]

    def _leave_lost_log(self) -> None:
        """Open anew where the log was taken away while this connection has it.

        The first that sees it saves what the log has; the others must not, as the index is that of
        another log by then.
        """
        if wal.identity(self.file) == self._state.log:
            return
        try:
            with self.writers.turn(monotonic() + self.patience):
                if wal.identity(self.file) is None:
                    super().execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[no-untyped-call]
                self.close()
                self.connect()
        except TookTooLong as error:
            raise LedgerBusy from error

    def _connect(self) -> Any:
        if wal.is_lost(self.file):
            raise LogLost(
                f"{wal.log_file(self.file)} was taken away, and with it what was committed last: "
                "put it back, restore a backup, or take the file that ends in -shm away as well, "
                "to go on with what is left."
            )
        connection = super()._connect()  # type: ignore[misc] # the stubs lack it
        # The log is opened as soon as something is read, and made where there is none.
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
        self._state.log = wal.identity(self.file)
        connection.set_progress_handler(_took_too_long, _STEPS)
        return connection


def connect(url: str, busy_timeout: int) -> None:
    """Choose the ledger that this process works on; each thread then opens its own connection.

    Args:
        url: ``sqlite:///relative/path`` or ``sqlite:////absolute/path``.
        busy_timeout: milliseconds that a write waits for its turn.

    Raises:
        LedgerUnusable: the address is not that of a SQLite file, or its folder is missing.
    """
    path = Path(url.removeprefix(SQLITE))
    if not url.startswith(SQLITE) or not path.name or path.name == ":memory:":
        raise LedgerUnusable(f"{url!r} is no address of a ledger: sqlite:///path/to/file.db is.")
    if not path.parent.is_dir():
        raise LedgerUnusable(f"The folder of {path} does not exist: make it first.")
    if database.obj is not None:
        database.writers.close()
    database.initialize(
        _Ledger(
            path,
            busy_timeout / 1000,
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


def read_within(seconds: float) -> None:
    """From now on, what this context reads takes so long at the most; then SQLite breaks it off."""
    _patience.set(Patience(seconds, monotonic() + seconds))


def read_on() -> None:
    """What comes now may take as long as what came before it."""
    read_within(_patience.get().seconds)


def _took_too_long() -> bool:
    return monotonic() > _patience.get().until


def disconnect() -> None:
    """Close this thread's connection."""
    if not database.is_closed():
        database.close()


@contextmanager
def writing() -> Iterator[None]:
    """Everything inside is committed together or not at all; one writer at a time.

    Writers come in turn. Inside another ``writing`` block it joins that one's transaction.

    Raises:
        LedgerBusy: the turn did not come in time, or another program kept the ledger locked.
    """
    if database.in_transaction():
        yield
        return
    began = monotonic()
    deadline = began + database.patience
    has_begun = False
    try:
        # IMMEDIATE takes the write lock before anything is read, so that no update is lost
        # between the reading and the writing.
        with database.writers.turn(deadline), _locked_by(deadline), database.atomic("IMMEDIATE"):
            has_begun = True
            _tell_wait(began)
            _transaction.set(Transaction())
            yield
    except (OperationalError, TookTooLong) as error:
        if not isinstance(error, TookTooLong) and not is_busy(error):
            raise
        if not has_begun:
            _tell_wait(began)
        raise LedgerBusy from error
    finally:
        _transaction.set(None)


def transaction() -> Transaction:
    """The transaction that is written in; outside of one, one that nothing else is part of."""
    return _transaction.get() or Transaction()


@contextmanager
def _locked_by(deadline: float) -> Iterator[None]:
    """What was waited in line is not waited again for a program that stands in none."""
    left = max(0.0, deadline - monotonic())
    database.execute_sql(f"PRAGMA busy_timeout = {round(left * 1000)}")
    try:
        yield
    finally:
        database.execute_sql(f"PRAGMA busy_timeout = {round(database.patience * 1000)}")


def _tell_wait(began: float) -> None:
    for told in on_wait:
        told(monotonic() - began)


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


def is_too_slow(error: Exception) -> bool:
    """Whether SQLite broke off what took longer than it may."""
    return _code(error) == sqlite3.SQLITE_INTERRUPT


def is_no_database(error: Exception) -> bool:
    """Whether SQLite refused because the file is no database of its kind."""
    return _code(error) == sqlite3.SQLITE_NOTADB


def _code(error: BaseException | None) -> int | None:
    """SQLite's primary result code; peewee wraps the error that carries it, once or twice."""
    while error is not None and not hasattr(error, "sqlite_errorcode"):
        error = error.__cause__ or error.__context__
    return None if error is None else error.sqlite_errorcode & 0xFF
