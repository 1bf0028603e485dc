"""Problems (RFC 9457): every refusal as ``application/problem+json``, told apart by its type."""

from collections.abc import Iterable, Mapping
from typing import Any

import orjson
from flask import Response
from werkzeug.exceptions import HTTPException

from api.deadline import DeadlineExceeded
from api.ledger.storage.database import LedgerBusy
from api.ledger.storage.faults import fault
from api.services.common import errors as service_errors
from api.services.imports.statements import OthersRefused
from api.web.http.problem_types import (
    BUSY,
    CONFLICT,
    GONE,
    INVALID,
    NOT_FOUND,
    OTHERS_REFUSED,
    STALE,
    STORAGE_FAILS,
    TOO_LARGE,
    TOOK_TOO_LONG,
    ProblemType,
)

MEDIA_TYPE = "application/problem+json"

# Names and numbers that lead into a body.
Path = tuple[Any, ...]

_REFUSALS: dict[type[Exception], ProblemType] = {
    service_errors.ServiceError: INVALID,
    service_errors.Invalid: INVALID,
    service_errors.InvalidParameter: INVALID,
    service_errors.Missing: NOT_FOUND,
    service_errors.Gone: GONE,
    service_errors.Conflict: CONFLICT,
    service_errors.Stale: STALE,
    service_errors.TooLarge: TOO_LARGE,
}


UNEXPECTED = {
    "type": "about:blank",
    "title": "Internal Server Error",
    "status": 500,
    "detail": "This is a defect of the server. Nothing was stored.",
}


class Problem(HTTPException):
    """Raised anywhere in a request, its routing included, to end it with a problem."""

    def __init__(
        self,
        kind: ProblemType,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        **members: Any,
    ) -> None:
        super().__init__(detail)
        self.code = kind.status
        self.headers = headers or {}
        self.kind = kind
        self.detail = detail
        self.members = members


def of_refusal(refusal: service_errors.ServiceError) -> ProblemType:
    """The type of problem that a refusal is."""
    return _REFUSALS[type(refusal)]


def invalid(messages: dict[str, Any]) -> Problem:
    """The problem of what a schema refuses, by where it stood: ``json`` or ``query``."""
    errors = list(_flat_errors(messages))
    return Problem(INVALID, _summary(errors), errors=errors)


def invalid_parameter(parameter: str, detail: str) -> Problem:
    """The problem of one query parameter or path parameter."""
    return Problem(INVALID, detail, errors=[{"parameter": parameter, "detail": detail}])


def described(kind: ProblemType, detail: str, members: dict[str, Any]) -> dict[str, Any]:
    """A problem under the names of RFC 9457."""
    return {
        "type": f"/problems/{kind.name}",
        "title": kind.title,
        "status": kind.status,
        "detail": detail,
        **members,
    }


def of_line(error: Exception) -> dict[str, Any]:
    """The problem of one line among others, each of which has an outcome of its own."""
    if isinstance(error, Problem):
        return described(error.kind, error.detail, error.members)
    if isinstance(error, service_errors.ServiceError):
        return described(of_refusal(error), error.detail, error.members)
    if isinstance(error, OthersRefused):
        return described(
            OTHERS_REFUSED, "Nothing was stored: see the lines with other problems.", {}
        )
    if isinstance(error, LedgerBusy):
        return described(BUSY, "Other writes held the ledger for too long.", {})
    if isinstance(error, DeadlineExceeded):
        return described(TOOK_TOO_LONG, f"{error} Nothing was stored.", error.members)
    if said := fault(error):
        return described(STORAGE_FAILS, f"{said} The line was not stored.", {})
    return UNEXPECTED | {"detail": "This is a defect of the server. The line was not stored."}


def respond(kind: ProblemType, detail: str, members: dict[str, Any]) -> Response:
    """A problem as a response."""
    body = described(kind, detail, members)
    response = Response(orjson.dumps(body), kind.status, mimetype=MEDIA_TYPE)
    if kind.status == 503:
        response.headers["Retry-After"] = str(kind.retry_after)
    return response


def _flat_errors(messages: dict[str, Any]) -> Iterable[dict[str, str]]:
    """Marshmallow's nested messages as a list, one a field."""
    for location, found in messages.items():
        if location == "json":
            for path, detail in schema_errors(found):
                yield {"pointer": pointer(path), "detail": detail}
        else:
            for path, detail in schema_errors(found):
                yield {"parameter": str(path[0]) if path else location, "detail": detail}


def schema_errors(messages: Any) -> Iterable[tuple[Path, str]]:
    """What a schema refuses of a body: the way to each fault, and what is wrong there."""
    return _walk(messages, ())


def pointer(path: Path) -> str:
    """The JSON Pointer of a way into a body."""
    return "".join(f"/{_escape(part)}" for part in path)


def _walk(found: Any, path: Path) -> Iterable[tuple[Path, str]]:
    if isinstance(found, dict):
        for part, inner in found.items():
            yield from _walk(inner, path if part == "_schema" else (*path, part))
    elif isinstance(found, list):
        for inner in found:
            yield from _walk(inner, path)
    else:
        yield path, str(found)


def _escape(part: Any) -> str:
    # A name in a body can hold a lone surrogate, which no answer can carry.
    sendable = str(part).encode("utf-8", "backslashreplace").decode()
    return sendable.replace("~", "~0").replace("/", "~1")


def _summary(errors: list[dict[str, str]]) -> str:
    first = errors[0]
    place = first.get("pointer") or first.get("parameter") or "the body"
    more = f" ({len(errors) - 1} more)" if len(errors) > 1 else ""
    return f"{place}: {first['detail']}{more}"
