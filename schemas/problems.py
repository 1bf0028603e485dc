"""Problems (RFC 9457)."""

from marshmallow import INCLUDE, fields

from schemas.base import Shown


class FieldProblem(Shown):
    """What is wrong with one field or parameter."""

    pointer = fields.String(metadata={"description": "JSON Pointer into the body."})
    parameter = fields.String(metadata={"description": "Name of the query or path parameter."})
    detail = fields.String(required=True)


class Problem(Shown):
    """Why a request was not done, and what would be right; some have members of their own."""

    class Meta:
        unknown = INCLUDE

    type = fields.String(required=True, metadata={"example": "/problems/invalid-request"})
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    errors = fields.List(fields.Nested(FieldProblem))
