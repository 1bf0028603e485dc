"""``/v1/reviews``: fact-checks of statements."""

from functools import partial
from typing import Any

from flask import Response, request, url_for

from api.linked_data import Page, claim_reviews, decoded, read_page
from api.resources.review_outcomes import imported
from api.services.common.idempotency import in_one_transaction
from api.services.reading import counts, queries
from api.services.statements import reviews as service
from api.web.http.bodies import read_body
from api.web.http.media_types import HTML, JSON, LD_JSON
from api.web.http.preconditions import precondition
from api.web.http.problem_types import MALFORMED
from api.web.http.problems import Problem
from api.web.middleware.access import WRITE
from api.web.openapi.blueprint import Blueprint
from api.web.responses.formats import computed, created, gone, linked, shown
from api.web.responses.idempotency import answered_once
from api.web.responses.pages import listed
from schemas import reviews as schemas
from schemas.base import AsOfQuery
from schemas.counts import ReviewCounts, ReviewCountsQuery

reviews = Blueprint("reviews", __name__, description="Fact-checks of statements.")

_FORMS = linked(claim_reviews)


@reviews.get("/reviews")
@reviews.arguments(schemas.ReviewQuery, location="query")
@reviews.alt_response(409, response="Conflict")
@reviews.lists(schemas.ReviewPage, LD_JSON)
def list_reviews(query: dict[str, Any]) -> Response:
    """List fact-checks

    As `application/ld+json` each is a schema.org `ClaimReview`.
    """
    return listed(query, lambda after, limit: queries.review_page(query, after, limit), _FORMS)


@reviews.get("/reviews/counts")
@reviews.arguments(ReviewCountsQuery, location="query")
@reviews.alt_response(409, response="Conflict")
@reviews.lists(ReviewCounts)
def list_review_counts(query: dict[str, Any]) -> Response:
    """Count fact-checks by label, author or language

    Under the filters of the list of fact-checks. Of many ten thousand at the most are counted,
    those added last, and `capped` says so.
    """
    return listed(query, partial(counts.review_counts, query))


@reviews.post("/reviews")
@reviews.arguments(schemas.ReviewIn)
@reviews.alt_response(409, response="Conflict")
@reviews.alt_response(200, schema=schemas.Review, success=True)
@reviews.response(201, schemas.Review)
@reviews.creates()
def create_review(given: dict[str, Any]) -> Response:
    """Add a fact-check of a statement

    One that is there already, by its `url` and its statement, is answered with 200.
    """

    def answer() -> Response:
        review_id, new = service.add(given)
        return created(queries.review(review_id), url_for("reviews.get_review", id=review_id), new)

    return answered_once(answer)


@reviews.get("/reviews/<id:id>")
@reviews.arguments(AsOfQuery, location="query")
@reviews.response(200, schemas.Review)
@reviews.serves(JSON, LD_JSON)
def get_review(query: dict[str, Any], id: int) -> Response:
    """Read a fact-check

    As `application/ld+json` it is a schema.org `ClaimReview`.
    """
    return shown(queries.review(id, **query), _FORMS)


@reviews.patch("/reviews/<id:id>")
@reviews.arguments(schemas.ReviewPatch)
@reviews.alt_response(409, response="Conflict")
@reviews.response(200, schemas.Review)
def revise_review(changes: dict[str, Any], id: int) -> Response:
    """Revise a fact-check

    Of its author and its rating, what is left out stays.
    """

    def answer() -> Response:
        service.revise(id, changes, precondition())
        return shown(queries.review(id))

    return in_one_transaction(answer)


@reviews.delete("/reviews/<id:id>")
@reviews.response(204)
def delete_review(id: int) -> Response:
    """Remove a fact-check; its statement stays

    It stays in the history, and may be added again.
    """
    service.delete(id, precondition())
    return gone()


@reviews.post("/reviews/import")
@reviews.arguments(schemas.ReviewImportQuery, location="query")
@reviews.takes(JSON, LD_JSON, HTML)
@reviews.response(200, schemas.ReviewImport)
@reviews.needs(WRITE)
def import_reviews(query: dict[str, Any]) -> Response:
    """Take fact-checks in with their claims, from schema.org or from Google's Fact Check Tools

    The body is JSON-LD with `ClaimReview` anywhere in it (alone, in a list, in a `@graph`, in a
    DataFeed), an HTML page that has it in scripts of `application/ld+json` (pointers lead into the
    list of those), or an answer of `claims:search`. Each is taken in by itself and has an outcome
    of its own; its claim becomes a statement, which is held against the ledger. What is optional
    and cannot be read is left out, with a warning. Sent again, what is there already is brought up
    to date.
    """
    document = _page() if request.mimetype == HTML else read_body(request)
    return computed(imported(document, query.get("url"), bool(query.get("dry_run"))))


def _page() -> Page:
    """The page that the body is."""
    try:
        return read_page(decoded(request.get_data(), request.mimetype_params.get("charset")))
    except ValueError as error:
        raise Problem(MALFORMED, f"The page cannot be read as text: {error}.") from error
