"""A worker of gunicorn whose own refusals are problems (RFC 9457), as the application's are."""

import logging
from contextlib import suppress
from http import HTTPStatus
from typing import Any
from uuid import uuid4

import orjson
from gunicorn.http import errors
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import ThreadWorker

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

log = logging.getLogger(__name__)


class Worker(ThreadWorker):
    """Answers what is no request that the application could be asked."""

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
