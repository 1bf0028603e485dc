"""Problems (RFC 9457): every refusal as ``application/problem+json``, told apart by its type."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from flask import Response, request
from werkzeug.exceptions import HTTPException

from api.deadline import DeadlineExceeded, deadline
from api.identifiers import LARGEST_ID
from api.ledger.storage.database import LedgerBusy, LedgerUnusable, is_busy, is_too_slow
from api.ledger.storage.faults import fault
from api.logger import Logger
from api.services.common import errors as service_errors
from api.services.common.idempotency import KeyReused
from api.services.imports.statements import OthersRefused
from api.web.http.identifiers import is_of_no_id, without_slash

MEDIA_TYPE = "application/problem+json"

# Names and numbers that lead into a body.
Path = tuple[Any, ...]

log = Logger(__name__)


@dataclass(frozen=True, slots=True)
class ProblemType:
    """A kind of problem: the last part of its address, its status, its title and what to do."""

    name: str
    status: int
    title: str
    remedy: str
    retry_after: int = 1


INVALID = ProblemType(
    "invalid-request",
    422,
    "The request is not valid",
    "Each of `errors` names the field (`pointer`, a JSON Pointer into the body) or the query "
    "parameter that is wrong, and says what would be right.",
)
MALFORMED = ProblemType(
    "malformed-body",
    400,
    "The body is not JSON",
    "Send one JSON document (RFC 8259) in UTF-8, without duplicate names, NaN or Infinity.",
)
UNAUTHORIZED = ProblemType(
    "key-needed",
    401,
    "This needs a key",
    "Send `Authorization: Bearer` and a key that carries the scope named in `scope`. Whoever runs "
    "the server makes keys: `counterclaim keys create`.",
)
FORBIDDEN = ProblemType(
    "scope-missing",
    403,
    "The key does not open this",
    "Use a key that carries the scope named in `scope`.",
)
TOO_MANY = ProblemType(
    "too-many-requests",
    429,
    "Too many requests",
    "Wait as many seconds as `Retry-After` says. `RateLimit-Policy` tells how many are taken in "
    "which time, `RateLimit` how many are left.",
)
NOT_FOUND = ProblemType(
    "not-found", 404, "There is nothing here", "Look the id up in the list it should be in."
)
CONFLICT = ProblemType(
    "conflict",
    409,
    "The ledger stands against it",
    "`detail` says what is in the way; further members name it (`candidates`, `resting`, "
    "`decision`, `statement`).",
)
STALE = ProblemType(
    "stale-version",
    412,
    "It was revised meanwhile",
    "Read it again, see what changed, and send its current ETag in If-Match.",
)
GONE = ProblemType(
    "history-gone",
    410,
    "This part of the history is no longer there",
    "Empty the mirror and read the feed from its beginning, without `since`.",
)
TOO_LARGE = ProblemType(
    "too-large", 413, "It is larger than the server takes", "Send it in smaller parts."
)
KEY_REUSED = ProblemType(
    "idempotency-key-reused",
    422,
    "The Idempotency-Key belongs to another request",
    "Make a new key for each new request; repeat a request with its own key and the same body.",
)
NOT_ACCEPTABLE = ProblemType(
    "not-acceptable",
    406,
    "No such format is served here",
    "`available` lists the media types that are.",
)
MISDIRECTED = ProblemType(
    "misdirected",
    421,
    "The server does not answer to this name",
    "Use an address with a name of the server's own. Whoever runs it adds names with "
    "`COUNTERCLAIM_HOSTS`.",
)
UNSUPPORTED = ProblemType(
    "unsupported-media-type",
    415,
    "The body's type is not taken here",
    "Send the body as one of `accepted`, in UTF-8.",
)
OTHERS_REFUSED = ProblemType(
    "others-refused",
    424,
    "All or nothing was asked for, and other lines were refused",
    "Put right the lines whose problems are of other types and send all of them again; or leave "
    "out `atomic`, and each line that can be stored is.",
)
BUSY = ProblemType(
    "busy",
    503,
    "The ledger is busy",
    "Another writer took too long: repeat the request after the seconds in Retry-After.",
)
OVERLOADED = ProblemType(
    "overloaded",
    503,
    "More requests come than can be answered",
    "Repeat the request after the seconds in Retry-After, and after more each time that it is "
    "refused again.",
)
STORAGE_FAILS = ProblemType(
    "storage-fails",
    503,
    "The disk or the file under the ledger fails",
    "Whoever runs the server must put right what `detail` says. Repeat the request after the "
    "seconds in Retry-After, a write with its Idempotency-Key.",
    retry_after=10,
)
TOO_SLOW = ProblemType(
    "too-slow",
    503,
    "Reading took too long",
    "Narrow the query by a speaker, a topic, a source or dates, or ask for fewer at a time.",
)
TOOK_TOO_LONG = ProblemType(
    "took-too-long",
    503,
    "It takes longer than one request may",
    "`stage` tells what it was at, `seconds` how long it might take. Send less at once: fewer "
    "pairs, shorter texts, an article in parts. Later it may pass, if the server had much to do.",
)
KEY_UNUSABLE = ProblemType(
    "key-unusable",
    503,
    "The head cannot be signed",
    "Whoever runs the server must let it read its signing key, or make one.",
)
NOT_READY = ProblemType(
    "not-ready", 503, "The ledger cannot be used yet", "Try again in some seconds."
)

TYPES = {
    each.name: each
    for each in (
        INVALID,
        MALFORMED,
        UNAUTHORIZED,
        FORBIDDEN,
        TOO_MANY,
        NOT_FOUND,
        CONFLICT,
        STALE,
        GONE,
        TOO_LARGE,
        KEY_REUSED,
        NOT_ACCEPTABLE,
        UNSUPPORTED,
        MISDIRECTED,
        OTHERS_REFUSED,
        BUSY,
        OVERLOADED,
        NOT_READY,
        KEY_UNUSABLE,
        TOO_SLOW,
        TOOK_TOO_LONG,
        STORAGE_FAILS,
    )
}

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


_UNEXPECTED = {
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
        return described(_REFUSALS[type(error)], error.detail, error.members)
    if isinstance(error, OthersRefused):
        return described(
            OTHERS_REFUSED, "Nothing was stored: see the lines with other problems.", {}
        )
    if isinstance(error, LedgerBusy):
        return described(BUSY, "Another writer held the ledger for too long.", {})
    if isinstance(error, DeadlineExceeded):
        return described(TOOK_TOO_LONG, f"{error} Nothing was stored.", error.members)
    if said := fault(error):
        return described(STORAGE_FAILS, f"{said} The line was not stored.", {})
    return _UNEXPECTED | {"detail": "This is a defect of the server. The line was not stored."}


def respond(kind: ProblemType, detail: str, members: dict[str, Any]) -> Response:
    """A problem as a response."""
    body = described(kind, detail, members)
    response = Response(orjson.dumps(body), kind.status, mimetype=MEDIA_TYPE)
    if kind.status == 503:
        response.headers["Retry-After"] = str(kind.retry_after)
    return response


def handle_problem(problem: Problem) -> Response:
    """Answer a problem that was raised as one."""
    response = respond(problem.kind, problem.detail, problem.members)
    response.headers.update(problem.headers)
    return response


def handle_refusal(refusal: service_errors.ServiceError) -> Response:
    """Answer what a service refused."""
    return respond(_REFUSALS[type(refusal)], refusal.detail, refusal.members)


def handle_malformed_body(error: Exception) -> Response:
    """Answer a body that could not be read to its end; the server closes the connection."""
    return respond(
        MALFORMED, "The body is not in chunks as HTTP has them, or it ended before its end.", {}
    )


def handle_busy(error: LedgerBusy) -> Response:
    """Answer a write that waited in vain."""
    return respond(BUSY, "Another writer held the ledger for too long; nothing was stored.", {})


def handle_deadline(error: DeadlineExceeded) -> Response:
    """Answer what was broken off because it took too long."""
    return respond(TOOK_TOO_LONG, f"{error} Nothing was stored.", error.members)


def handle_database(error: Exception) -> Response:
    """Answer what the database refused: for a lock, the disk, the server, or a defect of ours."""
    if is_busy(error):
        return handle_busy(LedgerBusy())
    if is_too_slow(error):
        if request.method not in ("GET", "HEAD"):
            return handle_deadline(DeadlineExceeded("reading the ledger", deadline().seconds))
        return respond(TOO_SLOW, "It was broken off; nothing was changed.", {})
    if said := fault(error):
        log.error("storage fails", reason=f"{said} ({error})")
        return respond(STORAGE_FAILS, said, {})
    return handle_unexpected(error)


def handle_unusable(error: LedgerUnusable) -> Response:
    """Answer a call that finds the ledger's files not as they must be."""
    log.error("storage fails", reason=str(error))
    return respond(
        STORAGE_FAILS, "The ledger's files are not as they must be: the server's log says why.", {}
    )


