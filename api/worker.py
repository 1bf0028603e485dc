"""A worker of gunicorn that waits for nobody for long.

What it refuses by itself is a problem (RFC 9457), as what the application refuses is.
"""

import logging
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from socket import SHUT_RD
from threading import local
from time import monotonic
from typing import Any
from uuid import uuid4

import orjson
from gunicorn.http import errors
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import (  # type: ignore[attr-defined] # the stubs are older
    _DEFER,
    ThreadWorker,
)

from api.web.metrics import REQUESTS
from api.web.problems import MEDIA_TYPE
from api.web.watching import REQUEST_ID

_STATUSES = {
    errors.InvalidResponseHeader: HTTPStatus.INTERNAL_SERVER_ERROR,  # type: ignore[attr-defined]
    errors.InvalidResponseHeaderName: HTTPStatus.INTERNAL_SERVER_ERROR,  # type: ignore[attr-defined]
    errors.LimitRequestLine: HTTPStatus.REQUEST_URI_TOO_LONG,
    errors.LimitRequestHeaders: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    errors.ExpectationFailed: HTTPStatus.EXPECTATION_FAILED,
    errors.UnsupportedTransferCoding: HTTPStatus.NOT_IMPLEMENTED,
    errors.ParseException: HTTPStatus.BAD_REQUEST,
}

# For how long a thread waits for the head of a request, for a body or its next piece, and how much
# longer for a long body: a caller with a slow line sends as much in a second.
_HEAD_SECONDS = 10
_BODY_SECONDS = 30
_BYTES_A_SECOND = 10_000

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Reading:
    """Until when a thread waits for what its caller sends, by the monotonic clock."""

    until: float = 0

    def wait_for_head(self) -> None:
        """The head has to come now."""
        self.until = monotonic() + _HEAD_SECONDS

    def wait_for_body(self, length: int = 0) -> None:
        """The body, or its next piece, has to come now; its length is in bytes."""
        self.until = monotonic() + _BODY_SECONDS + length / _BYTES_A_SECOND


class Worker(ThreadWorker):
    """Lets no caller keep a thread by being slow, and answers what is no request."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._own = local()
        self._readings: dict[Any, Reading] = {}

    def reading(self) -> Reading:
        """How long this thread waits for what its caller sends."""
        reading: Reading = self._own.reading
        return reading

    def handle(self, conn: Any) -> Any:
        """Handle a request; a connection that says nothing yet takes no thread meanwhile."""
        if not (conn.initialized or conn.data_ready or conn.wait_for_data(0)):
            return _DEFER
        self._own.reading = self._readings[conn] = Reading()
        self.reading().wait_for_head()
        try:
            return super().handle(conn)
        finally:
            del self._readings[conn]

    def murder_pending(self) -> None:
        """Hang up on callers who are too slow; gunicorn asks for it every second."""
        super().murder_pending()
        now = monotonic()
        for conn, reading in list(self._readings.items()):
            if now > reading.until:
                # The thread that waits reads the end of what was sent; one that answers goes on.
                with suppress(OSError):
                    conn.sock.shutdown(SHUT_RD)

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        """Refuse it, and tell of it as of any request; what it held may quote people."""
        status = next((_STATUSES[kind] for kind in type(exc).__mro__ if kind in _STATUSES), None)
        told = {"request_id": uuid4().hex, "method": "other", "route": "none", "key": None}
        if status is None or status == HTTPStatus.INTERNAL_SERVER_ERROR:
            status = HTTPStatus.INTERNAL_SERVER_ERROR
            log.error("unexpected error", exc_info=exc, extra={**told, "status": status.value})
            detail = "This is a defect of the server."
        else:
            reason = type(exc).__name__
            log.info("request", extra={**told, "status": status.value, "reason": reason})
            detail = f"{exc}."
        REQUESTS.labels("other", "none", status.value).observe(0)
        with suppress(OSError):  # the caller may be gone
            write_nonblock(client, _answer(status, detail, told["request_id"]))


def _answer(status: HTTPStatus, detail: str, request_id: str | None) -> bytes:
    problem = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": detail,
    }
    body = orjson.dumps(problem)
    head = [
        f"HTTP/1.1 {status.value} {status.phrase}",
        "Connection: close",
        f"Content-Type: {MEDIA_TYPE}",
        f"Content-Length: {len(body)}",
        "X-Content-Type-Options: nosniff",
        f"{REQUEST_ID}: {request_id}",
    ]
    return "\r\n".join([*head, "", ""]).encode() + body
