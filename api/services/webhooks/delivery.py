"""Webhooks told of what changed: at least once, and of one subject in the order of its changes.

The history is the outbox: what is to be told was written in the transaction of the change. Each
webhook has a place in it that moves on with each notice. One that fails is set aside and repeated
after a while, and so is all that comes after it on the same subject, while others go on; after a
failure the receiver is left alone for a moment. A webhook is attended to by one process at a time,
which holds a lease on it and renews it with each notice; should the process die, the lease ends.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any
from uuid import uuid4

import orjson
from peewee import fn

from api.configuration.lists import listed
from api.ledger.history import seals
from api.ledger.history.changes import change_record_json, next_changes
from api.ledger.history.revisions import head
from api.ledger.models import Change, Webhook, WebhookDelivery
from api.ledger.queries.webhooks import DEAD, WAITING
from api.ledger.storage.clock import now, stamp
from api.ledger.storage.database import LedgerBusy, is_busy, writing
from api.ledger.storage.faults import fault
from api.logger import Logger
from api.services.webhooks.events import concerning, is_redacted
from api.services.webhooks.http_post import Outcome, send, signed
from api.services.webhooks.webhook_registry import TABLE, signing
from api.settings import Settings

_BATCH = 200
# Of a webhook before others have their turn, where there are more than are attended to at once.
_A_TURN = 200
# What a process does between two renewals of its lease, beside waiting for a receiver.
_MARGIN_SECONDS = 2
# However often a receiver failed, and whatever it asked for: so soon it is tried again.
_LONGEST_PAUSE_SECONDS = 300
_GONE = 410

log = Logger(__name__)


@dataclass(frozen=True, slots=True)
class _Notice:
    """A change that a webhook is told of; ``aside`` is where it was set aside before."""

    change: Change
    event: str
    aside: WebhookDelivery | None = None


class DeliveryWorker:
    """Delivers what is due, as one of those who may be at it."""

    def __init__(self, settings: Settings) -> None:
        self.is_stopped = Event()
        self._name = f"{os.getpid()}-{uuid4()}"
        self._seconds = settings.webhook_timeout
        self._networks = listed(settings.webhook_networks)
        self._retries = [float(each) for each in listed(settings.webhook_retries)]

    def due(self) -> list[int]:
        """The webhooks for which there is something to do and that nobody attends to."""
        last, _ = head()
        moment = now()
        waiting = WebhookDelivery.select(WebhookDelivery.webhook).where(
            WebhookDelivery.status == WAITING, WebhookDelivery.next_attempt_at <= moment
        )
        query = Webhook.select(Webhook.id).where(
            *_attended(moment), (Webhook.read_to < last) | Webhook.id.in_(waiting)
        )
        return [webhook.id for webhook in query.order_by(Webhook.id)]

    def attend(self, webhook_id: int) -> int:
        """Deliver what is due to a webhook, until something fails or others have their turn.

        Returns:
            How many notices were sent.
        """
        sent = 0
        if not self._update(webhook_id, _attended(now())):
            return sent
        try:
            for notice in self._notices(webhook_id):
                # Read anew each time: it may be changed or deleted meanwhile.
                webhook = Webhook.one(id=webhook_id)
                if webhook is None or webhook.leased_by != self._name or self.is_stopped.is_set():
                    break
                sent += 1
                if not self._deliver(webhook, notice) or sent == _A_TURN:
                    break
        except Exception as error:
            self._fail(webhook_id, _unexpected(error, webhook=webhook_id))
        self._update(webhook_id, self._held(), leased_by=None, leased_until=None)
        return sent

    def _notices(self, webhook_id: int) -> Iterator[_Notice]:
        """What is due, one after the other.

        What is new comes before what was set aside: where a receiver takes all but one notice, that
        one is not in the way of the others.
        """
        more = True
        while more and (webhook := Webhook.one(id=webhook_id)) is not None:
            subjects = {event.partition(".")[0] for event in webhook.events}
            # First the end, then what comes before it: what is committed in between is not lost.
            last, _ = head()
            changes = next_changes(webhook.read_to, sorted(subjects), _BATCH)
            for change, event in concerning(changes, webhook.events, webhook.filter):
                notice = _Notice(change, event)
                if _is_held_up(webhook_id, change):
                    self._put_behind(webhook_id, notice)
                else:
                    yield notice
            more = len(changes) == _BATCH
            reached = max([change.id for change in changes] + ([] if more else [last]))
            self._update(webhook_id, self._held(), read_to=reached)
            while (aside := _first_due(webhook_id)) is not None:
                change = Change.get_by_id(aside.change_id)
                if is_redacted(change):
                    WebhookDelivery.erase(WebhookDelivery.id == aside.id)
                else:
                    yield _Notice(change, aside.event, aside)

    def _deliver(self, webhook: Webhook, notice: _Notice) -> bool:
        """Send a notice and keep what became of it; whether to go on with the next."""
        message_id = f"msg_{webhook.id}_{bytes(notice.change.digest).hex()[:24]}"
        told = {"webhook": webhook.id, "message": message_id}
        try:
            outcome = self._send(webhook, notice, message_id)
        except Exception as error:
            # Set aside like any other that failed: the next are not held up by it.
            outcome = _unexpected(error, **told)
        goes_on = self._settle(webhook, notice, outcome)
        # What is told of it comes last: it was sent, and must not be sent once more for a line.
        told |= {"status": outcome.answered}
        if outcome.error is None:
            log.info("delivered", **told)
        else:
            log.info("not delivered", **told, reason=outcome.error)
        return goes_on

    def _send(self, webhook: Webhook, notice: _Notice, message_id: str) -> Outcome:
        change = notice.change
        body = {"type": notice.event, "timestamp": change.at, "data": change_record_json(change)}
        data = orjson.dumps(body)
        headers = signed(signing(webhook), message_id, data)
        return send(webhook.url, headers, data, self._seconds, self._networks)

    def _settle(self, webhook: Webhook, notice: _Notice, outcome: Outcome) -> bool:
        """Keep what became of a notice; whether to go on with the next."""
        with writing():
            if not self._update(webhook.id, self._held()):
                return False
            if outcome.answered == _GONE:
                _disable(webhook, "The receiver answered 410: it is gone.")
                return False
            if notice.aside is None:
                _change(webhook.id, read_to=notice.change.id)
            if outcome.error is None:
                if notice.aside is not None:
                    WebhookDelivery.erase(WebhookDelivery.id == notice.aside.id)
                _change(webhook.id, failures=0, retry_at=None, last_delivered_at=now())
                return True
            self._set_aside(webhook.id, notice, outcome)
            self._count(webhook, outcome)
        return False

    def _fail(self, webhook_id: int, outcome: Outcome) -> None:
        """Keep that something failed which is no notice's own: all of the webhook waits."""
        with writing():
            webhook = Webhook.one(id=webhook_id)
            if webhook is not None and self._update(webhook_id, self._held()):
                self._count(webhook, outcome)

    def _count(self, webhook: Webhook, outcome: Outcome) -> None:
        failures = webhook.failures + 1
        pause = min(max(self._wait(failures), outcome.wait), _LONGEST_PAUSE_SECONDS)
        _change(webhook.id, failures=failures, retry_at=_in(pause), last_error=outcome.error)

    def _set_aside(self, webhook_id: int, notice: _Notice, outcome: Outcome) -> None:
        attempts = 1 + (notice.aside.attempts if notice.aside else 0)
        is_dead = attempts > len(self._retries)
        values = {
            "status": DEAD if is_dead else WAITING,
            "attempts": attempts,
            "next_attempt_at": None if is_dead else _in(self._wait(attempts)),
            "answered": outcome.answered,
            "error": outcome.error,
            "updated_at": now(),
        }
        if notice.aside is None:
            _add(webhook_id, notice, **values)
        else:
            WebhookDelivery.update(**values).where(WebhookDelivery.id == notice.aside.id).execute()

    def _put_behind(self, webhook_id: int, notice: _Notice) -> None:
        """Let a notice wait for one on the same subject; it is due when that one went out."""
        with writing():
            if self._update(webhook_id, self._held(), read_to=notice.change.id):
                moment = now()
                _add(webhook_id, notice, status=WAITING, next_attempt_at=moment, updated_at=moment)

    def _wait(self, times: int) -> float:
        """Seconds to wait after something failed so many times."""
        return self._retries[min(times, len(self._retries)) - 1] if self._retries else 0

    def _held(self) -> tuple[Any, ...]:
        return (Webhook.leased_by == self._name, Webhook.leased_until > now())

    def _update(self, webhook_id: int, where: tuple[Any, ...], **values: Any) -> bool:
        """Change a webhook under a lease, which begins anew; whether it was had."""
        lease = {"leased_by": self._name, "leased_until": _in(self._seconds + _MARGIN_SECONDS)}
        with writing():
            query = Webhook.update(**lease | values).where(Webhook.id == webhook_id, *where)
            return bool(query.execute())


