"""The queue of writers: locks in a file beside the ledger.

SQLite gives its lock to whoever asks at the right moment, so that one of many writers may starve.
Here each process lets its threads write in the order in which they came, and of processes that wait
one is next, which none that comes later overtakes. The ledger does not rest on these locks: who
writes without them waits for SQLite's own.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_IMODE
from threading import Lock, get_ident
from time import monotonic, sleep

from api.fair_lock import FairLock
from api.ledger.engines.interface import WriteTimeout
from api.ledger.engines.private_files import OWNER_ONLY

# The bytes of the file that are locked: who is next to write, who writes.
_NEXT, _WRITES = range(2)
# The same for all: a back-off would let those who came later overtake.
_PAUSE_SECONDS = 0.001


def lock_file(ledger: Path) -> Path:
    """Where the locks of a ledger are; nothing is ever written to it."""
    return ledger.with_name(f"{ledger.name}.lock")


class WriteQueue:
    """The line before one ledger.

    Args:
        ledger: the ledger's file.
    """

    def __init__(self, ledger: Path) -> None:
        # The threads of this process, in the order in which they came.
        self._threads = FairLock()
        self._locks = _Locks(lock_file(ledger))
        self._writes: int | None = None

    @contextmanager
    def write_lock(self, deadline: float) -> Iterator[None]:
        """What is inside runs while no other writer's does; it may take its turn in it again.

        Args:
            deadline: until when it waits, by the monotonic clock.

        Raises:
            WriteTimeout: the turn did not come in time.
        """
        if self._writes == get_ident():
            yield
            return
        if not self._threads.acquire(deadline):
            raise WriteTimeout
        try:
            self._locks.take(_NEXT, deadline)
            try:
                self._locks.take(_WRITES, deadline)
            finally:
                self._locks.let_go(_NEXT)
            self._writes = get_ident()
            try:
                yield
            finally:
                self._writes = None
                self._locks.let_go(_WRITES)
        finally:
            self._threads.release()

    def close(self) -> None:
        """Let go of the file."""
        self._locks.close()


class _Locks:
    """Locks on single bytes of a file, which the system lets go of when the process ends."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._opened: int | None = None
        self._closing = Lock()

    @property
    def _mode(self) -> int:
        """The rights of the ledger: whoever may write there may stand in line."""
        ledger = self._file.with_suffix("")
        return S_IMODE(ledger.stat().st_mode) if ledger.exists() else OWNER_ONLY

    def take(self, byte: int, deadline: float) -> None:
        """Take one as soon as it is free.

        Raises:
            WriteTimeout: it was not free in time.
        """
        while not self._is_ours(byte):
            if monotonic() > deadline:
                raise WriteTimeout
            sleep(_PAUSE_SECONDS)

    def _is_ours(self, byte: int) -> bool:
        try:
            if self._opened is None:
                flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
                self._opened = os.open(self._file, flags, self._mode)
            fcntl.lockf(self._opened, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, byte)
        except BlockingIOError:
            return False
        except OSError:
            # No file can be made or locked here (a disk that is full or read only, a file system
            # without locks): then writers wait for SQLite's own, and its refusal tells the cause.
            return True
        return True

    def let_go(self, byte: int) -> None:
        if self._opened is not None:
            with suppress(OSError):
                fcntl.lockf(self._opened, fcntl.LOCK_UN, 1, byte)

    def close(self) -> None:
        # Two threads that end at once must not both close it: its number may be another file's.
        with self._closing:
            if self._opened is not None:
                os.close(self._opened)
                self._opened = None
