"""How much the ledger holds, for those who watch it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from peewee import fn

from api.ledger.database import engine
from api.ledger.models import (
    Change,
    Contradiction,
    Source,
    Speaker,
    Statement,
    Webhook,
    WebhookDelivery,
)
from api.ledger.webhooks import DEAD, WAITING, queue


@dataclass(frozen=True, slots=True)
class Measure:
    """Something counted: a value for each combination of its labels."""

    name: str
    meaning: str
    labels: tuple[str, ...]
    values: Mapping[tuple[str, ...], int]


def measures() -> Iterator[Measure]:
    """What is in the ledger, counted now."""
    yield Measure(
        "statements",
        "Statements by their status",
        ("status",),
        _by_status(Statement, ("active", "retracted")),
    )
    yield Measure(
        "contradictions",
        "Contradictions by their status",
        ("status",),
        _by_status(Contradiction, ("flagged", "candidate", "confirmed", "dismissed", "withdrawn")),
    )
    queued = queue()
    yield Measure(
        "webhook_deliveries",
        "Deliveries set aside: to be repeated, or given up",
        ("status",),
        {(status,): queued[status] for status in (WAITING, DEAD)},
    )
    yield Measure(
        "webhook_deliveries",
        "Notices to webhooks that are repeated later, and those given up",
        ("status",),
        _by_status(WebhookDelivery, (WAITING, DEAD)),
    )
    for name, meaning, value in (
        (
            "webhook_changes_behind",
            "Changes that the slowest webhook has yet to be told of",
            queued["behind"],
        ),
        ("speakers", "Speakers, those merged into others too", Speaker.select().count()),
        ("sources", "Sources", Source.select().count()),
        ("changes", "Changes in the history", Change.select(fn.MAX(Change.id)).scalar() or 0),
        ("webhook_backlog", "Changes that the webhook furthest behind was not told of", _behind()),
        ("ledger_bytes", "Size of the ledger on disk", engine().size()),
    ):
        yield Measure(name, meaning, (), {(): value})


def _by_status(table: Any, statuses: Iterable[str]) -> dict[tuple[str, ...], int]:
    """Counts by status, with those of which there is none: a rule can be put on any of them."""
    rows = table.select(table.status, fn.COUNT(table.id)).group_by(table.status).tuples()
    return {(status,): 0 for status in statuses} | {(status,): count for status, count in rows}


def _behind() -> int:
    """Counted from where each webhook that is told of anything stands in the history."""
    reached = Webhook.select(fn.MIN(Webhook.read_to)).where(Webhook.status == "active").scalar()
    return 0 if reached is None else (Change.select(fn.MAX(Change.id)).scalar() or 0) - reached
