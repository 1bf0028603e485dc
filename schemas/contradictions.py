"""Contradictions: shown, reviewed, put in by hand, and checked on request."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from schemas.base import (
    LONGEST_TEXT,
    SOME,
    Edtf,
    Flag,
    Id,
    IdParameter,
    Position,
    Shown,
    Strict,
    Text,
    either,
    page_of,
)
from schemas.sources import LANGUAGE
from schemas.statements import DateRangeQuery, Statement

NATURES = ("factual", "position")
BASES = (
    "negation",
    "antonym",
    "quantity",
    "quantifier",
    "stance",
    "entailment",
    "curated",
    "manual",
)
SCOPES = ("same_speaker", "cross_speaker")
STATUSES = ("candidate", "flagged", "confirmed", "dismissed", "withdrawn")
REASONS = (
    "different_subject",
    "different_time",
    "different_scope",
    "conditional",
    "restatement",
    "refinement",
    "misread",
    "other",
)
INCOMPARABLE = ("agent", "time", "unit", "place", "topic", "hedged", "language")
MOST_PAIRS = 500


class Evidence(Shown):
    """Words of one of the two statements that a contradiction rests on, in code points."""

    statement = fields.Integer(required=True, allow_none=True)
    start = fields.Integer(required=True)
    end = fields.Integer(required=True)
    text = fields.String(required=True)
    role = fields.String(required=True)


class Contradiction(Shown):
    """Two statements held against each other."""

    id = fields.Integer(required=True, allow_none=True)
    statements = fields.List(
        fields.Nested(Statement), required=True, validate=validate.Length(equal=2)
    )
    nature = fields.String(required=True, validate=validate.OneOf(NATURES))
    basis = fields.List(fields.String(validate=validate.OneOf(BASES)), required=True)
    scope = fields.String(required=True, validate=validate.OneOf(SCOPES))
    status = fields.String(required=True, validate=validate.OneOf(STATUSES))
    score = fields.Float(required=True)
    explanation = fields.String(required=True)
    evidence = fields.List(fields.Nested(Evidence), required=True)
    detector = fields.String(required=True)
    reason = fields.String(required=True, allow_none=True, validate=validate.OneOf(REASONS))
    reviewed_by = fields.String(required=True, allow_none=True)
    reviewed_at = fields.DateTime(required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)
    version = fields.Integer(required=True)
    created_at = fields.DateTime(required=True)
    updated_at = fields.DateTime(required=True)


class StatementWithContradictions(Statement):
    """A statement as it was recorded, with what is flagged against it."""

    contradictions = fields.List(fields.Nested(Contradiction), required=True)


class Between(fields.String):
    """Two speakers' ids with a comma between them."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        ids = super()._deserialize(value, attr, data, **kwargs).split(",")
        if len(ids) != 2:
            raise ValidationError("Give two speakers' ids with a comma between them: 1,2.")
        return tuple(IdParameter().deserialize(each) for each in ids)


class ContradictionQuery(DateRangeQuery):
    """The filters of the list of contradictions."""

    speaker = fields.List(
        fields.String(),
        validate=SOME,
        metadata={
            "description": "Either side is by this speaker: id, name or alias.",
            "example": ["Ada Brook"],
        },
    )
    between = Between(
        metadata={
            "description": "The two sides are by these speakers.",
            "example": "1,2",
            "pattern": "^[1-9][0-9]{0,18},[1-9][0-9]{0,18}$",
        }
    )
    topic = fields.List(
        fields.String(),
        validate=SOME,
        metadata={"description": "Either side is on this topic.", "example": ["harbour-plan"]},
    )
    nature = either(*NATURES, description="Of one of these natures.")
    basis = either(*BASES, description="Resting on one of these.")
    scope = either(*SCOPES, description="A reversal, or between two speakers.")
    status = either(*STATUSES, description="The flagged and the confirmed where it is left out.")
    min_score = fields.Float(
        allow_nan=False,
        validate=validate.Range(0, 1),
        metadata={"description": "With at least this score.", "example": 0.8},
    )
    statement = fields.List(
        IdParameter(), validate=SOME, metadata={"description": "Either side is this statement."}
    )
    sort = fields.String(
        validate=validate.OneOf(("-created_at", "-score")),
        metadata={"description": "`-created_at` (default): the newest first."},
    )


