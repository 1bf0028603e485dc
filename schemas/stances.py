"""Stances: what stand a statement takes on a proposition."""

from marshmallow import ValidationError, fields, validate, validates_schema

from schemas.base import LONGEST_TEXT, PageQuery, Shown, Strict, Text, either, page_of
from schemas.propositions import PropositionBrief
from schemas.statements import Statement

STANCES = ("affirms", "denies", "conditional", "unclear")
_STANCE = validate.OneOf(STANCES)


class StanceIn(Strict):
    """What stand a statement takes; what is left out is empty afterwards."""

    stance = fields.String(
        required=True,
        validate=_STANCE,
        metadata={"description": "`affirms` and `denies` are opposed; the others to nothing."},
    )
    condition = Text(
        2000,
        allow_none=True,
        metadata={
            "description": "On what it depends, with `conditional`.",
            "example": "if the dredging is paid for",
        },
    )
    note = Text(LONGEST_TEXT, allow_none=True)

    @validates_schema
    def _has_a_condition_only_if_conditional(self, data: dict[str, object], **_: object) -> None:
        if data.get("condition") and data.get("stance") != "conditional":
            raise ValidationError(
                "Who affirms or denies under a condition takes a conditional stand: "
                "say so in stance, or put this into note.",
                "condition",
            )


class StanceTaken(Shown):
    """What all that shows a stance shows of it."""

    id = fields.Integer(required=True)
    proposition = fields.Nested(PropositionBrief, required=True)
    stance = fields.String(required=True, validate=_STANCE)
    condition = fields.String(required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)
    stale = fields.Boolean(
        required=True,
        metadata={"description": "True while the statement has other words than it was read in."},
    )
    version = fields.Integer(required=True)
    created_at = fields.DateTime(required=True)
    updated_at = fields.DateTime(required=True)


class Stance(StanceTaken):
    """What stand a statement takes on a proposition, as a person read it."""

    statement = fields.Integer(required=True)


class StanceWithStatement(StanceTaken):
    """What stand is taken on a proposition, with the statement that takes it."""

    statement = fields.Nested(Statement, required=True)


class StanceQuery(PageQuery):
    """The filters of the list of stances on a proposition."""

    stance = either(*STANCES, description="Of one of these.")


StancePage = page_of(Stance, "StancePage")
PropositionStancePage = page_of(StanceWithStatement, "PropositionStancePage")
