"""Problems (RFC 9457)."""

from marshmallow import fields

from schemas.base import Shown
from schemas.speakers import Candidate


class FieldProblem(Shown):
    """What is wrong with one field or parameter."""

    pointer = fields.String(metadata={"description": "JSON Pointer into the body."})
    parameter = fields.String(metadata={"description": "Name of the query or path parameter."})
    detail = fields.String(required=True)


class Resting(Shown):
    """The ids of what rests on a thing that was to be deleted or reworded."""

    statements = fields.List(fields.Integer())
    merged_speakers = fields.List(fields.Integer())


class FormerDecision(Shown):
    """What a reviewer decided before."""

    status = fields.String(required=True)
    reason = fields.String(required=True, allow_none=True)
    reviewed_by = fields.String(required=True, allow_none=True)
    reviewed_at = fields.DateTime(required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)


class Problem(Shown):
    """Why a request was not done, and what would be right; those after `errors` only some have."""

    type = fields.String(required=True, metadata={"example": "/problems/invalid-request"})
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    errors = fields.List(fields.Nested(FieldProblem))
    candidates = fields.List(
        fields.Nested(Candidate), metadata={"description": "The speakers whom a name may mean."}
    )
    resting = fields.Nested(Resting)
    decision = fields.Nested(FormerDecision)
    statement = fields.Integer(metadata={"description": "The statement in the way."})
    source = fields.Integer(metadata={"description": "The source in the way."})
    proposition = fields.Integer(metadata={"description": "The proposition in the way."})
    contradiction = fields.Integer(metadata={"description": "The contradiction in the way."})
    review = fields.Integer(metadata={"description": "The review in the way."})
    scope = fields.String(metadata={"description": "The scope that a key must carry."})
    accepted = fields.List(
        fields.String(), metadata={"description": "The media types that a body may have."}
    )
    available = fields.List(
        fields.String(), metadata={"description": "The media types that are served."}
    )
    stage = fields.String(
        metadata={
            "description": "What it was at when the time was up.",
            "example": "reading the text",
        }
    )
    seconds = fields.Float(metadata={"description": "How long it might take."})
