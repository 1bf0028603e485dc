"""Webhooks: made, revised, deleted, given new secrets; what was set aside, sent once more."""

import base64
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from api.ledger.history import seals
from api.ledger.history.revisions import head
from api.ledger.models import Speaker, Webhook, WebhookDelivery
from api.ledger.queries import webhooks
from api.ledger.queries.statements.search import terms
from api.ledger.queries.webhooks import DEAD, WAITING
from api.ledger.storage.clock import now, stamp
from api.ledger.storage.database import writing
from api.services.common.errors import Conflict, Invalid, Missing
from api.services.common.statement_parts import slugs
from api.services.common.versions import Precondition, change, find, held_to
from api.services.reading.queries import Page, Position
from api.services.webhooks.ssrf_guard import Private, Unreachable, resolve

TABLE = "webhook"
# What the convention has a key of HMAC-SHA256 be: as long as what it makes.
_SECRET_BYTES = 32
# More than one overlap at a time; each makes the header of a notice longer.
_MOST_SECRETS = 3
_RESOLVED_IN_SECONDS = 2


def refuse_private(url: str, networks: Sequence[str]) -> None:
    """Refuse an address that webhooks may not go to; it takes a moment, so not while writing.

    A name that leads nowhere yet is taken: it is looked at again before anything is sent.

    Args:
        url: where notices would be posted.
        networks: private networks that are open to webhooks.

    Raises:
        Invalid: it leads into another, or has a name or password in it.
    """
    parts = urlsplit(url)
    if parts.username is not None:
        raise Invalid("/url", "An address with a name or password in it is not taken here.")
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        resolve(parts.hostname or "", port, _RESOLVED_IN_SECONDS, networks)
    except Private as error:
        raise Invalid("/url", str(error)) from error
    except Unreachable:
        return


def create(given: dict[str, Any]) -> tuple[int, str]:
    """Add a webhook, which is told of what changes from now on: its id and its secret.

    Args:
        given: ``url``, ``events`` and, where it is narrowed, ``filter``.

    Raises:
        Invalid: its filter cannot be met.
    """
    secret = _new_secret()
    with writing():
        last, _ = head()
        webhook_id = Webhook.add(
            url=given["url"],
            events=_once(given["events"]),
            filter=_narrowed(given.get("filter")),
            secrets=[{"secret": secret, "until": None}],
            read_to=last,
            status=given.get("status", "active"),
            created_at=now(),
            updated_at=now(),
        )
        seals.renew(TABLE)
    return webhook_id, secret


def revise(webhook_id: int, changes: dict[str, Any], precondition: Precondition) -> None:
    """Change a webhook. What it was not told of yet it is told under its new address and filter.

    Raises:
        Invalid: see ``create``.
        Stale, Missing: see ``held_to`` and ``find``.
    """
    with writing():
        webhook = held_to(find(Webhook, webhook_id), precondition)
        if "events" in changes:
            changes = {**changes, "events": _once(changes["events"])}
        if "filter" in changes:
            changes = {**changes, "filter": _narrowed(changes["filter"])}
        change(webhook, changes)
        if not webhook.dirty_fields:
            return
        if {"url", "status"} & changes.keys():
            # Tried at once: what stood in the way may be gone.
            webhook.disabled_because, webhook.failures, webhook.retry_at = None, 0, None
        _keep(webhook)


def delete(webhook_id: int, precondition: Precondition) -> None:
    """Delete a webhook and all that waits for it.

    Raises:
        Stale, Missing: see ``held_to`` and ``find``.
    """
    with writing():
        held_to(find(Webhook, webhook_id), precondition).delete_instance()
        seals.renew(TABLE)


def rotate(webhook_id: int, overlap_hours: int, precondition: Precondition) -> str:
    """Give a webhook a new secret; the ones before sign beside it for some hours more.

    Raises:
        Stale, Missing: see ``held_to`` and ``find``.
    """
    with writing():
        webhook = held_to(find(Webhook, webhook_id), precondition)
        secret = _new_secret()
        until = stamp(datetime.now(UTC) + timedelta(hours=overlap_hours))
        kept = [
            {"secret": each, "until": min(until, ends or until)}
            for each, ends in _standing(webhook)
            if overlap_hours
        ]
        webhook.secrets = [{"secret": secret, "until": None}, *kept][:_MOST_SECRETS]
        _keep(webhook)
    return secret


def replay(webhook_id: int, delivery_id: int) -> None:
    """Let a delivery that was given up be tried once more, from the beginning.

    Raises:
        Missing: there is none of this id that was set aside.
        Conflict: it waits for its next attempt by itself.
    """
    with writing():
        find(Webhook, webhook_id)
        delivery = WebhookDelivery.one(id=delivery_id, webhook=webhook_id)
        if delivery is None:
            raise Missing(f"Webhook {webhook_id} has no delivery {delivery_id} set aside.")
        if delivery.status != DEAD:
            raise Conflict("It has not failed for good: it is still being retried.")
        delivery.status, delivery.attempts = WAITING, 0
        delivery.next_attempt_at = delivery.updated_at = now()
        delivery.save()


def webhook(webhook_id: int) -> dict[str, Any]:
    """A webhook without its secrets, or ``Missing``."""
    find(Webhook, webhook_id)
    return webhooks.read(webhook_id) or {}


def webhook_page(after: Position, limit: int) -> Page:
    """Webhooks in the order of their ids."""
    page = webhooks.page(after, limit)
    return Page([webhooks.webhook_json(row) for row in page.rows], page.next)


def delivery_page(webhook_id: int, statuses: Sequence[str], after: Position, limit: int) -> Page:
    """What of a webhook was set aside, or ``Missing``."""
    find(Webhook, webhook_id)
    page = webhooks.delivery_page(webhook_id, statuses, after, limit)
    return Page([webhooks.delivery_json(row) for row in page.rows], page.next)


def signing(webhook: Webhook) -> list[str]:
    """The secrets that sign what is sent now, the newest first."""
    return [secret for secret, _ in _standing(webhook)]


def _standing(webhook: Webhook) -> list[tuple[str, str | None]]:
    moment = now()
    kept = ((each["secret"], each["until"]) for each in webhook.secrets)
    return [(secret, until) for secret, until in kept if until is None or until > moment]


def _new_secret() -> str:
    return "whsec_" + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def _keep(webhook: Webhook) -> None:
    webhook.version += 1
    webhook.updated_at = now()
    webhook.save(only=webhook.dirty_fields)
    seals.renew(TABLE)


def _once(events: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(events))


def _narrowed(given: dict[str, Any] | None) -> dict[str, Any]:
    """A filter as it is kept and shown: all of its members, those that are open too."""
    narrowed = {"speaker": [], "topic": [], "q": None} | (given or {})
    if narrowed["q"] is not None and not terms(narrowed["q"]):
        raise Invalid("/filter/q", "A search needs a letter or a digit.")
    for place, speaker_id in enumerate(narrowed["speaker"]):
        if Speaker.one(id=speaker_id) is None:
            raise Invalid(f"/filter/speaker/{place}", f"There is no speaker {speaker_id}.")
    return {**narrowed, "topic": slugs(narrowed["topic"])}
