"""How much the ledger holds, for those who watch it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from peewee import fn

from api.ledger.models import (
    Change,
    Contradiction,
    Source,
    Speaker,
    Statement,
    Webhook,
    WebhookDelivery,
)
from api.ledger.queries.webhooks import DEAD, WAITING
from api.ledger.storage.database import engine

Values = Mapping[tuple[str, ...], int]


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that is counted when it is asked for.

    Attributes:
        name: under which no other is.
        meaning: what is counted.
        labels: what its values are told apart by.
        count: gives a value for each combination of its labels.
    """

    name: str
    meaning: str
    labels: tuple[str, ...]
    count: Callable[[], Values]


# By their names, so that nothing is told twice; in the order in which they are told.
MEASURES: dict[str, Measure] = {}


def _add(name: str, meaning: str, labels: tuple[str, ...], count: Callable[[], Values]) -> None:
    if name in MEASURES:
        raise ValueError(f"There is a measure {name} already.")
    MEASURES[name] = Measure(name, meaning, labels, count)


def _by_status(table: Any, statuses: Iterable[str]) -> Values:
    """Counts by status, with those of which there is none: a rule can be put on any of them."""
    rows = table.select(table.status, fn.COUNT(table.id)).group_by(table.status).tuples()
    return {(status,): 0 for status in statuses} | {(status,): count for status, count in rows}


def _all(table: Any) -> Values:
    return {(): table.select().count()}


def _changes() -> Values:
    return {(): Change.select(fn.MAX(Change.id)).scalar() or 0}


def _behind() -> Values:
    """Counted from where each webhook that is told of anything stands in the history."""
    reached = Webhook.select(fn.MIN(Webhook.read_to)).where(Webhook.status == "active").scalar()
    return {(): 0 if reached is None else _changes()[()] - reached}


_add(
    "statements",
    "Statements by their status",
    ("status",),
    partial(_by_status, Statement, ("active", "retracted")),
)
_add(
    "contradictions",
    "Contradictions by their status",
    ("status",),
    partial(
        _by_status,
        Contradiction,
        ("flagged", "candidate", "confirmed", "dismissed", "withdrawn"),
    ),
)
_add(
    "webhook_deliveries",
    "Notices to webhooks that are repeated later, and those given up",
    ("status",),
    partial(_by_status, WebhookDelivery, (WAITING, DEAD)),
)
_add(
    "webhook_backlog",
    "Changes that the webhook furthest behind was not told of",
    (),
    _behind,
)
_add("speakers", "Speakers, those merged into others too", (), partial(_all, Speaker))
_add("sources", "Sources", (), partial(_all, Source))
_add("changes", "Changes in the history", (), _changes)
_add("ledger_bytes", "Size of the ledger on disk", (), lambda: {(): engine().size()})
