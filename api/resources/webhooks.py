"""``/v1/webhooks``: who is told of changes."""

from typing import Any

from flask import Response, current_app, url_for

from api.configuration.lists import listed as parts
from api.services.common.idempotency import in_one_transaction
from api.services.webhooks import webhook_registry as service
from api.web.http.preconditions import precondition
from api.web.middleware.access import ADMIN
from api.web.openapi.blueprint import Blueprint
from api.web.responses.formats import computed, created, gone, shown
from api.web.responses.idempotency import answered_once
from api.web.responses.pages import as_read, listed
from schemas import webhooks as schemas

webhooks = Blueprint("webhooks", __name__, description="Signed notices of changes.")


@webhooks.get("/webhooks")
@webhooks.arguments(schemas.WebhookQuery, location="query")
@webhooks.lists(schemas.WebhookPage)
@webhooks.needs(ADMIN)
def list_webhooks(query: dict[str, Any]) -> Response:
    """List who is told of changes

    Without their secrets, which are shown when they are made and never again.
    """
    return listed(query, service.webhook_page, fresh=as_read)


@webhooks.post("/webhooks")
@webhooks.arguments(schemas.WebhookIn)
@webhooks.response(201, schemas.WebhookWithSecret)
@webhooks.needs(ADMIN)
@webhooks.creates()
def create_webhook(given: dict[str, Any]) -> Response:
    """Let somebody be told of what changes from now on

    Notices are posted by `counterclaim deliver`, signed by the Standard Webhooks convention, at
    least once, and of one subject in the order of its changes. The secret is shown this once.
    """

    service.refuse_private(given["url"], _networks())

    def answer() -> Response:
        webhook_id, secret = service.create(given)
        item = service.webhook(webhook_id)
        location = url_for("webhooks.get_webhook", id=webhook_id)
        return created({**item, "secret": secret}, location, of=item)

    return answered_once(answer)


@webhooks.get("/webhooks/<id:id>")
@webhooks.response(200, schemas.Webhook)
@webhooks.needs(ADMIN)
def get_webhook(id: int) -> Response:
    """Read a webhook and how it fares

    What failed last, until when it is left alone, how much waits and how much was given up.
    """
    return shown(service.webhook(id))


@webhooks.patch("/webhooks/<id:id>")
@webhooks.arguments(schemas.WebhookPatch)
@webhooks.response(200, schemas.Webhook)
@webhooks.needs(ADMIN)
def revise_webhook(changes: dict[str, Any], id: int) -> Response:
    """Revise a webhook, disable it or enable it again

    Enabled again, it goes on where it stopped. What it was not told of yet it is told under its
    new address and filter.
    """

    if "url" in changes:
        service.refuse_private(changes["url"], _networks())

    def answer() -> Response:
        service.revise(id, changes, precondition())
        return shown(service.webhook(id))

    return in_one_transaction(answer)


@webhooks.delete("/webhooks/<id:id>")
@webhooks.response(204)
@webhooks.needs(ADMIN)
def delete_webhook(id: int) -> Response:
    """Delete a webhook

    All that waits for it, or was given up, goes with it.
    """
    service.delete(id, precondition())
    return gone()


@webhooks.post("/webhooks/<id:id>/rotate")
@webhooks.arguments(schemas.RotationQuery, location="query")
@webhooks.response(200, schemas.WebhookWithSecret)
@webhooks.needs(ADMIN)
@webhooks.heeds("IfMatch")
def rotate_webhook_secret(query: dict[str, Any], id: int) -> Response:
    """Give a webhook a new secret

    For `overlap_hours` notices are signed with the old one, too, so that the receiver may change
    over without missing any.
    """

    def answer() -> Response:
        secret = service.rotate(id, query.get("overlap_hours", 24), precondition())
        return computed({**service.webhook(id), "secret": secret})

    return in_one_transaction(answer)


@webhooks.get("/webhooks/<id:id>/deliveries")
@webhooks.arguments(schemas.DeliveryQuery, location="query")
@webhooks.lists(schemas.WebhookDeliveryPage)
@webhooks.needs(ADMIN)
def list_webhook_deliveries(query: dict[str, Any], id: int) -> Response:
    """List what could not be delivered to a webhook

    What waits is tried again by itself, what is dead was given up. What was delivered is not kept.
    """
    statuses = query.get("status", ())

    return listed(
        query,
        lambda after, limit: service.delivery_page(id, statuses, after, limit),
        fresh=as_read,
    )


@webhooks.post("/webhooks/<id:id>/deliveries/<id:delivery>/replay")
@webhooks.response(204)
@webhooks.needs(ADMIN)
def replay_webhook_delivery(id: int, delivery: int) -> Response:
    """Try a delivery that was given up once more

    From the beginning of its attempts; what comes after it on the same subject waits for it.
    """
    service.replay(id, delivery)
    return gone()


def _networks() -> list[str]:
    return parts(current_app.config["SETTINGS"].webhook_networks)