def handle_key_reused(error: KeyReused) -> Response:
    """Answer an Idempotency-Key that came with another request before."""
    return respond(KEY_REUSED, "This key came with another request before.", {})


def handle_http_exception(error: HTTPException) -> Response:
    """Answer what Flask or webargs refused; headers such as ``Allow`` stay."""
    messages = (getattr(error, "data", None) or {}).get("messages")
    if messages:
        return handle_problem(invalid(messages))
    if error.code == 404:
        if (address := without_slash(request)) is not None:
            return Response(status=308, headers={"Location": address})
        wrong = is_of_no_id(request)
        if wrong is None:
            return respond(NOT_FOUND, "There is nothing at this address.", {})
        detail = f"An id is an integer from 1 to {LARGEST_ID}."
        return respond(NOT_FOUND, detail, {"errors": [{"parameter": wrong, "detail": detail}]})
    if error.code == 413:
        return respond(TOO_LARGE, "The body is larger than this server takes.", {})
    response = error.get_response()
    if error.code is None or error.code < 400:
        return response  # type: ignore[return-value]
    body = {
        "type": "about:blank",
        "title": error.name,
        "status": error.code,
        "detail": error.description or error.name,
    }
    kept = {name: value for name, value in response.headers if name in ("Allow", "Retry-After")}
    return Response(orjson.dumps(body), error.code, mimetype=MEDIA_TYPE, headers=kept)


def handle_unexpected(error: Exception) -> Response:
    """Answer a defect of ours without its inside, and log it with it."""
    log.exception("unexpected error", error)
    return Response(orjson.dumps(_UNEXPECTED), 500, mimetype=MEDIA_TYPE)


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
