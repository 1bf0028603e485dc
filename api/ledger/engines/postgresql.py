"""A ledger in a database of a PostgreSQL server."""

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from math import inf
from time import monotonic
from typing import Any, ClassVar

import psycopg
from peewee import PeeweeException
from playhouse.pool import MaxConnectionsExceeded, PooledPostgresqlDatabase

from api.deadline import deadline
from api.ledger.engines.interface import LedgerBusy, LedgerUnusable, Place, WriteTimeout
from api.ledger.engines.postgresql_checks import PostgresqlChecks
from api.ledger.engines.postgresql_faults import (
    READ_ONLY,
    is_broken_off,
    is_in_the_way,
    is_lock_timeout,
    said,
)
from api.ledger.engines.postgresql_queries import PostgresqlQueries
from api.ledger.engines.postgresql_tables import PostgresqlTables

# The builtin collations, by which letters are told from marks the same on every machine.
_LEAST_VERSION = 170_000
# What the address may set otherwise. A server that is gone without a word is given up after half a
# minute: what waits for it would wait for hours.
_CONNECTING: dict[str, str | int] = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
    "application_name": "counterclaim",
}
# A server may be set to acknowledge what is not on disk yet; the ledger acknowledges nothing so.
_DURABLE = """
    SELECT set_config('synchronous_commit', 'on', false)
    WHERE current_setting('synchronous_commit') = 'off'
"""
# The one lock that whoever writes holds until the end of its transaction: "counterc", as a number.
WRITERS = int.from_bytes(b"counterc", "big")
_BEGIN = "BEGIN; SET LOCAL statement_timeout = {limit}"
_WRITE_LOCK = (
    "BEGIN; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = {timeout}; "
    "SELECT pg_advisory_xact_lock({lock})"
)
_SNAPSHOT = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = {limit}"
# Spilled to a file, as a megabyte does not fit in so little memory: a full disk refuses it.
_ROOM = """
    WITH room AS MATERIALIZED (SELECT repeat('x', 1000) FROM generate_series(1, 1000))
    SELECT count(*) FROM room
"""
# What was committed is on disk, so that it lies before the end of what is.
_PLACE = """
    SELECT
        pg_wal_lsn_diff(
            CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
            ELSE pg_current_wal_flush_lsn() END,
            '0/0'
        )::bigint,
        pg_is_in_recovery(),
        pg_postmaster_start_time()::text,
        (SELECT cursor_seed FROM ledger)
"""
_MOST_SQL = 1000

# The models wrap bytes for psycopg; a part of the ledger that is copied into memory is in SQLite.
sqlite3.register_adapter(psycopg.Binary, lambda wrapped: bytes(wrapped.obj))


class _Cursor(psycopg.Cursor[Any]):
    """Runs SQL in which each value is a ``?`` or, as peewee writes it, ``%s``.

    Without values it is sent as it is: a percent sign stands for itself then, and there may be
    several statements.
    """

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        """Run one query."""
        if not params:
            return super().execute(query, **options)
        try:
            return super().execute(_marked(query), params, **options)
        except psycopg.DataError:
            # No text here has a NUL, so what asks for one finds nothing; nothing was sent yet.
            if not query.startswith("SELECT") or not any(map(_has_nul, params)):
                raise
            return super().execute(_marked(query), [_without_nul(each) for each in params])

    def executemany(self, query: Any, params_seq: Any, **options: Any) -> None:
        """Run one query for each row of values."""
        super().executemany(_marked(query), params_seq, **options)


