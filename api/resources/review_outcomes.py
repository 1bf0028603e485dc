"""What becomes of each fact-check of a document that is imported."""

from collections.abc import Callable, Mapping
from typing import Any

from marshmallow import Schema

from api.deadline import DeadlineExceeded, check_deadline
from api.ledger.storage.database import LedgerBusy
from api.linked_data import Page, Reading, found_reviews
from api.services.common.errors import Invalid, ServiceError, TooLarge
from api.services.dry_runs.imports import try_review
from api.services.imports.reviews import Imported, PreparedReview, import_review, prepare_review
from api.web.http.optional import without_faults
from api.web.http.problems import Problem, of_line
from schemas.reviews import ImportedReviewIn

MOST = 500
"""Fact-checks that one call takes in."""

_NOTHING = (
    "There is no fact-check here: send schema.org ClaimReview as JSON-LD, a page that has it in "
    "scripts of application/ld+json, or an answer of claims:search."
)
_Take = Callable[[PreparedReview], Imported]


def imported(document: Any, page: str | None, dry_run: bool) -> dict[str, Any]:
    """Take in every fact-check of a document, each by itself.

    Args:
        document: JSON-LD, an answer of ``claims:search``, or an HTML page that was read.
        page: the address of the page that it is from, where that is told.
        dry_run: whether each is tried by itself, and nothing is stored.

    Raises:
        Invalid: there is none.
        TooLarge: there are too many.
    """
    warnings: dict[str, str] = {}
    is_empty_answer = document in ([], {"claims": []})
    if isinstance(document, Page):
        page = page or document.address
        warnings = {f"/{number}": told for number, told in document.faults.items()}
        document = document.documents
    found = list(found_reviews(document, page))
    if not found and not is_empty_answer:
        raise Invalid("", _NOTHING)
    if len(found) > MOST:
        raise TooLarge(f"There are {len(found)} fact-checks here: send {MOST} at a time.")
    schema = ImportedReviewIn()
    take = try_review if dry_run else import_review
    outcomes = [_outcome(index, reading, schema, take) for index, reading in enumerate(found)]
    return {"outcomes": outcomes, "warnings": _listed(warnings)}


def _outcome(index: int, reading: Reading, schema: Schema, take: _Take) -> dict[str, Any]:
    told: dict[str, Any] = {
        "index": index,
        "pointer": reading.pointer,
        "outcome": "refused",
        "url": reading.given.get("url"),
        "id": None,
        "statement": None,
        "candidates": [],
        "problem": None,
        "warnings": _listed(reading.warnings),
    }
    try:
        check_deadline("importing fact-checks")
        given, dropped = without_faults(reading.given, schema)
        done = take(prepare_review(given))
    except (Problem, ServiceError, LedgerBusy, DeadlineExceeded) as error:
        return told | {"problem": _placed(of_line(error), reading)}
    warnings = dict(reading.warnings)
    for pointer, detail in dropped.items():
        # Where a thing is left out for the lack of what was, the first tells why.
        warnings.setdefault(_place(pointer, reading.places, reading.pointer), detail)
    return told | {
        "outcome": done.outcome,
        "id": done.review_id,
        "statement": done.statement_id,
        "warnings": _listed(warnings),
        "candidates": done.candidates,
    }


def _listed(warnings: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"pointer": pointer, "detail": detail} for pointer, detail in warnings.items()]


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
