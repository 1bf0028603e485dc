"""A worker of gunicorn that waits for nobody for long, and lets nobody wait for long.

What it refuses by itself is a problem (RFC 9457), as what the application refuses is.
"""

from collections import deque
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from errno import EAGAIN, ECONNABORTED, EMFILE, ENFILE, EPIPE
from functools import partial
from http import HTTPStatus
from math import inf
from selectors import EVENT_READ
from socket import MSG_DONTWAIT, SHUT_RD, SO_SNDTIMEO, SOL_SOCKET
from struct import pack
from threading import local
from time import monotonic
from typing import Any, cast
from uuid import uuid4

from flask import Flask
from gunicorn.http import errors
from gunicorn.http.wsgi import create
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import ThreadWorker

from api.logger import Logger
from api.server.connection import Connection
from api.server.lingering_close import Leaving
from api.server.queues import Threads
from api.server.response import Response
from api.server.worker_answers import Refusal, problem
from api.settings import Settings
from api.web.middleware.metrics import QUEUED, REFUSED, REQUESTS

_STATUSES = {
    errors.InvalidResponseHeader: HTTPStatus.INTERNAL_SERVER_ERROR,  # type: ignore[attr-defined]
    errors.InvalidResponseHeaderName: HTTPStatus.INTERNAL_SERVER_ERROR,  # type: ignore[attr-defined]
    errors.LimitRequestLine: HTTPStatus.REQUEST_URI_TOO_LONG,
    errors.LimitRequestHeaders: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    errors.ExpectationFailed: HTTPStatus.EXPECTATION_FAILED,
    errors.UnsupportedTransferCoding: HTTPStatus.NOT_IMPLEMENTED,
    errors.ParseException: HTTPStatus.BAD_REQUEST,
}
_PROBES = frozenset((b"/healthz", b"/readyz", b"/metrics"))

# For how long a thread waits for the rest of a long head, for a body or its next piece, and how
# much longer for a long body: a caller with a slow line sends as much in a second.
_HEAD_SECONDS = 10
_BODY_SECONDS = 30
_BYTES_A_SECOND = 10_000
# For how long a caller may take nothing of what he is sent: the system waits so long with what he
# took a part of, and once more with the rest.
_SEND_SECONDS = 15
# A request that waits for a thread no longer than this did not wait.
_SOON_SECONDS = 0.001
# Between two looks at who waits.
_LOOK_SECONDS = 0.25

log = Logger(__name__)


@dataclass(slots=True)
class Reading:
    """Until when a thread waits for what its caller sends, by the monotonic clock."""

    until: float = 0

    def wait_for_head(self) -> None:
        """The rest of the head has to come now."""
        self.until = monotonic() + _HEAD_SECONDS

    def wait_for_body(self, length: int = 0) -> None:
        """The body, or its next piece, has to come now; its length is in bytes."""
        self.until = monotonic() + _BODY_SECONDS + length / _BYTES_A_SECOND


