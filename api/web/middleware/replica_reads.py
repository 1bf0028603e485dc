"""Reads that go to copies of the ledger, and what a caller sends to see what it wrote.

An answer to a write tells its position in the log. Who sends it with a read gets nothing that is
older: a copy that has come so far is read, or the ledger itself.
"""

from flask import Response, current_app, request

from api.ledger.storage.database import LedgerBusy, copy_read, engine, is_too_slow, read_from
from api.ledger.storage.faults import failures
from api.ledger.storage.replicas import replicas, shown
from api.web.http.problem_handlers import handle_database

HEADER = "Ledger-Position"
_READS = ("GET", "HEAD")


def choose_replica() -> None:
    """Read what is shown from a copy; the last to run before a request is answered.

    Keys are looked up before, in the ledger itself.
    """
    if request.method in _READS and request.path.startswith("/v1/"):
        read_from(replicas().choose(request.headers.get(HEADER)))


def send_position(response: Response) -> Response:
    """Tell who wrote where that is in the log.

    Lines are sent while they are stored, so that nobody knows yet.
    """
    is_written = request.method not in (*_READS, "OPTIONS") and response.status_code < 400
    if is_written and replicas().all and not response.is_streamed:
        try:
            response.headers[HEADER] = shown(engine().place().position)
        except failures(LedgerBusy):
            # It was written all the same; without a position the ledger itself is to be read.
            response.headers[HEADER] = "latest"
    return response


def read_again(error: Exception) -> Response:
    """What failed at a copy is read from the ledger itself; other failures are told."""
    copy = copy_read()
    if copy is None or is_too_slow(error):
        return handle_database(error)
    replicas().leave(copy)
    read_from(None)
    try:
        return current_app.make_response(current_app.dispatch_request())
    except Exception as other:
        return current_app.make_response(current_app.handle_user_exception(other))
