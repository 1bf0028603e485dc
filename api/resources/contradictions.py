"""``/v1/contradictions``: statements held against each other."""

from functools import partial
from typing import Any

from flask import Response, current_app, url_for

from api.linked_data import contradictions as linked_contradictions
from api.resources.contradiction_entries import entries
from api.services.common.idempotency import in_one_transaction
from api.services.contradictions import review
from api.services.contradictions.check import check
from api.services.reading import counts, queries
from api.web.http.media_types import ATOM, JSON, LD_JSON
from api.web.http.preconditions import precondition
from api.web.middleware.access import READ, REVIEW
from api.web.openapi.blueprint import Blueprint
from api.web.responses.formats import computed, created, linked, shown
from api.web.responses.idempotency import answered_once
from api.web.responses.pages import listed
from schemas import contradictions as schemas
from schemas.base import AsOfQuery
from schemas.counts import ContradictionCounts, ContradictionCountsQuery

contradictions = Blueprint(
    "contradictions", __name__, description="Statements held against each other."
)

_FORMS = linked(linked_contradictions)


@contradictions.get("/contradictions")
@contradictions.arguments(schemas.ContradictionQuery, location="query")
@contradictions.alt_response(409, response="Conflict")
@contradictions.lists(schemas.ContradictionPage, LD_JSON)
def list_contradictions(query: dict[str, Any]) -> Response:
    """List contradictions with their evidence

    Without `status` the flagged and the confirmed.
    """
    return listed(
        query, lambda after, limit: queries.contradiction_page(query, after, limit), _FORMS
    )


@contradictions.get("/contradictions/counts")
@contradictions.arguments(ContradictionCountsQuery, location="query")
@contradictions.alt_response(409, response="Conflict")
@contradictions.lists(ContradictionCounts)
def list_contradiction_counts(query: dict[str, Any]) -> Response:
    """Count contradictions by status, nature, scope or basis

    Under the filters of the list of contradictions: without `status` the flagged and the
    confirmed. One counts for each basis it has. Of many ten thousand at the most are counted,
    those raised last, and `capped` says so.
    """
    return listed(query, partial(counts.contradiction_counts, query))


@contradictions.get("/contradictions.atom")
@contradictions.arguments(schemas.ContradictionFeedQuery, location="query")
@contradictions.serves(ATOM)
@contradictions.sends("PageLink")
def list_contradictions_in_feed(query: dict[str, Any]) -> Response:
    """Follow contradictions in a reader of feeds

    An Atom feed of the list under its filters: what was raised, reviewed or judged anew last
    comes first.
    """
    latest = {**query, "sort": "-updated_at"}
    forms = {ATOM: entries}
    return listed(
        latest, lambda after, limit: queries.contradiction_page(latest, after, limit), forms
    )


@contradictions.post("/contradictions")
@contradictions.arguments(schemas.ContradictionIn)
@contradictions.alt_response(409, response="Conflict")
@contradictions.response(201, schemas.Contradiction)
@contradictions.needs(REVIEW)
@contradictions.creates()
def create_contradiction(given: dict[str, Any]) -> Response:
    """Put a contradiction in by hand

    For what no detector sees. It is flagged with the basis `manual`, and reviewed like the others.
    """

    def answer() -> Response:
        made = review.put_in(given)
        location = url_for("contradictions.get_contradiction", id=made)
        return created(queries.contradiction(made), location)

    return answered_once(answer)


@contradictions.get("/contradictions/<id:id>")
@contradictions.arguments(AsOfQuery, location="query")
@contradictions.response(200, schemas.Contradiction)
@contradictions.serves(JSON, LD_JSON)
def get_contradiction(query: dict[str, Any], id: int) -> Response:
    """Read a contradiction in any status

    As `application/ld+json` it is a schema.org `CreativeWork` about both, with terms of its own.
    """
    return shown(queries.contradiction(id, **query), _FORMS)


@contradictions.patch("/contradictions/<id:id>")
@contradictions.arguments(schemas.Decision)
@contradictions.alt_response(409, response="Conflict")
@contradictions.response(200, schemas.Contradiction)
@contradictions.needs(REVIEW)
def review_contradiction(given: dict[str, Any], id: int) -> Response:
    """Confirm or dismiss a contradiction

    The decision holds for the two texts, speakers and dates it was made on. To decide a decided
    one, send its current ETag in `If-Match`.
    """

    def answer() -> Response:
        review.decide(id, given, precondition())
        return shown(queries.contradiction(id))

    return in_one_transaction(answer)


@contradictions.post("/contradictions/check")
@contradictions.arguments(schemas.Check)
@contradictions.response(200, schemas.CheckResults)
@contradictions.needs(READ)
def check_contradictions(given: dict[str, Any]) -> Response:
    """Hold pairs of texts against each other; nothing is stored

    Up to 500 pairs, each with a verdict that says in a sentence why, and shows the words it rests
    on. What is left out of a side, its speaker or its date, is open.
    """
    settings = current_app.config["SETTINGS"]
    same_event = given.get("assume_same_event", False)
    results = check(
        given["pairs"], same_event, settings.max_check_characters, settings.max_check_words
    )
    return computed({"results": results})
