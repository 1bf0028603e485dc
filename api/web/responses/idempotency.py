"""``Idempotency-Key``: a creating call that is repeated with its key is answered once."""

from collections.abc import Callable

from flask import Response, current_app, request

from api.services.common.idempotency import Answer, answer_once, in_one_transaction
from api.web.http.problem_types import INVALID
from api.web.http.problems import Problem
from api.web.middleware.access import caller_id

HEADER = "Idempotency-Key"
_LONGEST = 255
_KEPT = ("Content-Type", "Location", "ETag")


def answered_once(work: Callable[[], Response]) -> Response:
    """Do the work of a creating call, unless its key was answered before."""
    key = request.headers.get(HEADER)
    if key is None:
        return in_one_transaction(work)
    if not 1 <= len(key) <= _LONGEST or not key.isascii() or not key.isprintable():
        raise Problem(INVALID, f"An {HEADER} has 1 to {_LONGEST} printable ASCII characters.")
    asked = b"\n".join((request.method.encode(), request.full_path.encode(), request.get_data()))

    def answer() -> Answer:
        response = work()
        headers = {name: response.headers[name] for name in _KEPT if name in response.headers}
        return Answer(response.status_code, headers, response.get_data())

    kept = answer_once(
        caller_id(), key, asked, answer, current_app.config["SETTINGS"].idempotency_hours
    )
    return Response(kept.body, kept.status, headers=kept.headers)
