"""``/v1/references``: links that people draw between statements."""

from typing import Any

from flask import Response, url_for

from api.services.reading import queries
from api.services.statements import references as service
from api.web.http.preconditions import precondition
from api.web.openapi.blueprint import Blueprint
from api.web.responses.formats import created, gone, shown
from api.web.responses.idempotency import answered_once
from api.web.responses.pages import listed
from schemas import references as schemas
from schemas.base import AsOfQuery

references = Blueprint(
    "references", __name__, description="Links that people draw between statements."
)


@references.get("/references")
@references.arguments(schemas.ReferenceQuery, location="query")
@references.lists(schemas.ReferencePage)
def list_references(query: dict[str, Any]) -> Response:
    """List curated cross-references

    Links that people drew; those that are computed are at `/v1/statements/{id}/references`.
    """
    return listed(query, lambda after, limit: queries.reference_page(query, after, limit))


@references.post("/references")
@references.arguments(schemas.ReferenceIn)
@references.alt_response(200, schema=schemas.Reference, success=True)
@references.response(201, schemas.Reference)
@references.creates()
def create_reference(given: dict[str, Any]) -> Response:
    """Tie two statements together

    The same link is answered with 200 when it is there already.
    """

    def answer() -> Response:
        reference_id, new = service.refer(given)
        location = url_for("references.get_reference", id=reference_id)
        return created(queries.reference(reference_id), location, new)

    return answered_once(answer)


@references.get("/references/<id:id>")
@references.arguments(AsOfQuery, location="query")
@references.response(200, schemas.Reference)
def get_reference(query: dict[str, Any], id: int) -> Response:
    """Read a curated cross-reference

    It leads from the one statement to the other: `from_statement` responds to `to_statement`.
    """
    return shown(queries.reference(id, **query))


@references.delete("/references/<id:id>")
@references.response(204)
def delete_reference(id: int) -> Response:
    """Remove a curated cross-reference

    The statements at its ends stay.
    """
    service.delete(id, precondition())
    return gone()