class PostgresqlLedger(  # type: ignore[misc]
    PostgresqlChecks, PostgresqlQueries, PostgresqlTables, PooledPostgresqlDatabase
):
    """A database whose writers stand in line, each for as many seconds at the most.

    Connections are kept for the threads to come, and are as many as there are threads at once. One
    that the server has closed is opened anew where nothing was begun on it yet.
    """

    name: ClassVar[str] = "postgresql"
    title: ClassVar[str] = "PostgreSQL"
    replicates: ClassVar[bool] = True
    failures: ClassVar[tuple[type[Exception], ...]] = (PeeweeException, psycopg.Error)

    def __init__(
        self, url: str, busy_timeout: int, connections: int, options: Mapping[str, Any]
    ) -> None:
        self.write_timeout = busy_timeout / 1000
        super().__init__(
            url,
            max_connections=connections or None,
            timeout=max(1, busy_timeout // 1000),
            prefer_psycopg3=True,
            cursor_factory=_Cursor,
            **options,
        )

    def connect(self, reuse_if_open: bool = False) -> bool:
        """Take a connection for this thread, or wait for one.

        Raises:
            LedgerBusy: all were in use for too long.
        """
        try:
            return bool(super().connect(reuse_if_open))
        except MaxConnectionsExceeded as error:
            raise LedgerBusy from error
        except PeeweeException:
            # Lost before it was prepared, it must not be taken for one that is.
            self.manual_close()
            raise

    def _initialize_connection(self, conn: Any) -> None:
        if not hasattr(conn, "limit"):
            conn.execute(f"{_DURABLE}; SET statement_timeout = 0")
            conn.limit = 0

    def execute_sql(self, sql: str, params: Sequence[Any] | None = None) -> Any:
        """Run SQL; on a new connection where this thread's was lost since it was last used."""
        if self.in_transaction():
            return super().execute_sql(sql, params)
        try:
            self._limit_reading()
            return super().execute_sql(sql, params)
        except PeeweeException:
            if not self._is_lost():
                raise
            # Whatever is read outside of a transaction can be asked again.
            self.close()
            self._limit_reading()
            return super().execute_sql(sql, params)

    def _limit_reading(self) -> None:
        """Let the server break off what this context reads outside of a transaction.

        Most threads read under one limit all the time, so it is told when it changes only.
        """
        connection, limit = self.connection(), _milliseconds(deadline().seconds)
        if connection.limit != limit:
            super().execute_sql(f"SET statement_timeout = {limit}")
            connection.limit = limit

    def begin(self, start: str | None = None) -> None:
        """Begin a transaction; a connection that was lost meanwhile is opened anew."""
        try:
            super().execute_sql(start or _BEGIN.format(limit=0))
        except PeeweeException:
            if not self._is_lost():
                with suppress(PeeweeException):
                    self.rollback()
                raise
            self.close()
            super().execute_sql(start or _BEGIN.format(limit=0))

    def _is_lost(self) -> bool:
        return not self.is_closed() and bool(self.connection().closed)

    @contextmanager
    def write_lock(self, deadline: float) -> Iterator[None]:
        """See ``Engine``; the server lets writers in in the order in which they asked."""
        left = max(1, round((deadline - monotonic()) * 1000))
        begun = self.atomic(_WRITE_LOCK.format(timeout=left, lock=WRITERS))
        try:
            begun.__enter__()
        except PeeweeException as error:
            if is_lock_timeout(error):
                raise WriteTimeout from error
            raise
        with _entered(begun):
            yield

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """See ``Engine``."""
        with self.atomic(_SNAPSHOT.format(limit=_milliseconds(deadline().left))):
            yield

    def is_busy(self, error: BaseException) -> bool:
        """See ``Engine``."""
        return is_in_the_way(error)

    def is_too_slow(self, error: BaseException) -> bool:
        """See ``Engine``."""
        return is_broken_off(error)

    def is_foreign(self, error: BaseException) -> bool:
        """See ``Engine``: whatever answers is a PostgreSQL server."""
        return False

    def fault(self, error: BaseException) -> str | None:
        """See ``Engine``."""
        return said(error)

    def unwritable(self) -> str | None:
        """See ``Engine``."""
        (reads_only,) = self.execute_sql(
            "SELECT pg_is_in_recovery() OR current_setting('default_transaction_read_only') = 'on'"
        ).fetchone()
        if reads_only:
            return READ_ONLY
        with self.atomic():
            self.execute_sql("SET LOCAL work_mem = 64")
            self.execute_sql(_ROOM).fetchone()
        return None

    def place(self) -> Place:
        """See ``Engine``."""
        position, follows, server, ledger = self.execute_sql(_PLACE).fetchone()
        return Place(int(position), follows, server, ledger)

    def close_files(self) -> None:
        """See ``Engine``: there are none."""

    def size(self) -> int:
        """See ``Engine``."""
        (size,) = self.execute_sql(
            "SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM pg_class "
            "WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"
        ).fetchone()
        return int(size)

    def refuse_unfit(self) -> None:
        """See ``Engine``: the server is too old, or has no place for every script."""
        (version,) = self.execute_sql(
            "SELECT current_setting('server_version_num')::int"
        ).fetchone()
        if version < _LEAST_VERSION:
            raise LedgerUnusable(
                f"The server is PostgreSQL {version // 10_000}: a ledger needs "
                f"{_LEAST_VERSION // 10_000} or later."
            )
        (encoding,) = self.execute_sql("SHOW server_encoding").fetchone()
        if encoding != "UTF8":
            raise LedgerUnusable(
                f"The database's encoding is {encoding}: make one with ENCODING 'UTF8'."
            )


@contextmanager
def _entered(transaction: Any) -> Iterator[None]:
    """What was begun already, ended as a context manager ends it."""
    try:
        yield
    except BaseException as error:
        transaction.__exit__(type(error), error, error.__traceback__)
        raise
    transaction.__exit__(None, None, None)


def _milliseconds(seconds: float) -> int:
    """As the server counts a limit: 0 for none."""
    return 0 if seconds == inf else max(1, round(seconds * 1000))


def _has_nul(value: Any) -> bool:
    return isinstance(value, str) and "\0" in value


def _without_nul(value: Any) -> Any:
    return value.replace("\0", "\uffff") if isinstance(value, str) else value


@lru_cache(_MOST_SQL)
def _marked(sql: str) -> str:
    return sql.replace("?", "%s")


def open_postgresql(url: str, busy_timeout: int, connections: int) -> PostgresqlLedger:
    """The ledger at an address, which may name several servers.

    Raises:
        LedgerUnusable: it is no address of a database.
    """
    try:
        given = psycopg.conninfo.conninfo_to_dict(url)
    except psycopg.ProgrammingError as error:
        reason = re.sub(r"\s+", " ", str(error)).strip()
        raise LedgerUnusable(f"The address of the PostgreSQL server is none: {reason}.") from error
    if not given.get("dbname"):
        raise LedgerUnusable(
            "The address of the PostgreSQL server names no database: "
            "postgresql://user@host:port/name does."
        )
    wanted = {name: value for name, value in _CONNECTING.items() if name not in given}
    return PostgresqlLedger(url, busy_timeout, connections, wanted)
