"""Counts of statements, for facets and plots."""

from marshmallow import fields, validate

from schemas.base import Shown, page_of
from schemas.speakers import SpeakerBrief
from schemas.statements import StatementFilters

COUNTED_BY = ("speaker", "topic", "publisher", "kind", "year", "month")


class CountsQuery(StatementFilters):
    """By what to count, and the filters of the list of statements."""

    by = fields.String(
        required=True,
        validate=validate.OneOf(COUNTED_BY),
        metadata={"description": "What to count by.", "example": "speaker"},
    )


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