class ContradictionFeedQuery(ContradictionQuery):
    """The filters of the feed of contradictions; it has an order and a media type of its own."""

    class Meta:
        exclude = ("all", "sort")


class Decision(Strict):
    """A reviewer's decision."""

    status = fields.String(required=True, validate=validate.OneOf(("confirmed", "dismissed")))
    reason = fields.String(
        allow_none=True,
        validate=validate.OneOf(REASONS),
        metadata={"description": "Required with `dismissed`."},
    )
    reviewed_by = Text(allow_none=True, metadata={"example": "A. Editor"})
    note = Text(LONGEST_TEXT, allow_none=True)

    @validates_schema
    def _gives_its_reason(self, data: dict[str, object], **_: object) -> None:
        if data.get("status") == "dismissed" and not data.get("reason"):
            raise ValidationError(f"Say why it is dismissed: {', '.join(REASONS)}.", "reason")
        if data.get("status") == "confirmed" and data.get("reason"):
            raise ValidationError("Only a dismissal has a reason: use note instead.", "reason")


class EvidenceIn(Position):
    """Words of one of the two statements, in code points."""

    statement = Id(required=True)
    role = Text(allow_none=True)


class ContradictionIn(Strict):
    """A contradiction put in by hand."""

    statements = fields.List(
        Id(),
        required=True,
        validate=validate.Length(equal=2, error="Give the ids of two statements."),
        metadata={"example": [1, 2], "uniqueItems": True},
    )
    nature = fields.String(required=True, validate=validate.OneOf(NATURES))
    explanation = Text(LONGEST_TEXT, allow_none=True)
    evidence = fields.List(fields.Nested(EvidenceIn), validate=validate.Length(max=50))
    note = Text(LONGEST_TEXT, allow_none=True)


class CheckSide(Strict):
    """One text of a pair; what is left out is open."""

    text = Text(LONGEST_TEXT, required=True)
    speaker = Text(allow_none=True)
    said_on = Edtf(allow_none=True)
    language = fields.String(
        allow_none=True,
        validate=LANGUAGE,
        metadata={"description": "Left out, it is told from the words; `en` is compared."},
    )


class CheckPair(Strict):
    """Two texts to hold against each other."""

    a = fields.Nested(CheckSide, required=True)
    b = fields.Nested(CheckSide, required=True)


class Check(Strict):
    """Pairs of texts to hold against each other; nothing is stored."""

    pairs = fields.List(
        fields.Nested(CheckPair), required=True, validate=validate.Length(1, MOST_PAIRS)
    )
    assume_same_event = Flag(
        metadata={"description": "Take indefinite agents and the times of both as the same."},
    )


class CheckEvidence(Shown):
    """Words of one side that a verdict rests on, in code points."""

    side = fields.String(required=True, validate=validate.OneOf(("a", "b")))
    start = fields.Integer(required=True)
    end = fields.Integer(required=True)
    text = fields.String(required=True)
    role = fields.String(required=True)


class Verdict(Shown):
    """What two texts are to each other, and why."""

    verdict = fields.String(
        required=True, validate=validate.OneOf(("flagged", "candidate", "none"))
    )
    nature = fields.String(required=True, allow_none=True, validate=validate.OneOf(NATURES))
    basis = fields.List(fields.String(validate=validate.OneOf(BASES)), required=True)
    score = fields.Float(required=True)
    explanation = fields.String(required=True)
    evidence = fields.List(fields.Nested(CheckEvidence), required=True)
    not_comparable = fields.String(
        required=True, allow_none=True, validate=validate.OneOf(INCOMPARABLE)
    )


class CheckResults(Shown):
    """A verdict for each pair, in their order."""

    results = fields.List(fields.Nested(Verdict), required=True)


ContradictionPage = page_of(Contradiction, "ContradictionPage")
