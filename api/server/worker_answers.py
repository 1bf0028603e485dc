"""What a worker answers by itself, as it goes over the wire."""

import re
from http import HTTPStatus

import orjson
from flask import Flask

from api.web.http.problems import MEDIA_TYPE, OVERLOADED, respond
from api.web.middleware.request_log import REQUEST_ID
from api.web.middleware.tracing import identifier

_SENT_ID = re.compile(rb"\r\n%s:[ \t]*([^\r\n]*?)[ \t]*\r\n" % REQUEST_ID.encode(), re.IGNORECASE)


def problem(status: HTTPStatus, detail: str, request_id: str) -> bytes:
    """The answer to what is no request, and to what was none in time."""
    told = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": detail,
    }
    body = orjson.dumps(told)
    head = [
        f"HTTP/1.1 {status.value} {status.phrase}",
        "Connection: close",
        f"Content-Type: {MEDIA_TYPE}",
        f"Content-Length: {len(body)}",
        "X-Content-Type-Options: nosniff",
        f"{REQUEST_ID}: {request_id}",
    ]
    return "\r\n".join([*head, "", ""]).encode() + body


class Refusal:
    """The answer to requests that there is no room for: put together before there are any.

    Args:
        app: whose headers it carries, as every answer does.
    """

    status = OVERLOADED.status

    def __init__(self, app: Flask) -> None:
        with app.test_request_context("/"):
            answer = app.process_response(
                respond(OVERLOADED, "More requests came than wait here; nothing was done.", {})
            )
        self._body = answer.get_data()
        # Whoever comes back over another connection may come to a worker that has room.
        lines = [f"HTTP/1.1 {answer.status}", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in answer.headers]
        self._head = "\r\n".join([*lines, f"{REQUEST_ID}: "]).encode()

    def to(self, head: bytes) -> bytes:
        """The answer to a request, of which the head is enough."""
        sent = _SENT_ID.search(head)
        request_id = identifier({"HTTP_X_REQUEST_ID": sent[1].decode("latin-1")} if sent else {})
        body = b"" if head.startswith(b"HEAD ") else self._body
        return b"%s%s\r\n\r\n%s" % (self._head, request_id.encode(), body)
