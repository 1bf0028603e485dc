"""Probes."""

from marshmallow import fields
from marshmallow.validate import OneOf

from schemas.base import Shown


class Health(Shown):
    """Whether the process answers, or the ledger can be used."""

    status = fields.String(required=True, metadata={"example": "ok"})


class Replica(Shown):
    """A server that reads are spread over."""

    number = fields.Integer(
        required=True, metadata={"description": "Its place in the setting.", "example": 1}
    )
    state = fields.String(
        required=True,
        validate=OneOf(["serves", "lags", "strange", "down", "unknown"]),
        metadata={
            "description": "Only one that `serves` is read. One that `lags` is too far behind; a "
            "`strange` one holds another ledger, or follows no more; nothing is known of a "
            "server for the first second.",
            "example": "serves",
        },
    )
    behind_seconds = fields.Float(
        required=True,
        allow_none=True,
        metadata={"description": "Null where that is not known.", "example": 0.0},
    )


class Readiness(Health):
    """Whether the ledger can be used, and what can be read instead of it."""

    open_to_writes_from = fields.String(
        validate=OneOf(["loopback"]),
        metadata={
            "description": "From where anybody may write without a key, a proxy on that machine "
            "included that does not say whom it speaks for. Left out once a key was made.",
            "example": "loopback",
        },
    )
    replicas = fields.List(
        fields.Nested(Replica), metadata={"description": "Left out where none is set."}
    )
