"""``/v1/sources``: the documents statements appeared in."""

from typing import Any

from flask import Response, url_for

from api.services.common.idempotency import in_one_transaction
from api.services.reading import queries
from api.services.statements import sources as service
from api.web.http.preconditions import precondition
from api.web.openapi.blueprint import Blueprint
from api.web.responses.formats import created, gone, shown
from api.web.responses.idempotency import answered_once
from api.web.responses.pages import listed
from schemas import sources as schemas
from schemas.base import AsOfQuery

sources = Blueprint("sources", __name__, description="The documents statements appeared in.")


@sources.get("/sources")
@sources.arguments(schemas.SourceQuery, location="query")
@sources.lists(schemas.SourcePage)
def list_sources(query: dict[str, Any]) -> Response:
    """List sources

    The articles, speeches, interviews, posts and reports in which statements appeared.
    """
    return listed(query, lambda after, limit: queries.source_page(query, after, limit))


@sources.post("/sources")
@sources.arguments(schemas.SourceIn)
@sources.alt_response(200, schema=schemas.Source, success=True)
@sources.response(201, schemas.Source)
@sources.creates()
def create_source(given: dict[str, Any]) -> Response:
    """Add a source

    One that is there already is answered with 200: the same `url`, or without one the same
    `title`, `publisher` and `published_on`.
    """

    def answer() -> Response:
        source_id, new = service.create(given)
        return created(queries.source(source_id), url_for("sources.get_source", id=source_id), new)

    return answered_once(answer)


@sources.get("/sources/<id:id>")
@sources.arguments(AsOfQuery, location="query")
@sources.response(200, schemas.Source)
def get_source(query: dict[str, Any], id: int) -> Response:
    """Read a source

    Its statements are those of `GET /v1/statements?source=` with its id.
    """
    return shown(queries.source(id, **query))


@sources.patch("/sources/<id:id>")
@sources.arguments(schemas.SourcePatch)
@sources.alt_response(409, response="Conflict")
@sources.response(200, schemas.Source)
def revise_source(changes: dict[str, Any], id: int) -> Response:
    """Revise a source

    What is left out stays. One that would be the same document as another is refused.
    """

    def answer() -> Response:
        service.revise(id, changes, precondition())
        return shown(queries.source(id))

    return in_one_transaction(answer)


@sources.delete("/sources/<id:id>")
@sources.alt_response(409, response="Conflict")
@sources.response(204)
def delete_source(id: int) -> Response:
    """Delete a source in which nothing appeared

    Otherwise the problem names the statements that appeared in it in `resting`.
    """
    service.delete(id, precondition())
    return gone()
