"""Probes."""

from marshmallow import fields

from schemas.base import Shown


class Health(Shown):
    """Whether the process answers, or the ledger can be used."""

    status = fields.String(required=True, metadata={"example": "ok"})
