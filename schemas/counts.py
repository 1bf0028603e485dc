"""Counts of statements, contradictions, reviews and speakers, for facets, plots and totals."""

from typing import Any

from marshmallow import fields, validate

from schemas.base import Shown, page_of
from schemas.contradictions import ContradictionQuery
from schemas.reviews import ReviewQuery
from schemas.speakers import SpeakerBrief, SpeakerQuery
from schemas.statements import StatementFilters

COUNTED_BY = ("speaker", "topic", "publisher", "kind", "year", "month")
CONTRADICTIONS_BY = ("status", "nature", "scope", "basis")
REVIEWS_BY = ("label", "author", "language")
SPEAKERS_BY = ("kind",)


def _by(words: tuple[str, ...]) -> Any:
    return fields.String(
        required=True,
        validate=validate.OneOf(words),
        metadata={"description": "What to count by.", "example": words[0]},
    )


class CountsQuery(StatementFilters):
    """By what to count, and the filters of the list of statements."""

    by = _by(COUNTED_BY)


class ContradictionCountsQuery(ContradictionQuery):
    """By what to count, and the filters of the list of contradictions."""

    class Meta:
        exclude = ("sort",)

    by = _by(CONTRADICTIONS_BY)


class ReviewCountsQuery(ReviewQuery):
    """By what to count, and the filters of the list of reviews."""

    class Meta:
        exclude = ("sort",)

    by = _by(REVIEWS_BY)


class SpeakerCountsQuery(SpeakerQuery):
    """By what to count, and the filters of the list of speakers."""

    by = _by(SPEAKERS_BY)


class StatementCount(Shown):
    """How many statements have a value."""

    value = fields.String(
        required=True,
        allow_none=True,
        metadata={
            "description": "What the list's filter of this name takes; `2026` or `2026-03` by year "
            "or month; null for the statements that have none.",
        },
    )
    label = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "The value as people write it; a speaker's name."},
    )
    speaker = fields.Nested(
        SpeakerBrief, required=True, allow_none=True, metadata={"description": "By speaker only."}
    )
    count = fields.Integer(required=True)


class Count(Shown):
    """How many things of a list have a value."""

    value = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "What the list's filter takes; null for those that have none."},
    )
    label = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "The value as people write it."},
    )
    count = fields.Integer(required=True)


class StatementCounts(page_of(StatementCount, "StatementCountPage")):  # type: ignore[misc]
    """Counts of statements by one thing."""

    by = fields.String(required=True, validate=validate.OneOf(COUNTED_BY))
    total = fields.Integer(
        required=True,
        metadata={"description": "Statements that are counted, each once."},
    )
    capped = fields.Boolean(
        required=True,
        metadata={
            "description": "Whether there are more under the filters than are counted: of many, "
            "those that were said last are."
        },
    )


class Counted(Shown):
    """What counts of the things of a list say besides them."""

    total = fields.Integer(
        required=True, metadata={"description": "Things that are counted, each once."}
    )
    capped = fields.Boolean(
        required=True,
        metadata={
            "description": "Whether there are more under the filters than are counted: ten "
            "thousand at the most, the first in the order of the list."
        },
    )


class ContradictionCounts(page_of(Count, "ContradictionCountPage"), Counted):  # type: ignore[misc]
    """Counts of contradictions by one thing."""

    by = fields.String(required=True, validate=validate.OneOf(CONTRADICTIONS_BY))


class ReviewCounts(page_of(Count, "ReviewCountPage"), Counted):  # type: ignore[misc]
    """Counts of fact-checks by one thing."""

    by = fields.String(required=True, validate=validate.OneOf(REVIEWS_BY))


class SpeakerCounts(page_of(Count, "SpeakerCountPage"), Counted):  # type: ignore[misc]
    """Counts of speakers by one thing."""

    by = fields.String(required=True, validate=validate.OneOf(SPEAKERS_BY))
