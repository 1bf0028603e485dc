"""What becomes of each fact-check of a document that is imported."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema

from api.ledger.database import LedgerBusy
from api.linked_data import Reading, found_reviews
from api.services.import_reviews import import_review
from api.services.refusals import Invalid, Refusal, TooLarge
from api.web.bodies import checked
from api.web.problems import Problem, of_line
from schemas.reviews import ImportedReviewIn

MOST = 500
"""Fact-checks that one call takes in."""


def outcomes(document: Any) -> list[dict[str, Any]]:
    """Take in every fact-check of a document, each by itself.

    Raises:
        Invalid: there is none.
        TooLarge: there are too many.
    """
    found = list(found_reviews(document))
    if not found and document not in ([], {"claims": []}):
        raise Invalid(
            "",
            "There is no fact-check here: send schema.org ClaimReview as JSON-LD, or an answer of "
            "claims:search.",
        )
    if len(found) > MOST:
        raise TooLarge(f"There are {len(found)} fact-checks here: send {MOST} at a time.")
    schema = ImportedReviewIn()
    return [_outcome(index, reading, schema) for index, reading in enumerate(found)]


def _outcome(index: int, reading: Reading, schema: Schema) -> dict[str, Any]:
    told: dict[str, Any] = {
        "index": index,
        "pointer": reading.pointer,
        "outcome": "refused",
        "url": reading.given.get("url"),
        "id": None,
        "statement": None,
        "problem": None,
    }
    try:
        imported = import_review(checked(reading.given, schema))
    except (Problem, Refusal, LedgerBusy) as error:
        return told | {"problem": _placed(of_line(error), reading)}
    return told | {
        "outcome": imported.outcome,
        "id": imported.review_id,
        "statement": imported.statement_id,
    }


def _placed(problem: dict[str, Any], reading: Reading) -> dict[str, Any]:
    """A problem whose pointers lead into the document instead of into what was read of it."""
    if "errors" not in problem:
        return problem
    errors = [
        {**error, "pointer": _place(error["pointer"], reading.places, reading.pointer)}
        for error in problem["errors"]
    ]
    # What a member lacks is lacking in one place, however many were to be filled from there.
    errors = list({error["pointer"]: error for error in reversed(errors)}.values())[::-1]
    return problem | {
        "detail": f"{errors[0]['pointer']}: {errors[0]['detail']}",
        "errors": errors,
    }


def _place(pointer: str, places: Mapping[str, str], otherwise: str) -> str:
    while pointer:
        if pointer in places:
            return places[pointer]
        pointer = pointer.rpartition("/")[0]
    return otherwise
