"""``/v1/changes``: every change in order, for mirrors."""

from typing import Any

from flask import Response

from api.services.reading.changes import follow
from api.web.openapi.blueprint import Blueprint
from api.web.responses.change_feed import fed
from schemas import changes as schemas

changes = Blueprint("changes", __name__, description="Every change in order, for mirrors.")


@changes.get("/changes")
@changes.arguments(schemas.ChangeQuery, location="query")
@changes.alt_response(410, response="HistoryGone")
@changes.response(200, schemas.ChangePage)
@changes.sends("PageLink")
def list_changes(query: dict[str, Any]) -> Response:
    """Follow every change of the ledger, in the order of commits

    Without `since` from the beginning. Follow `next` until it is null; then come back with the last
    `since`, which holds for ever. A mirror is kept from `record` alone: what was deleted has none.
    """
    return fed(query, lambda place, limit: follow(place, query.get("subject", ()), limit))
