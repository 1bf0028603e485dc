"""``/v1/propositions``: sentences that people take a stand on."""

from typing import Any

from flask import Response, url_for

from api.services.common.idempotency import in_one_transaction
from api.services.positions import propositions as service
from api.services.reading import queries
from api.web.http.preconditions import precondition
from api.web.openapi.blueprint import Blueprint
from api.web.responses.formats import created, gone, shown
from api.web.responses.idempotency import answered_once
from api.web.responses.pages import listed
from schemas import propositions as schemas
from schemas import stances
from schemas.base import AsOfQuery

propositions = Blueprint(
    "propositions", __name__, description="Sentences that people take a stand on."
)


@propositions.get("/propositions")
@propositions.arguments(schemas.PropositionQuery, location="query")
@propositions.alt_response(409, response="Conflict")
@propositions.lists(schemas.PropositionPage)
def list_propositions(query: dict[str, Any]) -> Response:
    """List and search propositions

    Filters are joined by AND; a filter that is repeated matches any of its values.
    """
    return listed(query, lambda after, limit: queries.proposition_page(query, after, limit))


@propositions.post("/propositions")
@propositions.arguments(schemas.PropositionIn)
@propositions.alt_response(200, schema=schemas.Proposition, success=True)
@propositions.response(201, schemas.Proposition)
@propositions.creates()
def create_proposition(given: dict[str, Any]) -> Response:
    """Add a proposition

    One of the same words is answered with 200 when it is there already.
    """

    def answer() -> Response:
        proposition_id, new = service.create(given)
        location = url_for("propositions.get_proposition", id=proposition_id)
        return created(queries.proposition(proposition_id), location, new)

    return answered_once(answer)


@propositions.get("/propositions/<id:id>")
@propositions.arguments(AsOfQuery, location="query")
@propositions.response(200, schemas.Proposition)
def get_proposition(query: dict[str, Any], id: int) -> Response:
    """Read a proposition

    With how many statements take each stand on it.
    """
    return shown(queries.proposition(id, **query))


@propositions.patch("/propositions/<id:id>")
@propositions.arguments(schemas.PropositionPatch)
@propositions.alt_response(409, response="Conflict")
@propositions.response(200, schemas.Proposition)
def revise_proposition(changes: dict[str, Any], id: int) -> Response:
    """Revise a proposition

    Its words stay while a statement takes a stand on them: nobody is put behind others.
    """

    def answer() -> Response:
        service.revise(id, changes, precondition())
        return shown(queries.proposition(id))

    return in_one_transaction(answer)


@propositions.delete("/propositions/<id:id>")
@propositions.alt_response(409, response="Conflict")
@propositions.response(204)
def delete_proposition(id: int) -> Response:
    """Delete a proposition on which nobody takes a stand

    Otherwise it is refused: take the stances back first.
    """
    service.delete(id, precondition())
    return gone()


@propositions.get("/propositions/<id:id>/stances")
@propositions.arguments(stances.StanceQuery, location="query")
@propositions.lists(stances.PropositionStancePage)
def list_proposition_stances(query: dict[str, Any], id: int) -> Response:
    """List who takes which stand on a proposition, with the statements

    `stance` narrows it to those who affirm, deny, or do so on a condition.
    """
    return listed(query, lambda after, limit: queries.stances_on(id, query, after, limit))
