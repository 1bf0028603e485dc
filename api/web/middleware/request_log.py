"""What each request leaves behind: its id, a line in the log, and its share of the metrics.

The line tells which call it was and what became of it, and nothing that was said: no body, no
query, no id of a thing.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from time import perf_counter
from typing import Any

from flask import Response, g, request
from opentelemetry.trace import format_trace_id
from structlog.contextvars import bind_contextvars, clear_contextvars

from api.logger import Logger
from api.web.middleware.metrics import REQUESTS
from api.web.middleware.tracing import as_header, carry_on, identifier, traced

Environ = dict[str, Any]
Wsgi = Callable[[Environ, Any], Iterable[bytes]]

REQUEST_ID = "X-Request-Id"
TRACE = "traceresponse"

_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
ROUTE, _KEY = "counterclaim.route", "counterclaim.key"
_KNOWN, _FOLLOWED = "counterclaim.known", "counterclaim.followed"
# Series of the metrics that are kept at hand.
_SERIES = 500

log = Logger(__name__)


def note_route(response: Response) -> Response:
    """Keep which call it was, and whose, for when the answer has gone out."""
    if request.url_rule is not None:
        request.environ[ROUTE] = template(request.url_rule.rule)
    if g.get("key") is not None:
        request.environ[_KEY] = g.key.name
    return response


def template(rule: str) -> str:
    """A route's rule as the document writes it: ``/v1/statements/{id}``."""
    parts = (part.rpartition(":")[2] for part in rule.replace(">", "<").split("<"))
    return "".join(f"{{{part}}}" if place % 2 else part for place, part in enumerate(parts))


def request_logged(application: Wsgi, counts: bool) -> Wsgi:
    """An application whose every answer carries its request's id, is timed and told.

    Args:
        application: the one that is asked.
        counts: whether the metrics count its answers, too.
    """

    def answer(environ: Environ, start_response: Any) -> Iterable[bytes]:
        telling = _Telling(environ, counts)

        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            telling.status = int(status[:3])
            return start_response(status, [*headers, *telling.headers], *error)

        try:
            telling.body = application(environ, start)
        except BaseException:
            telling.close()
            raise
        return telling

    return answer


def request_context(application: Wsgi) -> Wsgi:
    """An application in which all that is logged, and sent to others, is known to be the request's.

    It is to be asked through one that is ``watched``.
    """

    def answer(environ: Environ, start_response: Any) -> Iterable[bytes]:
        environ[_FOLLOWED] = True
        known, here = environ[_KNOWN]
        clear_contextvars()
        bind_contextvars(**known)
        carry_on(here)
        return application(environ, start_response)

    return answer


@lru_cache(_SERIES)
def _series(method: str, route: str, status: int) -> Any:
    return REQUESTS.labels(method, route, status)


class _Telling:
    """An answer on its way out, told of once it has gone or was broken off."""

    def __init__(self, environ: Environ, counts: bool) -> None:
        self._began = perf_counter()
        self._environ, self._counts = environ, counts
        self._sent, self._whole = 0, False
        self.status = 500
        self.body: Iterable[bytes] = ()
        request_id, here = identifier(environ), traced(environ)
        self._known = {"request_id": request_id, "trace_id": format_trace_id(here.trace_id)}
        environ[_KNOWN] = self._known, here
        self.headers = [(REQUEST_ID, request_id), (TRACE, as_header(here))]

    def __iter__(self) -> Iterator[bytes]:
        for piece in self.body:
            self._sent += len(piece)
            yield piece
        self._whole = True

    def close(self) -> None:
        """Let go of the answer, and tell of it."""
        close = getattr(self.body, "close", None)
        try:
            if close is not None:
                close()
        finally:
            self._tell()
            if _FOLLOWED in self._environ:
                # The thread's next request is another.
                clear_contextvars()

    def _tell(self) -> None:
        seconds = perf_counter() - self._began
        method = self._environ["REQUEST_METHOD"]
        # Made-up methods and addresses would each have a place of their own.
        method = method if method in _METHODS else "other"
        route = self._environ.get(ROUTE, "none")
        if self._counts:
            _series(method, route, self.status).observe(seconds)
        level = logging.ERROR if self.status >= 500 else logging.INFO
        if not log.is_enabled(level):
            return
        told = self._known | {
            "method": method,
            "route": route,
            "status": self.status,
            "key": self._environ.get(_KEY),
            "milliseconds": round(seconds * 1000, 1),
            "bytes": self._sent,
        }
        if not self._whole:
            told["interrupted"] = True
        log.log(level, "request", **told)
