"""Two bounded queues in front of the application: of requests that read, and of those that write.

There is one write lock: who waits for it in a thread must not keep others from reading. So each of
the two kinds has a queue of its own, and those that write leave a slot to those that read. What
finds no room, or waits too long, is answered with 503 before anything was done for it; probes wait
in no queue.
"""

from collections import deque
from collections.abc import Callable, Iterable
from threading import Event, Lock
from time import monotonic
from typing import Any

from flask import Flask, Response
from werkzeug.wsgi import ClosingIterator

from api.web.http.problem_types import OVERLOADED
from api.web.http.problems import respond
from api.web.middleware.hosts import PROBES
from api.web.middleware.metrics import QUEUED, REFUSED

Environ = dict[str, Any]
Wsgi = Callable[[Environ, Any], Iterable[bytes]]

_UNQUEUED = frozenset((*PROBES, "/metrics"))
_READS = frozenset(("GET", "HEAD", "OPTIONS"))


class QueueFull(Exception):
    """More requests wait than may."""


class QueueTimeout(Exception):
    """A request waited for longer than it may."""


class _Waiter(Event):
    """What a request waits for: it is set when the request has its slot."""

    def __init__(self) -> None:
        super().__init__()
        self.since = monotonic()


class RequestQueue:
    """Slots for requests that are worked on at once, and a queue for each kind that waits for one.

    Args:
        slots: how many requests are worked on at once; of those that write one fewer, so that who
            reads finds one that waits for no lock.
        longest: how many of each kind wait at the most; None for any number.
        timeout: seconds that one waits; None for any time.
    """

    def __init__(self, slots: int, longest: int | None, timeout: float | None) -> None:
        self._free, self._free_to_write = slots, max(1, slots - 1)
        self._longest, self._timeout = longest, timeout
        self._reads: deque[_Waiter] = deque()
        self._writes: deque[_Waiter] = deque()
        self._lock = Lock()

    def enter(self, writes: bool) -> None:
        """Take a slot, after those of its kind who came before.

        Raises:
            QueueFull: too many wait.
            QueueTimeout: none was free in time.
        """
        waiting, waiter = self._writes if writes else self._reads, _Waiter()
        with self._lock:
            full = self._longest is not None and len(waiting) >= self._longest
            waiting.append(waiter)
            self._hand_out()
            if full and not waiter.is_set():
                waiting.remove(waiter)
                raise QueueFull
        if waiter.is_set():
            return
        is_mine = waiter.wait(self._timeout)
        QUEUED.observe(monotonic() - waiter.since)
        if not is_mine:
            with self._lock:
                # The slot may have been handed over in the moment in which the wait ended.
                if not waiter.is_set():
                    waiting.remove(waiter)
                    raise QueueTimeout

    def leave(self, wrote: bool) -> None:
        """Give the slot to the first who waits and may have it."""
        with self._lock:
            self._free += 1
            self._free_to_write += wrote
            self._hand_out()

    def _hand_out(self) -> None:
        while self._free:
            may_begin = [self._reads] if self._reads else []
            if self._writes and self._free_to_write:
                may_begin.append(self._writes)
            if not may_begin:
                return
            first = min(may_begin, key=lambda waiting: waiting[0].since)
            self._free -= 1
            self._free_to_write -= first is self._writes
            first.popleft().set()


class RequestQueues:
    """An application that works on a bounded number of requests, and lets a bounded number wait.

    Args:
        application: the one that is asked.
        threads: how many requests are worked on at once.
        longest: how many of each kind wait at the most; 0 for any number.
        timeout: milliseconds that one waits; 0 for any time.
        refusal: the answer to those that find no room; see ``overloaded``.
        release: called in the request's thread after each answer, before another has its slot.
    """

    def __init__(
        self,
        application: Wsgi,
        *,
        threads: int,
        longest: int,
        timeout: int,
        refusal: Response,
        release: Callable[[], None],
    ) -> None:
        self._application, self._refusal, self._release = application, refusal, release
        self._queue = RequestQueue(threads, longest or None, timeout / 1000 or None)

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        """Answer a request in its turn, or refuse it."""
        if environ["PATH_INFO"] in _UNQUEUED:
            return self._answered(environ, start_response, self._release)
        writes = environ["REQUEST_METHOD"] not in _READS
        try:
            self._queue.enter(writes)
        except (QueueFull, QueueTimeout) as refused:
            REFUSED.labels("full" if isinstance(refused, QueueFull) else "late").inc()
            return self._refusal(environ, start_response)

        def leave() -> None:
            try:
                self._release()
            finally:
                self._queue.leave(writes)

        return self._answered(environ, start_response, leave)

    def _answered(
        self, environ: Environ, start_response: Any, leave: Callable[[], None]
    ) -> Iterable[bytes]:
        try:
            return ClosingIterator(self._application(environ, start_response), [leave])
        except BaseException:
            leave()
            raise


def overloaded(app: Flask) -> Response:
    """The answer to requests that there is no room for: put together before there are any.

    Args:
        app: whose headers it carries, as every answer does.
    """
    with app.test_request_context("/"):
        return app.process_response(
            respond(
                OVERLOADED,
                "The request queue is full, or the wait in it was too long; nothing was done.",
                {},
            )
        )
