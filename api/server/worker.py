"""gunicorn's threaded worker, whose refusals are problems (RFC 9457) like those of the application.

Its own are pages that quote what was sent. Nothing else of it is changed.
"""

from contextlib import suppress
from http import HTTPStatus
from typing import Any
from uuid import uuid4

import orjson
from gunicorn.http import errors
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import ThreadWorker

from api.logger import Logger
from api.web.http.problems import MEDIA_TYPE
from api.web.middleware.metrics import REQUESTS
from api.web.middleware.request_log import REQUEST_ID

_STATUSES: dict[type, HTTPStatus] = {
    errors.LimitRequestLine: HTTPStatus.REQUEST_URI_TOO_LONG,
    errors.LimitRequestHeaders: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    errors.ExpectationFailed: HTTPStatus.EXPECTATION_FAILED,
    errors.UnsupportedTransferCoding: HTTPStatus.NOT_IMPLEMENTED,
    errors.ParseException: HTTPStatus.BAD_REQUEST,
}

log = Logger(__name__)


class Worker(ThreadWorker):
    """Refuses what is no HTTP request, and tells of it as of any request."""

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        """Answer a request that could not be read, or whose answer failed."""
        status = next((_STATUSES[kind] for kind in type(exc).__mro__ if kind in _STATUSES), None)
        request_id = uuid4().hex
        told: dict[str, Any] = {
            "request_id": request_id,
            "method": "other",
            "route": "none",
            "key": None,
        }
        if status is None:
            status, detail = HTTPStatus.INTERNAL_SERVER_ERROR, "This is a defect of the server."
            log.exception("unexpected error", exc, **told, status=status.value)
        else:
            # The message would quote what was sent.
            detail = f"{exc}."
            log.info("request", **told, status=status.value, reason=type(exc).__name__)
        REQUESTS.labels("other", "none", status.value).observe(0)
        with suppress(OSError):  # the caller may be gone
            write_nonblock(client, _problem(status, detail, request_id))


def _problem(status: HTTPStatus, detail: str, request_id: str) -> bytes:
    """The whole answer, as it goes over the wire."""
    members = {"type": "about:blank", "title": status.phrase, "status": status, "detail": detail}
    body = orjson.dumps(members)
    head = [
        f"HTTP/1.1 {status.value} {status.phrase}",
        "Connection: close",
        f"Content-Type: {MEDIA_TYPE}",
        f"Content-Length: {len(body)}",
        "X-Content-Type-Options: nosniff",
        f"{REQUEST_ID}: {request_id}",
    ]
    return "\r\n".join([*head, "", ""]).encode() + body
