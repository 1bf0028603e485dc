"""Where a speaker stands over time, and what changed."""

from marshmallow import fields, validate

from schemas.base import SOME, IdParameter, Shown, page_of
from schemas.contradictions import REASONS, STATUSES
from schemas.propositions import PropositionBrief
from schemas.stances import STANCES, Stance
from schemas.statements import DateRangeQuery, Statement

KINDS = ("reversal", "inconsistency", "conditional", "refinement", "dismissed")
ORDERS = ("certain", "likely", "uncertain")


class PositionQuery(DateRangeQuery):
    """By what a speaker's stands are grouped, and which are listed."""

    by = fields.String(
        validate=validate.OneOf(("proposition", "topic")),
        metadata={
            "description": "`proposition` (default): the stances that people saw in the speaker's "
            "statements; `topic`: all that the speaker said on it.",
        },
    )
    proposition = fields.List(
        IdParameter(), validate=SOME, metadata={"description": "On one of these propositions."}
    )
    topic = fields.List(
        fields.String(),
        validate=SOME,
        metadata={"description": "On one of these topics.", "example": ["harbour-plan"]},
    )


class StandBrief(Shown):
    """What stand is taken in a change."""

    stance = fields.String(required=True, validate=validate.OneOf(STANCES))
    condition = fields.String(required=True, allow_none=True)


class ChangeContradiction(Shown):
    """The ledger's contradiction of the two statements of a change."""

    id = fields.Integer(required=True)
    status = fields.String(required=True, validate=validate.OneOf(STATUSES))
    reason = fields.String(required=True, allow_none=True, validate=validate.OneOf(REASONS))


class PositionChange(Shown):
    """A change against an earlier statement of the same speaker."""

    kind = fields.String(
        required=True,
        validate=validate.OneOf(KINDS),
        metadata={
            "description": "`reversal`: the later says the opposite of the earlier; "
            "`inconsistency`: so too, but which is the later is not known; `conditional`: a "
            "condition came, went or changed; `refinement`: the same stand in other words; "
            "`dismissed`: a reviewer would not call it a reversal."
        },
    )
    order = fields.String(
        required=True,
        validate=validate.OneOf(ORDERS),
        metadata={
            "description": "`certain`: the first of the two ended before the second began; "
            "`likely`: so too, but a date is approximate or uncertain; `uncertain`: the dates meet "
            "or are missing."
        },
    )
    why = fields.String(required=True)
    proposition = fields.Nested(PropositionBrief, required=True, allow_none=True)
    statements = fields.List(
        fields.Nested(Statement),
        required=True,
        metadata={"description": "Both whole, the earlier first."},
    )
    stances = fields.List(
        fields.Nested(StandBrief),
        required=True,
        allow_none=True,
        metadata={"description": "Of the two statements; null where no stances tell of it."},
    )
    contradiction = fields.Nested(ChangeContradiction, required=True, allow_none=True)


class SpeakerPosition(Shown):
    """A statement of a speaker on a proposition or topic, and what it changed."""

    proposition = fields.Nested(PropositionBrief, required=True, allow_none=True)
    topic = fields.String(required=True, allow_none=True)
    statement = fields.Nested(Statement, required=True)
    stances = fields.List(fields.Nested(Stance), required=True)
    changes = fields.List(fields.Nested(PositionChange), required=True)


SpeakerPositionPage = page_of(SpeakerPosition, "SpeakerPositionPage")