def _attended(moment: str) -> tuple[Any, ...]:
    """That a webhook may be attended to now, and that nobody does."""
    return (
        Webhook.status == "active",
        Webhook.retry_at.is_null() | (Webhook.retry_at <= moment),
        Webhook.leased_until.is_null() | (Webhook.leased_until <= moment),
    )


def _unexpected(error: Exception, **told: object) -> Outcome:
    """What is kept of a defect of ours, whose trace goes to the log.

    Raises:
        Exception: the error itself, where the ledger cannot be used: then nothing can be kept.
    """
    if isinstance(error, LedgerBusy) or is_busy(error) or fault(error):
        raise error
    log.exception("unexpected error", error, **told)
    return Outcome(None, f"An error in Counterclaim, which its log tells: {type(error).__name__}.")


def _first_due(webhook_id: int) -> WebhookDelivery | None:
    """The first that was set aside and is due, and has none before it on the same subject."""
    before = WebhookDelivery.alias()
    held_up = before.select(before.id).where(
        before.webhook == WebhookDelivery.webhook,
        before.status == WAITING,
        before.subject == WebhookDelivery.subject,
        before.subject_id == WebhookDelivery.subject_id,
        before.change < WebhookDelivery.change,
    )
    query = WebhookDelivery.select().where(
        WebhookDelivery.webhook == webhook_id,
        WebhookDelivery.status == WAITING,
        WebhookDelivery.next_attempt_at <= now(),
        ~fn.EXISTS(held_up),
    )
    found: WebhookDelivery | None = query.order_by(WebhookDelivery.change).first()
    return found


def _is_held_up(webhook_id: int, change: Change) -> bool:
    """Whether a notice on the same subject still waits."""
    waiting = WebhookDelivery.select().where(
        WebhookDelivery.webhook == webhook_id,
        WebhookDelivery.status == WAITING,
        WebhookDelivery.subject == change.subject,
        WebhookDelivery.subject_id == change.subject_id,
    )
    return bool(waiting.exists())


def _add(webhook_id: int, notice: _Notice, **values: Any) -> None:
    change = notice.change
    WebhookDelivery.add(
        webhook=webhook_id,
        change=change.id,
        event=notice.event,
        subject=change.subject,
        subject_id=change.subject_id,
        created_at=now(),
        **values,
    )


def _change(webhook_id: int, **values: Any) -> None:
    Webhook.update(**values).where(Webhook.id == webhook_id).execute()


def _disable(webhook: Webhook, because: str) -> None:
    _change(
        webhook.id,
        status="disabled",
        disabled_because=because,
        version=webhook.version + 1,
        updated_at=now(),
    )
    seals.renew(TABLE)


def _in(seconds: float) -> str:
    return stamp(datetime.now(UTC) + timedelta(seconds=seconds))
