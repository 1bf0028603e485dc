"""Changes, as mirrors follow them."""

from marshmallow import INCLUDE, Schema, fields, validate

from schemas.base import Count, Shown, Strict, either

SUBJECTS = (
    "appearance",
    "contradiction",
    "cross_reference",
    "decision",
    "proposition",
    "review",
    "source",
    "speaker",
    "stance",
    "statement",
)


class ChangeQuery(Strict):
    """Where the feed is read from, and what of it."""

    since = fields.String(
        metadata={
            "description": "The place to go on from, as the feed gave it; else the start.",
            "example": "WzIwXQ.c2lnbmF0dXJl",
        }
    )
    limit = Count(
        validate=validate.Range(1, 200),
        metadata={"description": "Changes a page, 1 to 200.", "default": 50, "example": 20},
    )
    subject = either(*SUBJECTS, description="Of one of these kinds of thing.")


class ChangeRecord(Schema):
    """A thing as one of its versions recorded it: its `id`, its own fields, the ids it rests on.

    No field of it is named here: what has both named ones and others loses the others in the
    clients of some languages.
    """

    class Meta:
        unknown = INCLUDE


class Change(Shown):
    """One version of one thing."""

    number = fields.Integer(
        required=True, metadata={"description": "Its place in the history, as proofs name it."}
    )
    subject = fields.String(required=True, validate=validate.OneOf(SUBJECTS))
    id = fields.Integer(required=True)
    version = fields.Integer(required=True)
    action = fields.String(
        required=True, metadata={"description": "How the version came about, in a word or two."}
    )
    at = fields.DateTime(required=True)
    who = fields.String(required=True, allow_none=True)
    why = fields.String(required=True, allow_none=True)
    record = fields.Nested(
        ChangeRecord,
        required=True,
        allow_none=True,
        metadata={"description": "The thing as it is from this version on; null: it was deleted."},
    )


class ChangePage(Shown):
    """Changes in the order of their commits."""

    items = fields.List(fields.Nested(Change), required=True)
    next = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "The address of the next page; null at the end of the feed."},
    )
    since = fields.String(
        required=True,
        metadata={"description": "The place this page leads to: come back with it."},
    )