class Worker(ThreadWorker):
    """Answers as many requests at once as it has threads, lets some wait, and refuses the others.

    What is told of connections is told from the one thread that waits for them all; it waits for
    none by itself.
    """

    # What gunicorn's own are, with what ours have beside.
    keepalived_conns: deque[Connection]  # type: ignore[assignment]
    pending_conns: deque[Connection]  # type: ignore[assignment]

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._own = local()
        self._readings: dict[Connection, Reading] = {}
        self._looks_at = 0.0
        self._refused = 0

    @property
    def _settings(self) -> Settings:
        settings: Settings = self.app.settings  # type: ignore[attr-defined]
        return settings

    def get_thread_pool(self) -> Any:
        """The threads that answer; probes have one of their own, so that they are answered too."""
        threads, most = self._settings.threads, self._settings.max_queue or inf
        self._probing = Threads(self._answer, 1, 1, most)
        # One thread is left to those who read, where there is more than one.
        self._answering = Threads(self._answer, threads, max(1, threads - 1), most)
        return self._answering

    def load_wsgi(self) -> None:
        """Load the application, and put together what those are told who are refused."""
        super().load_wsgi()
        self._refusal = Refusal(cast(Flask, self.wsgi))

    def run(self) -> None:
        """Serve until told to stop."""
        self._leaving = Leaving(self.poller, self._drop)
        try:
            super().run()
        finally:
            self._tell_refused()

    def accept(self, listener: Any) -> None:
        """Take a new connection, for as long as its caller takes what he is sent."""
        try:
            client, address = listener.accept()
            client.setsockopt(SOL_SOCKET, SO_SNDTIMEO, pack("ll", _SEND_SECONDS, 0))
        except OSError as error:
            if error.errno not in (EAGAIN, ECONNABORTED, EMFILE, ENFILE):
                raise
            return
        self.nr_conns += 1
        self.enqueue_req(
            Connection(self.cfg, client, address, listener.getsockname(), leave=self._leave)
        )

    def enqueue_req(self, conn: Any) -> None:
        """Take a request whose head has come; wait for the rest of one without a thread."""
        try:
            is_whole = conn.read_head()
        except OSError:
            self._drop(conn)
            return
        if not is_whole:
            conn.timeout = min(monotonic() + self.cfg.keepalive, conn.head_until)
            self.pending_conns.append(conn)
            self.poller.register(
                conn.sock, EVENT_READ, partial(self.on_pending_socket_readable, conn)
            )
            return
        threads = self._probing if conn.path in _PROBES else self._answering
        if not threads.take(conn):
            self._refuse(conn, "full")

    def _answer(self, conn: Connection) -> None:
        """Answer a request; runs in one of the threads."""
        done: Future[Any] = Future()
        self._own.reading = self._readings[conn] = Reading()
        self.reading().wait_for_head()
        try:
            waited = monotonic() - conn.waits_since
            # To count those who found a free thread would cost each a hundredth of its answer.
            if waited > _SOON_SECONDS:
                QUEUED.observe(waited)
            # Its head has come: gunicorn need not wait for it.
            conn.data_ready = True
            done.set_result(self.handle(conn))
        except BaseException as error:
            done.set_exception(error)
        finally:
            del self._readings[conn]
            self.method_queue.defer(self.finish_request, conn, done)

    def handle_request(self, req: Any, conn: Any) -> bool:
        """Ask the application, as gunicorn does; whether the connection is kept.

        What the application leaves to do is done when all is sent.
        """
        self.cfg.pre_request(self, req)
        made: Any = create(req, conn.sock, conn.client, conn.server, self.cfg, Response)
        answer, environ = made
        environ["wsgi.multithread"] = True
        if not self.alive or len(self.keepalived_conns) >= self.max_keepalived:
            answer.force_close()
        try:
            pieces = self.wsgi(environ, answer.start_response)
            try:
                for piece in pieces:
                    answer.write(piece)
                answer.close()
            finally:
                if hasattr(pieces, "close"):
                    pieces.close()
        except BlockingIOError as error:
            # Who takes nothing of the answer is as good as gone.
            raise BrokenPipeError(EPIPE, "The caller takes nothing.") from error
        except (Exception, SystemExit) as error:
            if isinstance(error, OSError) or not answer.headers_sent:
                raise
            # A problem would be taken for the rest of what was begun.
            if not isinstance(error, errors.ParseException):
                self.log.exception("Error handling request")
            return False
        return not answer.should_close()

    def reading(self) -> Reading:
        """How long this thread waits for what its caller sends."""
        reading: Reading = self._own.reading
        return reading

    def murder_pending(self) -> None:
        """Part with callers who are too slow, or waited for too long; gunicorn asks for it often.

        Where there are as many connections as there may be, the one that has said nothing for the
        longest makes room for another.
        """
        if self.nr_conns >= self.worker_connections:
            self._make_room()
        now = monotonic()
        if now < self._looks_at:
            return
        self._looks_at = now + _LOOK_SECONDS
        for conn in [each for each in self.pending_conns if now > each.timeout]:
            self.pending_conns.remove(conn)
            self._end_silent(conn)
        for conn, reading in list(self._readings.items()):
            if now > reading.until:
                # The thread that waits reads the end of what was sent; one that answers goes on.
                with suppress(OSError):
                    conn.sock.shutdown(SHUT_RD)
        self._leaving.end(now)
        if self._settings.queue_timeout:
            self._refuse_late(now - self._settings.queue_timeout / 1000)
        self._tell_refused()

    def _refuse_late(self, since: float) -> None:
        for threads in (self._probing, self._answering):
            for conn in threads.late(since):
                self._refuse(conn, "late")

    def _tell_refused(self) -> None:
        # Not a line for each: lines would take of what is left to answer with.
        if self._refused:
            log.warning("requests refused", refused=self._refused)
            self._refused = 0

    def _make_room(self) -> None:
        for silent in (self.keepalived_conns, self.pending_conns):
            if silent:
                self._end_silent(silent.popleft())
                return

    def _end_silent(self, conn: Connection) -> None:
        self.poller.unregister(conn.sock)
        if conn.head:
            status = HTTPStatus.REQUEST_TIMEOUT
            self._send(conn, problem(status, "The request did not end.", _tell(status, "TooSlow")))
        else:
            self._drop(conn)

    def _refuse(self, conn: Connection, reason: str) -> None:
        """Answer a request that finds no room, before anything was done for it."""
        self._refused += 1
        REFUSED.labels(reason).inc()
        REQUESTS.labels("other", "none", self._refusal.status).observe(0)
        self._send(conn, self._refusal.to(conn.head))

    def _send(self, conn: Connection, answer: bytes) -> None:
        """Send what fits in the system's own buffer, which the short answers here do, and close."""
        with suppress(OSError):
            conn.sock.send(answer, MSG_DONTWAIT)
        self._leaving.add(conn)

    def _leave(self, conn: Connection) -> None:
        """Close a connection that gunicorn counts no longer."""
        self.nr_conns += 1
        self._leaving.add(conn)

    def _drop(self, conn: Connection) -> None:
        self.nr_conns -= 1
        conn.close()

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        """Refuse it, and tell of it as of any request; what it held may quote people."""
        status = next((_STATUSES[kind] for kind in type(exc).__mro__ if kind in _STATUSES), None)
        if status is None or status == HTTPStatus.INTERNAL_SERVER_ERROR:
            status = HTTPStatus.INTERNAL_SERVER_ERROR
            answer = problem(status, "This is a defect of the server.", _tell(status, exc))
        else:
            answer = problem(status, f"{exc}.", _tell(status, type(exc).__name__))
        with suppress(OSError):  # the caller may be gone
            write_nonblock(client, answer)


def _tell(status: HTTPStatus, reason: str | BaseException) -> str:
    """Tell of an answer to what is no request, as of any; gives the id that it goes by."""
    told = {
        "request_id": uuid4().hex,
        "method": "other",
        "route": "none",
        "key": None,
        "status": status.value,
    }
    if isinstance(reason, BaseException):
        log.exception("unexpected error", reason, **told)
    else:
        log.info("request", **told, reason=reason)
    REQUESTS.labels("other", "none", status.value).observe(0)
    return str(told["request_id"])
