"""The head of the ledger, and what proves changes against it."""

from marshmallow import fields, validate

from schemas.base import Count, Shown, Strict

_HASH = validate.Regexp(r"^[0-9a-f]{64}$")


def _hash(meaning: str) -> fields.String:
    return fields.String(required=True, validate=_HASH, metadata={"description": meaning})


def _path(meaning: str) -> "fields.List[str]":
    return fields.List(
        fields.String(validate=_HASH), required=True, metadata={"description": meaning}
    )


def _changes(meaning: str, *, least: int = 1, required: bool = False) -> Count:
    return Count(
        required=required,
        validate=validate.Range(least, 2**53 - 1),
        metadata={"description": meaning, "example": 1},
    )


class Head(Shown):
    """The Merkle root over all changes, signed."""

    origin = fields.String(
        required=True, metadata={"description": "The name of this history; its copies have it too."}
    )
    size = fields.Integer(required=True, metadata={"description": "Changes under the root."})
    root = _hash("The root of the tree of RFC 9162 over them, in hexadecimal.")
    at = fields.DateTime(
        required=True,
        allow_none=True,
        metadata={"description": "When the latest change was made; null in a new ledger."},
    )
    key = fields.String(
        required=True,
        metadata={"description": "The key that the checkpoint is signed with, as c2sp.org has it."},
    )
    checkpoint = fields.String(
        required=True,
        metadata={"description": "Size and root as a signed note: keep it to ask for proofs."},
    )


class InclusionQuery(Strict):
    """Which change, against which head."""

    change = _changes("The number of the change.", required=True)
    size = _changes("Of the head that is kept; the present one without.")


class Inclusion(Shown):
    """What proves that a change is under a root."""

    change = fields.Integer(required=True)
    size = fields.Integer(required=True)
    root = _hash("The root over the first `size` changes.")
    entry = fields.String(
        required=True,
        metadata={
            "description": "The change as canonical JSON (RFC 8785): what its leaf is made of. "
            "`record` is SHA-256 over the salt and the record."
        },
    )
    record = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "What was recorded, letter for letter; null once redacted."},
    )
    salt = fields.String(
        required=True,
        allow_none=True,
        validate=validate.Regexp(r"^[0-9a-f]{32}$"),
        metadata={"description": "What the record is hashed with, in hexadecimal; null with it."},
    )
    leaf = _hash("SHA-256 over a zero byte and the entry.")
    path = _path("The hashes that lead from the leaf to the root.")


class ConsistencyQuery(Strict):
    """Which two heads."""

    first = _changes("The size of the older head.", least=0, required=True)
    second = _changes("The size of the later one; the present one without.")


class Consistency(Shown):
    """What proves that nothing under an older root was changed since."""

    first = fields.Integer(required=True)
    second = fields.Integer(required=True)
    first_root = _hash("The root over the first `first` changes.")
    second_root = _hash("The root over the first `second` changes.")
    path = _path("The hashes that lead from the one to the other.")
