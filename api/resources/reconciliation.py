"""``/v1/reconcile``: the Reconciliation Service API over speakers, for OpenRefine and its kin."""

from typing import Any

from flask import Response, current_app, request
from marshmallow import EXCLUDE

from api import __version__
from api.resources import previews
from api.services.common.errors import InvalidParameter, TooLarge
from api.services.speakers import reconcile as service
from api.web.http.bodies import checked, checked_each, read_json
from api.web.http.media_types import HTML
from api.web.middleware.access import READ
from api.web.openapi.blueprint import Blueprint
from api.web.responses.formats import computed
from api.web.responses.pages import at_head
from schemas import reconciliation as schemas

reconciliation = Blueprint(
    "reconciliation", __name__, description="The Reconciliation Service API 0.2 over speakers."
)

_MOST_IDS = 500
_SUGGESTIONS = 20
_PATH = "/v1/reconcile"


@reconciliation.get("/reconcile")
@reconciliation.arguments(schemas.ReconciliationIn, location="query")
@reconciliation.alt_response(400, response="MalformedBody")
@reconciliation.alt_response(413, response="TooLarge")
@reconciliation.response(200, schemas.ReconciliationAnswer)
def get_reconciliation(query: dict[str, Any]) -> Response:
    """Read the manifest of the reconciliation service, or reconcile names

    Without parameters it is the manifest; with `queries` or `extend` the answer of the POST.
    """
    return at_head(lambda: computed(_answer(query) if query else _manifest()))


@reconciliation.post("/reconcile")
@reconciliation.arguments(schemas.ReconciliationIn, location="form")
@reconciliation.alt_response(400, response="MalformedBody")
@reconciliation.response(200, schemas.ReconciliationAnswer)
@reconciliation.needs(READ)
def reconcile_speakers(form: dict[str, Any]) -> Response:
    """Find the speakers that names mean, or read what is known of some

    `queries` gives scored candidates for a batch of names, `extend` properties of speakers.
    """
    return computed(_answer(form))


@reconciliation.get("/reconcile/suggest/entity")
@reconciliation.arguments(schemas.SuggestEntityQuery, location="query", unknown=EXCLUDE)
@reconciliation.response(200, schemas.SuggestedEntities)
def suggest_speakers(query: dict[str, Any]) -> Response:
    """Complete the name of a speaker

    For a person who types: names and aliases that begin like `prefix`.
    """
    skip, limit = query.get("cursor", 0), query.get("limit", _SUGGESTIONS)

    def suggested() -> Response:
        return computed(
            {"result": service.suggest(query["prefix"], query.get("type", ()), skip, limit)}
        )

    return at_head(suggested)


@reconciliation.get("/reconcile/suggest/type")
@reconciliation.arguments(schemas.SuggestQuery, location="query", unknown=EXCLUDE)
@reconciliation.response(200, schemas.SuggestedTerms)
def suggest_types(query: dict[str, Any]) -> Response:
    """Complete the name of a type

    The types are the kinds of speaker.
    """
    return at_head(lambda: computed(_terms([service.shown_type(k) for k in service.KINDS], query)))


@reconciliation.get("/reconcile/suggest/property")
@reconciliation.arguments(schemas.SuggestQuery, location="query", unknown=EXCLUDE)
@reconciliation.response(200, schemas.SuggestedTerms)
def suggest_properties(query: dict[str, Any]) -> Response:
    """Complete the name of a property by which speakers are told apart

    Those that a query may give beside the name.
    """
    matched = [
        {"id": each, "name": name, "description": meaning}
        for each, (name, meaning) in service.PROPERTIES.items()
        if each in service.MATCHED
    ]
    return at_head(lambda: computed(_terms(matched, query)))


@reconciliation.get("/reconcile/properties")
@reconciliation.arguments(schemas.ProposalQuery, location="query", unknown=EXCLUDE)
@reconciliation.response(200, schemas.ProposedProperties)
def propose_properties(query: dict[str, Any]) -> Response:
    """List the properties that can be read of speakers

    What `extend` gives.
    """
    names = [{"id": each, "name": name} for each, (name, _) in service.PROPERTIES.items()]
    proposed: dict[str, Any] = {
        "type": query.get("type"),
        "properties": names[: query.get("limit")],
    }
    if "limit" in query:
        proposed["limit"] = query["limit"]
    return at_head(lambda: computed(proposed))


@reconciliation.get("/reconcile/preview/<id:id>")
@reconciliation.response(200, {"type": "string"}, content_type=HTML)
@reconciliation.serves(HTML)
def preview_speaker(id: int) -> Response:
    """Show a speaker as a small HTML page

    For the window in which OpenRefine shows a candidate.
    """
    return at_head(lambda: previews.preview(*service.preview(id)))


def _answer(given: dict[str, Any]) -> dict[str, Any]:
    if set(given) == {"queries"}:
        most = current_app.config["SETTINGS"].max_reconcile
        queries = read_json(given["queries"].encode())
        if isinstance(queries, dict) and len(queries) > most:
            raise TooLarge(f"The batch has {len(queries)} queries; up to {most} are answered.")
        return service.reconcile(checked_each(queries, schemas.ReconciliationQuery()))
    if set(given) == {"extend"}:
        wanted = checked(read_json(given["extend"].encode()), schemas.ExtensionQuery())
        if len(wanted["ids"]) > _MOST_IDS:
            raise TooLarge(f"There are {len(wanted['ids'])} ids; up to {_MOST_IDS} are answered.")
        return service.extend(wanted["ids"], [each["id"] for each in wanted["properties"]])
    raise InvalidParameter("queries", "Give either queries or extend.")


def _manifest() -> dict[str, Any]:
    root = request.host_url.rstrip("/")

    def at(path: str) -> dict[str, str]:
        return {"service_url": root, "service_path": _PATH + path}

    return {
        "versions": ["0.2"],
        "name": "Counterclaim: speakers",
        "identifierSpace": f"{root}/v1/speakers/",
        "schemaSpace": "https://schema.org/Thing",
        "documentation": f"{root}/docs/",
        "serviceVersion": __version__,
        "batchSize": current_app.config["SETTINGS"].max_reconcile,
        "defaultTypes": [service.shown_type(kind) for kind in service.KINDS],
        "view": {"url": f"{root}/v1/speakers/{{{{id}}}}"},
        "preview": {
            "url": f"{root}{_PATH}/preview/{{{{id}}}}",
            "width": previews.WIDTH,
            "height": previews.HEIGHT,
        },
        "suggest": {each: at(f"/suggest/{each}") for each in ("entity", "type", "property")},
        "extend": {"propose_properties": at("/properties"), "property_settings": []},
    }


def _terms(known: list[dict[str, str]], query: dict[str, Any]) -> dict[str, Any]:
    """Those of a short list whose id, or a word of whose name, begins like what was typed."""
    prefix = query["prefix"].strip().casefold()
    found = [
        each
        for each in known
        if any(
            word.startswith(prefix)
            for word in (each["id"], each["name"].casefold(), *each["name"].casefold().split())
        )
    ]
    skip = query.get("cursor", 0)
    return {"result": found[skip : skip + query.get("limit", _SUGGESTIONS)]}
