"""Curated cross-references, and everything a statement is tied to."""

from marshmallow import fields, validate

from schemas.base import (
    LONGEST_TEXT,
    SOME,
    Count,
    Id,
    IdParameter,
    PageQuery,
    Shown,
    Strict,
    Text,
    either,
    page_of,
)
from schemas.contradictions import Contradiction
from schemas.reviews import Review
from schemas.statements import Statement

KINDS = ("supports", "restates", "responds_to", "quotes", "qualifies", "corrects")


class ReferenceIn(Strict):
    """A typed link to draw between two statements."""

    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    from_statement = Id(required=True)
    to_statement = Id(required=True)
    note = Text(LONGEST_TEXT, allow_none=True)


class Reference(Shown):
    """A typed link that a person drew between two statements."""

    id = fields.Integer(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    from_statement = fields.Integer(required=True)
    to_statement = fields.Integer(required=True)
    note = fields.String(required=True, allow_none=True)
    version = fields.Integer(required=True)
    created_at = fields.DateTime(required=True)
    updated_at = fields.DateTime(required=True)


class ReferenceQuery(PageQuery):
    """The filters of the list of cross-references."""

    statement = fields.List(
        IdParameter(), validate=SOME, metadata={"description": "From or to this statement."}
    )
    kind = either(*KINDS, description="Of one of these kinds.")


class RelatedQuery(Strict):
    """How much of each computed sort is wanted."""

    limit = Count(
        validate=validate.Range(1, 50),
        metadata={"description": "Statements of each computed sort, 1 to 50.", "default": 10},
    )


class Neighbour(Shown):
    """A statement near this one, and why it is."""

    statement = fields.Nested(Statement, required=True)
    why = fields.String(required=True)


class CuratedNeighbour(Reference):
    """A curated cross-reference with the statement at its other end."""

    statement = fields.Nested(Statement, required=True)
    why = fields.String(required=True)


class ContradictingNeighbour(Contradiction):
    """A contradiction of this statement."""

    why = fields.String(required=True)


class RelatedReview(Review):
    """A fact-check of this statement."""

    why = fields.String(required=True)


class Related(Shown):
    """Everything a statement is tied to, each with why."""

    contradictions = fields.List(fields.Nested(ContradictingNeighbour), required=True)
    references = fields.List(fields.Nested(CuratedNeighbour), required=True)
    reviews = fields.List(fields.Nested(RelatedReview), required=True)
    restatements = fields.List(fields.Nested(Neighbour), required=True)
    same_speaker = fields.List(fields.Nested(Neighbour), required=True)
    same_topic = fields.List(fields.Nested(Neighbour), required=True)


ReferencePage = page_of(Reference, "ReferencePage")
