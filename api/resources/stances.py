"""``/v1/statements/{id}/stances``: what stand a statement takes, as a person read it."""

from typing import Any

from flask import Response, url_for

from api.services.common.idempotency import in_one_transaction
from api.services.positions import stances as service
from api.services.reading import queries
from api.web.http.preconditions import precondition
from api.web.openapi.blueprint import Blueprint
from api.web.responses.formats import created, gone, shown
from api.web.responses.pages import listed
from schemas import stances as schemas
from schemas.base import AsOfQuery, PageQuery

stances = Blueprint("stances", __name__, description="What stands statements take.")


@stances.get("/statements/<id:id>/stances")
@stances.arguments(PageQuery, location="query")
@stances.lists(schemas.StancePage)
def list_stances(query: dict[str, Any], id: int) -> Response:
    """List what stands a statement takes

    One for each proposition that a person held it to.
    """
    return listed(query, lambda after, limit: queries.stance_page(id, after, limit))


@stances.get("/statements/<id:id>/stances/<id:proposition>")
@stances.arguments(AsOfQuery, location="query")
@stances.response(200, schemas.Stance)
def get_stance(query: dict[str, Any], id: int, proposition: int) -> Response:
    """Read what stand a statement takes on a proposition

    404 where it takes none.
    """
    return shown(queries.stance(id, proposition, **query))


@stances.put("/statements/<id:id>/stances/<id:proposition>")
@stances.arguments(schemas.StanceIn)
@stances.alt_response(409, response="Conflict")
@stances.alt_response(200, schema=schemas.Stance, success=True)
@stances.response(201, schemas.Stance)
@stances.sends("Location")
def put_stance(given: dict[str, Any], id: int, proposition: int) -> Response:
    """Say what stand a statement takes on a proposition

    It takes the place of the stance that is there (200). Where one statement affirms what another
    denies, the two are a contradiction.
    """

    def answer() -> Response:
        new = service.put(id, proposition, given, precondition())
        location = url_for("stances.get_stance", id=id, proposition=proposition)
        return created(queries.stance(id, proposition), location, new)

    return in_one_transaction(answer)


@stances.delete("/statements/<id:id>/stances/<id:proposition>")
@stances.response(204)
def delete_stance(id: int, proposition: int) -> Response:
    """Take back what stand a statement takes on a proposition

    The contradictions that rested on it are withdrawn.
    """
    service.delete(id, proposition, precondition())
    return gone()
