"""Two bounded queues in front of the application: of requests that read, and of those that write.

There is one write lock: who waits for it in a thread must not keep others from reading. So each of
the two kinds has a queue and slots of its own. What finds no room, or waits too long, is answered
with 503 before anything was done for it; probes wait in no queue.
"""

from collections import deque
from collections.abc import Callable, Iterable
from threading import Event, Lock
from time import monotonic
from typing import Any

from flask import Flask, Response
from werkzeug.wsgi import ClosingIterator

from api.web.http.problems import OVERLOADED, respond
from api.web.middleware.metrics import QUEUED, REFUSED

Environ = dict[str, Any]
Wsgi = Callable[[Environ, Any], Iterable[bytes]]

_PROBES = frozenset(("/healthz", "/readyz", "/metrics"))
_READS = frozenset(("GET", "HEAD", "OPTIONS"))
# A request that waits no longer than this did not wait: to count each would cost it a hundredth.
_SOON_SECONDS = 0.001


class QueueFull(Exception):
    """More requests wait than may."""


class QueueTimeout(Exception):
    """A request waited for longer than it may."""


class RequestQueue:
    """Slots for requests that are worked on at once, and a queue of those that wait for one.

    Args:
        slots: how many requests are worked on at once.
        longest: how many wait at the most; None for any number.
        timeout: seconds that one waits; None for any time.
    """

    def __init__(self, slots: int, longest: int | None, timeout: float | None) -> None:
        self._free, self._longest, self._timeout = slots, longest, timeout
        self._waiting: deque[Event] = deque()
        self._lock = Lock()

    def enter(self) -> None:
        """Take a slot, after those who came before.

        Raises:
            QueueFull: too many wait.
            QueueTimeout: none was free in time.
        """
        with self._lock:
            if self._free:
                self._free -= 1
                return
            if self._longest is not None and len(self._waiting) >= self._longest:
                raise QueueFull
            turn = Event()
            self._waiting.append(turn)
        began = monotonic()
        is_mine = turn.wait(self._timeout)
        QUEUED.observe(monotonic() - began)
        if not is_mine:
            with self._lock:
                # The slot may have been handed over in the moment in which the wait ended.
                if not turn.is_set():
                    self._waiting.remove(turn)
                    raise QueueTimeout

    def leave(self) -> None:
        """Give the slot to the first who waits."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1


class RequestQueues:
    """An application that works on a bounded number of requests, and lets a bounded number wait.

    Args:
        application: the one that is asked.
        threads: how many requests that read are worked on at once; one fewer of those that write.
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
        bounds = (longest or None, timeout / 1000 or None)
        self._application, self._refusal, self._release = application, refusal, release
        self._reads = RequestQueue(threads, *bounds)
        self._writes = RequestQueue(max(1, threads - 1), *bounds)

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        """Answer a request in its turn, or refuse it."""
        if environ["PATH_INFO"] in _PROBES:
            return self._answered(environ, start_response, self._release)
        queue = self._reads if environ["REQUEST_METHOD"] in _READS else self._writes
        try:
            queue.enter()
        except (QueueFull, QueueTimeout) as refused:
            REFUSED.labels("full" if isinstance(refused, QueueFull) else "late").inc()
            return self._refusal(environ, start_response)

        def leave() -> None:
            try:
                self._release()
            finally:
                queue.leave()

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
            respond(OVERLOADED, "More requests came than wait here; nothing was done.", {})
        )
