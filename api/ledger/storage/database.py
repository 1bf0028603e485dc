"""The connection to the ledger: how it is opened, written to and read from."""

import atexit
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from math import inf
from time import monotonic
from typing import Any

from peewee import DatabaseProxy, PeeweeException

from api.deadline import deadline, postpone_deadline, within
from api.ledger.engines.interface import Engine, LedgerBusy, LedgerUnusable, WriteTimeout
from api.ledger.engines.opening import open_engine

__all__ = [
    "LedgerBusy",
    "LedgerUnusable",
    "Transaction",
    "connect",
    "copy_read",
    "database",
    "disconnect",
    "engine",
    "is_busy",
    "is_too_slow",
    "on_wait",
    "read_from",
    "release",
    "savepoint",
    "snapshot",
    "transaction",
    "working_in",
    "writing",
]

_read_from: ContextVar[Engine | None] = ContextVar("read_from", default=None)
_dry_run_in: ContextVar[Any] = ContextVar("dry_run_in", default=None)


class _Chosen(DatabaseProxy):
    """The ledger; for a context that reads from a copy of it, or works in one, that copy."""

    _ledger: Any

    @property
    def obj(self) -> Any:
        chosen = _dry_run_in.get() or _read_from.get()
        return self._ledger if chosen is None else chosen

    @obj.setter
    def obj(self, ledger: Any) -> None:
        self._ledger = ledger

    def __setattr__(self, attr: str, value: Any) -> None:
        # The proxy's own takes no other attributes.
        object.__setattr__(self, attr, value)


database = _Chosen()

# Told for how many seconds each write waited for the writers before it.
on_wait: list[Callable[[float], object]] = []


@dataclass(slots=True)
class Transaction:
    """What is committed together.

    ``moment`` is when, from its first change on; ``tail`` is what ``chain`` knows of the end of the
    history, so that it is read once.
    """

    moment: str | None = None
    tail: Any = None


_transaction: ContextVar[Transaction | None] = ContextVar("transaction", default=None)


def connect(url: str, busy_timeout: int, connections: int = 0) -> None:
    """Choose the ledger that this process works on; a thread takes a connection when it asks.

    Args:
        url: see ``open_engine``.
        busy_timeout: milliseconds that a write waits for its turn.
        connections: how many a server is asked for at the most; 0 for as many as are wanted.

    Raises:
        LedgerUnusable: the address is not that of a ledger, or its folder is missing.
    """
    opened = open_engine(url, busy_timeout, connections)
    # The last connection to a file that is closed leaves nothing beside it.
    atexit.unregister(_close_all)
    atexit.register(_close_all)
    read_from(None)
    if database.obj is not None:
        engine().close_idle()
        engine().close_files()
    database.initialize(opened)


def _close_all() -> None:
    disconnect()
    engine().close_all()


def engine() -> Engine:
    """What the ledger is in."""
    chosen: Engine = database.obj
    return chosen


def read_from(copy: Engine | None) -> None:
    """From now on, this context reads from a copy of the ledger; None for the ledger itself."""
    before: Any = _read_from.get()
    if before is not None and before is not copy and not before.is_closed():
        before.close()
    _read_from.set(copy)


def copy_read() -> Engine | None:
    """The copy of the ledger that this context reads from."""
    return _read_from.get()


def release() -> None:
    """Give this thread's connections back, for the threads to come."""
    read_from(None)
    if not database.is_closed():
        database.close()


def disconnect() -> None:
    """Close this thread's connection, and those that no thread has."""
    release()
    engine().close_idle()


@contextmanager
def writing() -> Iterator[None]:
    """Everything inside is committed together or not at all; one writer at a time.

    Writers come in turn. Inside another ``writing`` block it joins that one's transaction. Where
    there is a deadline, waiting for the turn is not counted; but then no writer keeps the others
    waiting for longer than half of the time after which they go away.

    Raises:
        LedgerBusy: the turn did not come in time, or another program kept the ledger locked.
        DeadlineExceeded: what is inside took too long.
    """
    # Copies take no writes; and who wrote reads what it wrote.
    read_from(None)
    if database.in_transaction():
        yield
        return
    began = monotonic()
    has_begun = False
    try:
        with engine().write_lock(began + engine().write_timeout):
            has_begun = True
            _tell_wait(began)
            _transaction.set(Transaction())
            postpone_deadline(monotonic() - began)
            with _held_for(engine().write_timeout / 2):
                yield
    except (PeeweeException, WriteTimeout) as error:
        if not isinstance(error, WriteTimeout) and not is_busy(error):
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
def savepoint() -> Iterator[None]:
    """Everything inside is done or undone as a whole, within the transaction of ``writing``."""
    known = transaction().tail
    try:
        with database.atomic():
            yield
    except BaseException:
        transaction().tail = known
        raise


@contextmanager
def _held_for(seconds: float) -> Iterator[None]:
    if deadline().until == inf:
        yield
    else:
        with within(seconds):
            yield


def _tell_wait(began: float) -> None:
    for told in on_wait:
        told(monotonic() - began)


@contextmanager
def working_in(copy: Any, tail: Any) -> Iterator[None]:
    """Everything inside reads and writes a copy, as in ``writing``; the ledger is left alone.

    Args:
        copy: the database that the copy is in.
        tail: what its history goes on from; see ``Transaction``.
    """
    token = _dry_run_in.set(copy)
    written = _transaction.set(Transaction(tail=tail))
    try:
        with database.atomic():
            yield
    finally:
        _transaction.reset(written)
        _dry_run_in.reset(token)


@contextmanager
def snapshot() -> Iterator[None]:
    """All reads inside see the ledger as it was at the first of them."""
    if database.in_transaction():
        yield
        return
    with engine().snapshot():
        yield


def is_busy(error: BaseException) -> bool:
    """Whether the database refused because others stood in the way."""
    return engine().is_busy(error)


def is_too_slow(error: BaseException) -> bool:
    """Whether the database broke off what took longer than it may."""
    return engine().is_too_slow(error)
