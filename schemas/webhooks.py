"""Webhooks: who is told of changes, and what could not be delivered."""

from marshmallow import fields, validate

from schemas.base import (
    SOME,
    Count,
    Id,
    PageQuery,
    Patch,
    Shown,
    Strict,
    Text,
    Url,
    either,
    page_of,
)
from schemas.changes import Change
from schemas.topics import TopicName

EVENTS = (
    "appearance.created",
    "appearance.revised",
    "appearance.deleted",
    "contradiction.candidate",
    "contradiction.flagged",
    "contradiction.confirmed",
    "contradiction.dismissed",
    "contradiction.withdrawn",
    "cross_reference.created",
    "cross_reference.revised",
    "cross_reference.deleted",
    "decision.created",
    "decision.revised",
    "decision.deleted",
    "proposition.created",
    "proposition.revised",
    "proposition.deleted",
    "review.created",
    "review.revised",
    "review.deleted",
    "source.created",
    "source.revised",
    "source.deleted",
    "speaker.created",
    "speaker.revised",
    "speaker.deleted",
    "stance.created",
    "stance.revised",
    "stance.deleted",
    "statement.created",
    "statement.revised",
    "statement.retracted",
)
STATUSES = ("active", "disabled")
DELIVERY_STATUSES = ("waiting", "dead")


class WebhookFilterIn(Strict):
    """What the statements that a change rests on must meet; what is left out is open."""

    speaker = fields.List(
        Id(),
        validate=SOME,
        metadata={"description": "By one of these speakers.", "example": [1]},
    )
    topic = fields.List(
        TopicName(), validate=SOME, metadata={"description": "On one of these topics."}
    )
    q = Text(
        allow_none=True,
        metadata={
            "description": 'Words that the text has; `"…"` is a phrase, all else is literal.',
            "example": "harbour",
        },
    )


class WebhookIn(Strict):
    """Somebody to be told of changes."""

    url = Url(
        required=True,
        metadata={
            "description": "Where notices are posted to; it must be on the public internet.",
            "example": "https://desk.example/counterclaim",
        },
    )
    events = fields.List(
        fields.String(validate=validate.OneOf(EVENTS)),
        required=True,
        validate=validate.Length(1, 100),
        metadata={"description": "What it is told of.", "example": ["contradiction.flagged"]},
    )
    filter = fields.Nested(WebhookFilterIn, allow_none=True)
    status = fields.String(validate=validate.OneOf(STATUSES))


class WebhookPatch(Patch, WebhookIn):
    """Changes to a webhook; what is left out stays. Enabled again, it goes on where it stopped."""


class WebhookFilter(Shown):
    """What the statements that a change rests on must meet; what is empty is open."""

    speaker = fields.List(fields.Integer(), required=True)
    topic = fields.List(fields.String(), required=True)
    q = fields.String(required=True, allow_none=True)


class Webhook(Shown):
    """Somebody who is told of changes."""

    id = fields.Integer(required=True)
    url = fields.String(required=True)
    events = fields.List(fields.String(validate=validate.OneOf(EVENTS)), required=True)
    filter = fields.Nested(WebhookFilter, required=True)
    status = fields.String(required=True, validate=validate.OneOf(STATUSES))
    disabled_because = fields.String(required=True, allow_none=True)
    waiting = fields.Integer(
        required=True, metadata={"description": "Deliveries that are to be repeated."}
    )
    dead = fields.Integer(required=True, metadata={"description": "Deliveries that were given up."})
    failures = fields.Integer(
        required=True, metadata={"description": "Attempts that failed since the last success."}
    )
    retry_at = fields.DateTime(
        required=True,
        allow_none=True,
        metadata={"description": "Until then it is left alone, after a failure."},
    )
    last_delivered_at = fields.DateTime(required=True, allow_none=True)
    last_error = fields.String(required=True, allow_none=True)
    version = fields.Integer(required=True)
    created_at = fields.DateTime(required=True)
    updated_at = fields.DateTime(required=True)


class WebhookWithSecret(Webhook):
    """A webhook with its new secret, which is shown this once."""

    secret = fields.String(
        required=True,
        metadata={"description": "Verifies what is posted, by the Standard Webhooks convention."},
    )


class WebhookQuery(PageQuery):
    """Where a page of webhooks starts."""

    class Meta:
        exclude = ("all",)


class RotationQuery(Strict):
    """How long the secrets before sign beside the new one."""

    overlap_hours = Count(
        validate=validate.Range(0, 720),
        metadata={
            "description": "Hours for which the old secret signs as well; 0 ends it at once.",
            "default": 24,
            "example": 48,
        },
    )


class DeliveryQuery(WebhookQuery):
    """Which deliveries a list holds."""

    status = either(*DELIVERY_STATUSES, description="To be repeated, or given up.")


class WebhookDelivery(Shown):
    """A notice that could not be delivered when it was due."""

    id = fields.Integer(required=True)
    event = fields.String(required=True, validate=validate.OneOf(EVENTS))
    subject = fields.String(required=True)
    subject_id = fields.Integer(required=True)
    status = fields.String(required=True, validate=validate.OneOf(DELIVERY_STATUSES))
    attempts = fields.Integer(required=True)
    next_attempt_at = fields.DateTime(required=True, allow_none=True)
    answered = fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "The status of the last answer; null where there was none."},
    )
    error = fields.String(required=True, allow_none=True)
    created_at = fields.DateTime(required=True)
    updated_at = fields.DateTime(required=True)


class WebhookNotice(Shown):
    """What is posted to a webhook."""

    type = fields.String(required=True, validate=validate.OneOf(EVENTS))
    timestamp = fields.DateTime(
        required=True, metadata={"description": "When the change was made."}
    )
    data = fields.Nested(Change, required=True)


WebhookPage = page_of(Webhook, "WebhookPage")
WebhookDeliveryPage = page_of(WebhookDelivery, "WebhookDeliveryPage")
