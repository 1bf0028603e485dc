"""A ledger in a file of SQLite's."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from errno import ENOSPC
from pathlib import Path
from tempfile import TemporaryFile
from time import monotonic
from typing import Any, ClassVar

from peewee import PeeweeException, SqliteDatabase
from playhouse.pool import PooledSqliteDatabase

from api.deadline import deadline
from api.ledger.engines import sqlite_wal
from api.ledger.engines.interface import LedgerBusy, LedgerUnusable, Place, WriteTimeout
from api.ledger.engines.private_files import close_to_others, make_private
from api.ledger.engines.sqlite_checks import SqliteChecks
from api.ledger.engines.sqlite_queries import SqliteQueries
from api.ledger.engines.sqlite_search import SqliteSearch
from api.ledger.engines.sqlite_tables import SqliteTables
from api.ledger.engines.write_queue import WriteQueue

PREFIX = "sqlite:///"
# What is kept beside a ledger.
_BESIDE = ("-wal", "-shm", "-journal", ".lock", ".key")
_SIZES = ("page_count", "page_size")
_SAID = {
    sqlite3.SQLITE_FULL: "The disk is full.",
    sqlite3.SQLITE_READONLY: "The ledger's file cannot be written to.",
    sqlite3.SQLITE_IOERR: "The disk fails, or files beside the ledger were taken away.",
    sqlite3.SQLITE_CORRUPT: "The ledger's file is damaged.",
    sqlite3.SQLITE_NOTADB: "The ledger's file is damaged.",
    sqlite3.SQLITE_CANTOPEN: "The ledger's file cannot be opened.",
    sqlite3.SQLITE_PERM: "The ledger's file cannot be opened.",
}
# How SQLite tells of a filesystem that is read only: a file beside the ledger cannot be made.
_UNWRITABLE = (
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_IOERR,
)
_READ_ONLY = "The ledger is on a read-only filesystem: mount it so that it can be written to."
# More than a write takes, its analysis and indexes included.
_ROOM_BYTES = 1 << 20
# Pages of the index merged at once: other writers wait no longer than for these.
_SWEPT_PAGES = 500
# Steps of SQLite's machine between two looks at the clock: a fraction of a millisecond.
_STEPS = 20_000


class LogLost(LedgerUnusable):
    """The log beside the ledger was taken away, and with it what was committed last."""


class _Connection(sqlite3.Connection):
    """A connection to the file.

    ``log`` tells which write-ahead log it has open, ``writes`` whether it is in a transaction that
    writes: SQLite would undo all of that if it were broken off.
    """

    log: int | None = None
    writes = False

    def is_late(self) -> bool:
        """Whether to break off what is run."""
        return not self.writes and monotonic() > deadline().until


class _File(SqliteDatabase):
    """A file that is opened on the log that is there."""

    def __init__(self, file: Path, **options: Any) -> None:
        self.file = file
        super().__init__(str(file), **options)

    def _connect(self) -> Any:
        if sqlite_wal.is_lost(self.file):
            raise LogLost(
                f"{sqlite_wal.log_file(self.file)} was taken away, and with it what was committed "
                "last: put it back, restore a backup, or take the file that ends in -shm away as "
                "well, to go on with what is left."
            )
        make_private(self.file)
        connection = super()._connect()  # type: ignore[misc] # the stubs lack it
        # The log is opened as soon as something is read, and made where there is none.
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
        connection.log = sqlite_wal.identity(self.file)
        connection.set_progress_handler(connection.is_late, _STEPS)
        return connection


class SqliteLedger(  # type: ignore[misc]
    SqliteChecks, SqliteQueries, SqliteSearch, SqliteTables, PooledSqliteDatabase, _File
):
    """A file whose writers stand in line, each for as many seconds at the most.

    Connections are kept for the threads to come, and are as many as there are threads at once.
    """

    name: ClassVar[str] = "sqlite"
    title: ClassVar[str] = "SQLite"
    replicates: ClassVar[bool] = False
    failures: ClassVar[tuple[type[Exception], ...]] = (PeeweeException, sqlite3.Error)

    def __init__(self, file: Path, busy_timeout: int) -> None:
        pragmas = {
            "journal_mode": "wal",
            "foreign_keys": 1,
            # An acknowledged write is on disk even when the power fails a moment later;
            # WAL's default (NORMAL) may lose the last commits then.
            "synchronous": "full",
            "busy_timeout": busy_timeout,
            # What was taken out is overwritten: nothing of it is left in free pages.
            "secure_delete": 1,
            "cache_size": -32_000,
        }
        self.write_timeout = busy_timeout / 1000
        super().__init__(
            file,
            max_connections=None,
            pragmas=pragmas,
            factory=_Connection,
            # Of a thread at a time, but not always of the same one.
            check_same_thread=False,
        )
        self.writers = WriteQueue(file)

    def execute_sql(self, *statement: Any, **named: Any) -> Any:
        """Run a statement, on the log that is there."""
        if not self.is_closed() and not self.in_transaction():
            self._leave_lost_log()
        return super().execute_sql(*statement, **named)

    def _leave_lost_log(self) -> None:
        """Open anew where the log was taken away while this connection has it.

        The first that sees it saves what the log has; the others must not, as the index is that of
        another log by then.
        """
        if sqlite_wal.identity(self.file) == self.connection().log:
            return
        try:
            with self.writers.write_lock(monotonic() + self.write_timeout):
                if sqlite_wal.identity(self.file) is None:
                    super().execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
                self.manual_close()
                self.close_idle()
                self.connect()
        except WriteTimeout as error:
            raise LedgerBusy from error

    @contextmanager
    def write_lock(self, deadline: float) -> Iterator[None]:
        """See ``Engine``; writers come in the order in which they asked."""
        # IMMEDIATE takes the write lock before anything is read, so that no update is lost
        # between the reading and the writing.
        with self.writers.write_lock(deadline), self._locked_by(deadline), self.atomic("IMMEDIATE"):
            self.connection().writes = True
            try:
                yield
            finally:
                self.connection().writes = False

    @contextmanager
    def _locked_by(self, deadline: float) -> Iterator[None]:
        """What was waited in line is not waited again for a program that stands in none."""
        left = max(0.0, deadline - monotonic())
        self.execute_sql(f"PRAGMA busy_timeout = {round(left * 1000)}")
        try:
            yield
        finally:
            self.execute_sql(f"PRAGMA busy_timeout = {round(self.write_timeout * 1000)}")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """See ``Engine``."""
        with self.atomic("DEFERRED"):
            yield

    def is_busy(self, error: BaseException) -> bool:
        """See ``Engine``."""
        return is_locked(error)

    def is_too_slow(self, error: BaseException) -> bool:
        """See ``Engine``."""
        return _code(error) == sqlite3.SQLITE_INTERRUPT

    def is_foreign(self, error: BaseException) -> bool:
        """See ``Engine``."""
        return _code(error) == sqlite3.SQLITE_NOTADB

    def fault(self, error: BaseException) -> str | None:
        """See ``Engine``."""
        # SQLite undoes some transactions by itself: that it cannot be asked to is told last then.
        at: BaseException | None = error
        while at is not None:
            code = getattr(at, "sqlite_errorcode", 0) & 0xFF
            if code in _UNWRITABLE and self._is_read_only():
                return _READ_ONLY
            if said := _SAID.get(code):
                return said
            at = at.__cause__ or at.__context__
        return None

    def refuse_unfit(self) -> None:
        """See ``Engine``: what SQLite opens can carry one."""

    def unwritable(self) -> str | None:
        """See ``Engine``."""
        if self._is_read_only():
            return _READ_ONLY
        if not os.access(self.file, os.W_OK):
            return _SAID[sqlite3.SQLITE_READONLY]
        try:
            # Not the ledger itself: to close it would give up the locks of this process on it.
            with TemporaryFile(dir=self.file.parent) as room:
                room.write(bytes(_ROOM_BYTES))
        except OSError as error:
            if error.errno == ENOSPC:
                return _SAID[sqlite3.SQLITE_FULL]
            return f"Nothing can be written beside the ledger's file: {error.strerror}."
        return None

    def _is_read_only(self) -> bool:
        """Whether the filesystem that the file is on is mounted so."""
        try:
            return bool(os.statvfs(self.file.parent).f_flag & os.ST_RDONLY)
        except OSError:
            return False

    def place(self) -> Place:
        """See ``Engine``."""
        raise NotImplementedError

    def size(self) -> int:
        """See ``Engine``."""
        pages, page = (self.execute_sql(f"PRAGMA {name}").fetchone() for name in _SIZES)
        return int(pages[0]) * int(page[0])

    def sweep(self, seconds: float) -> bool:
        """Merge the full-text index, which forgets deleted words then, and empty the log of writes.

        Readers hold on to the log: it is emptied when the last of those is gone who began before.
        """
        self._merge(-_SWEPT_PAGES)
        while self._merge(_SWEPT_PAGES):
            pass
        with self._locked_by(monotonic() + seconds):
            is_busy, _, _ = self.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not is_busy

    def _merge(self, pages: int) -> bool:
        """Merge a part of the index; whether there was any. A negative number begins a whole."""
        with self.write_lock(monotonic() + self.write_timeout):
            before = self._changes()
            self.execute_sql(
                "INSERT INTO statement_search (statement_search, rank) VALUES ('merge', ?)", [pages]
            )
            # By SQLite's documentation: fewer than two changed rows say that nothing was left.
            return self._changes() - before >= 2

    def _changes(self) -> int:
        count: int = self.execute_sql("SELECT total_changes()").fetchone()[0]
        return count

    def close_files(self) -> None:
        """See ``Engine``."""
        self.writers.close()


def open_sqlite(url: str, busy_timeout: int) -> SqliteLedger:
    """The ledger at an address.

    Raises:
        LedgerUnusable: it is not the address of a file, or the file's folder is missing.
    """
    path = Path(url.removeprefix(PREFIX))
    if not path.name or path.name == ":memory:":
        raise LedgerUnusable(f"{url!r} is no address of a ledger: sqlite:///path/to/file.db is.")
    if not path.parent.is_dir():
        raise LedgerUnusable(f"The folder of {path} does not exist: make it first.")
    close_to_others(path, *(path.with_name(path.name + ending) for ending in _BESIDE))
    return SqliteLedger(path, busy_timeout)


def is_locked(error: BaseException) -> bool:
    """Whether SQLite refused because another connection holds the lock."""
    return _code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _code(error: BaseException | None) -> int | None:
    """SQLite's primary result code; peewee wraps the error that carries it, once or twice."""
    while error is not None and not hasattr(error, "sqlite_errorcode"):
        error = error.__cause__ or error.__context__
    return None if error is None else error.sqlite_errorcode & 0xFF
