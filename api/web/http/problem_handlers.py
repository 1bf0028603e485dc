"""What answers each error that ends a request: registered with the application, one a kind."""

import orjson
from flask import Response, request
from werkzeug.exceptions import HTTPException

from api.deadline import DeadlineExceeded, deadline
from api.identifiers import LARGEST_ID
from api.ledger.storage.database import LedgerBusy, LedgerUnusable, is_busy, is_too_slow
from api.ledger.storage.faults import fault
from api.logger import Logger
from api.services.common.errors import ServiceError
from api.services.common.idempotency import KeyReused
from api.web.http.identifiers import is_of_no_id, without_slash
from api.web.http.problem_types import (
    BUSY,
    KEY_REUSED,
    MALFORMED,
    NOT_FOUND,
    STORAGE_FAILS,
    TOO_LARGE,
    TOO_SLOW,
    TOOK_TOO_LONG,
)
from api.web.http.problems import MEDIA_TYPE, UNEXPECTED, Problem, invalid, of_refusal, respond

log = Logger(__name__)


def handle_problem(problem: Problem) -> Response:
    """Answer a problem that was raised as one."""
    response = respond(problem.kind, problem.detail, problem.members)
    response.headers.update(problem.headers)
    return response


def handle_refusal(refusal: ServiceError) -> Response:
    """Answer what a service refused."""
    return respond(of_refusal(refusal), refusal.detail, refusal.members)


def handle_malformed_body(error: Exception) -> Response:
    """Answer a body that could not be read to its end; the server closes the connection."""
    return respond(MALFORMED, "The body is not in valid HTTP chunks, or it ended early.", {})


def handle_busy(error: LedgerBusy) -> Response:
    """Answer a write that timed out in the write queue."""
    return respond(BUSY, "Other writes held the ledger for too long; nothing was stored.", {})


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
        return respond(
            TOO_SLOW, "The query was cancelled at its time limit; nothing was changed.", {}
        )
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
    return Response(orjson.dumps(UNEXPECTED), 500, mimetype=MEDIA_TYPE)
