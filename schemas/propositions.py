"""Propositions."""

from marshmallow import fields, validate

from schemas.base import (
    LONGEST_TEXT,
    SOME,
    IdParameter,
    PageQuery,
    Patch,
    Shown,
    Strict,
    Text,
    page_of,
)
from schemas.sources import LANGUAGE
from schemas.topics import TopicName


class PropositionIn(Strict):
    """A sentence that people take a stand on; the same as one that is there when its words are."""

    text = Text(
        1000,
        required=True,
        metadata={
            "description": "A sentence that names no speaker and can be affirmed or denied.",
            "example": "The harbour should be closed",
        },
    )
    topics = fields.List(TopicName(), validate=validate.Length(max=50))
    note = Text(LONGEST_TEXT, allow_none=True)
    language = fields.String(
        validate=LANGUAGE,
        metadata={"description": "Left out, it is told from the words.", "example": "en"},
    )


class PropositionPatch(Patch, PropositionIn):
    """Changes to a proposition; what is left out stays."""


class StanceCounts(Shown):
    """How many active statements take which stand; stale stances are not counted."""

    affirms = fields.Integer(required=True)
    denies = fields.Integer(required=True)
    conditional = fields.Integer(required=True)
    unclear = fields.Integer(required=True)


class Proposition(Shown):
    """A sentence that people take a stand on, whoever they are."""

    id = fields.Integer(required=True)
    text = fields.String(required=True)
    topics = fields.List(fields.String(), required=True)
    note = fields.String(required=True, allow_none=True)
    language = fields.String(required=True)
    stances = fields.Nested(StanceCounts, required=True)
    version = fields.Integer(required=True)
    created_at = fields.DateTime(required=True)
    updated_at = fields.DateTime(required=True)


class PropositionBrief(Shown):
    """A proposition as a stance shows it."""

    id = fields.Integer(required=True)
    text = fields.String(required=True)


class PropositionQuery(PageQuery):
    """The filters of the list of propositions."""

    q = fields.String(
        metadata={
            "description": 'Words that the text has; `"…"` is a phrase, all else is literal.',
            "example": "harbour",
        }
    )
    topic = fields.List(
        fields.String(),
        validate=SOME,
        metadata={"description": "On one of these topics.", "example": ["harbour-plan"]},
    )
    statement = fields.List(
        IdParameter(),
        validate=SOME,
        metadata={"description": "On which this statement takes a stand."},
    )
    speaker = fields.List(
        fields.String(),
        validate=SOME,
        metadata={
            "description": "On which this speaker takes a stand: id, name or alias.",
            "example": ["Ada Brook"],
        },
    )


PropositionPage = page_of(Proposition, "PropositionPage")
