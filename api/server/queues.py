"""The threads of a worker, and the requests that wait for one."""

from collections import deque
from collections.abc import Callable
from queue import SimpleQueue
from threading import Lock, Thread
from time import monotonic

from api.server.connection import Connection


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
        self._changing = Lock()
        # Each calls a thread that has nothing to do: one for each request that may begin.
        self._calls: SimpleQueue[None] = SimpleQueue()
        for _ in range(number):
            # Who stops does so without what was not answered in time.
            Thread(target=self._run, daemon=True).start()

    def take(self, connection: Connection) -> bool:
        """Handle a request as soon as a thread is free; False where too many wait for that."""
        with self._changing:
            waiting, at_once, begun = self._reads, self._number, self._reading + self._writing
            if connection.writes:
                waiting, at_once, begun = self._writes, self._most_writing, self._writing
            if begun + len(waiting) >= at_once + self._most_waiting:
                return False
            connection.waits_since = monotonic()
            waiting.append(connection)
        self._calls.put(None)
        return True

    def late(self, since: float) -> list[Connection]:
        """Requests that wait since before a moment, and do so no longer."""
        found = []
        with self._changing:
            for waiting in (self._reads, self._writes):
                while waiting and waiting[0].waits_since < since:
                    found.append(waiting.popleft())
        return found

    def shutdown(self, wait: bool = False) -> None:
        """Begin with nothing any more; nobody waits for what has begun."""
        self._is_open = False
        for _ in range(self._number):
            self._calls.put(None)

    def _run(self) -> None:
        while self._is_open:
            self._calls.get()
            connection = self._next()
            if connection is None:
                continue
            writes = connection.writes
            try:
                self._handle(connection)
            finally:
                self._end(writes)

    def _next(self) -> Connection | None:
        """The first that may begin; None where those who wait write, and enough do."""
        with self._changing:
            reads, writes = self._reads, self._writes
            may_write = writes and self._writing < self._most_writing
            if may_write and not (reads and reads[0].waits_since <= writes[0].waits_since):
                self._writing += 1
                return writes.popleft()
            if reads:
                self._reading += 1
                return reads.popleft()
            return None

    def _end(self, wrote: bool) -> None:
        with self._changing:
            if not wrote:
                self._reading -= 1
                return
            self._writing -= 1
            may_begin = bool(self._writes)
        if may_begin:
            self._calls.put(None)
