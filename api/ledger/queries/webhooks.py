"""Webhooks, and what of their deliveries was set aside, as they are shown."""

from collections.abc import Sequence
from typing import Any

import orjson
from peewee import fn

from api.ledger.history.revisions import head
from api.ledger.models import Webhook, WebhookDelivery
from api.ledger.storage.keyset_pages import Order, Position, Slice, run, take

WAITING, DEAD = "waiting", "dead"

_COUNTED = tuple(
    WebhookDelivery.select(fn.COUNT(WebhookDelivery.id)).where(
        WebhookDelivery.webhook == Webhook.id, WebhookDelivery.status == status
    )
    for status in (WAITING, DEAD)
)
_SHOWN = (
    Webhook.id,
    Webhook.url,
    Webhook.events,
    Webhook.filter,
    Webhook.status,
    Webhook.disabled_because,
    *_COUNTED,
    Webhook.failures,
    Webhook.retry_at,
    Webhook.last_delivered_at,
    Webhook.last_error,
    Webhook.version,
    Webhook.created_at,
    Webhook.updated_at,
)
_DELIVERY_SHOWN = (
    WebhookDelivery.id,
    WebhookDelivery.event,
    WebhookDelivery.subject,
    WebhookDelivery.subject_id,
    WebhookDelivery.status,
    WebhookDelivery.attempts,
    WebhookDelivery.next_attempt_at,
    WebhookDelivery.answered,
    WebhookDelivery.error,
    WebhookDelivery.created_at,
    WebhookDelivery.updated_at,
)


def webhook_json(row: Sequence[Any]) -> dict[str, Any]:
    """A row of the shown columns under the names of the contract; secrets are never shown."""
    return {
        "id": row[0],
        "url": row[1],
        "events": orjson.Fragment(row[2]),
        "filter": orjson.Fragment(row[3]),
        "status": row[4],
        "disabled_because": row[5],
        "waiting": row[6],
        "dead": row[7],
        "failures": row[8],
        "retry_at": row[9],
        "last_delivered_at": row[10],
        "last_error": row[11],
        "version": row[12],
        "created_at": row[13],
        "updated_at": row[14],
    }


def delivery_json(row: Sequence[Any]) -> dict[str, Any]:
    """A row of the shown columns of a delivery under the names of the contract."""
    return {
        "id": row[0],
        "event": row[1],
        "subject": row[2],
        "subject_id": row[3],
        "status": row[4],
        "attempts": row[5],
        "next_attempt_at": row[6],
        "answered": row[7],
        "error": row[8],
        "created_at": row[9],
        "updated_at": row[10],
    }


def read(webhook_id: int) -> dict[str, Any] | None:
    """One webhook, or None."""
    rows = run(Webhook.select(*_SHOWN).where(Webhook.id == webhook_id))
    return webhook_json(rows[0]) if rows else None


def page(after: Position | None, limit: int) -> Slice:
    """A page of webhooks in the order of their ids."""
    return take(Webhook.select(*_SHOWN), Order((Webhook.id,)), after, limit)


def delivery_page(
    webhook_id: int, statuses: Sequence[str], after: Position | None, limit: int
) -> Slice:
    """A page of what was set aside of a webhook, in the order of the changes."""
    query = WebhookDelivery.select(*_DELIVERY_SHOWN).where(WebhookDelivery.webhook == webhook_id)
    if statuses:
        query = query.where(WebhookDelivery.status.in_(statuses))
    return take(query, Order((WebhookDelivery.change_id,)), after, limit)


def pass_over() -> None:
    """Let no webhook be told of what stands in the history now."""
    last, _ = head()
    Webhook.update(read_to=last).execute()
