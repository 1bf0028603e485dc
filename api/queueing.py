"""The threads of a worker, and the requests that wait for one."""

from collections import deque
from collections.abc import Callable
from threading import Condition, Thread
from time import monotonic

from api.connection import Connection


class Threads:
    """Threads that handle requests in the order in which these came.

    There is one write lock: who waits for it in a thread keeps others from it. So requests that may
    write have fewer threads at a time than there are, and who reads finds one that waits for
    nobody. Each of the two kinds has a line of its own.

    Args:
        handle: what is done with each connection.
        number: how many threads.
        most_writing: how many of them requests that may write have at a time.
        most_waiting: how many requests of each kind wait for one.
    """

    def __init__(
        self,
        handle: Callable[[Connection], None],
        number: int,
        most_writing: int,
        most_waiting: float,
    ) -> None:
        self._handle = handle
        self._number, self._most_writing, self._most_waiting = number, most_writing, most_waiting
        self._reads: deque[Connection] = deque()
        self._writes: deque[Connection] = deque()
        self._reading = self._writing = 0
        self._is_open = True
        # Held again by a signal that comes while it is held.
        self._changed = Condition()
        for _ in range(number):
            # Who stops does so without what was not answered in time.
            Thread(target=self._run, daemon=True).start()

    def take(self, connection: Connection) -> bool:
        """Handle a request as soon as a thread is free; False where too many wait for that."""
        with self._changed:
            waiting, at_once, begun = self._reads, self._number, self._reading + self._writing
            if connection.writes:
                waiting, at_once, begun = self._writes, self._most_writing, self._writing
            if begun + len(waiting) >= at_once + self._most_waiting:
                return False
            connection.waits_since = monotonic()
            waiting.append(connection)
            self._changed.notify()
        return True

    def late(self, since: float) -> list[Connection]:
        """Requests that wait since before a moment, and do so no longer."""
        found = []
        with self._changed:
            for waiting in (self._reads, self._writes):
                while waiting and waiting[0].waits_since < since:
                    found.append(waiting.popleft())
        return found

    def shutdown(self, wait: bool = False) -> None:
        """Begin with nothing any more; nobody waits for what has begun."""
        with self._changed:
            self._is_open = False
            self._changed.notify_all()

    def _run(self) -> None:
        while connection := self._next():
            writes = connection.writes
            try:
                self._handle(connection)
            finally:
                self._end(writes)

    def _next(self) -> Connection | None:
        with self._changed:
            while self._is_open:
                if line := self._first():
                    connection = line.popleft()
                    self._count(connection.writes, 1)
                    return connection
                self._changed.wait()
        return None

    def _first(self) -> "deque[Connection] | None":
        """The line whose first may begin, and came first."""
        may_write = self._writes and self._writing < self._most_writing
        if not may_write:
            return self._reads or None
        if not self._reads or self._writes[0].waits_since < self._reads[0].waits_since:
            return self._writes
        return self._reads

    def _end(self, wrote: bool) -> None:
        with self._changed:
            self._count(wrote, -1)

    def _count(self, writes: bool, change: int) -> None:
        if writes:
            self._writing += change
        else:
            self._reading += change
