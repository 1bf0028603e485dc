"""Statements as they are shown: their columns, their member names, their lists."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from peewee import JOIN, SQL, Expression, Node, fn

from api.ledger import search
from api.ledger.models import (
    Appearance,
    Source,
    Speaker,
    Statement,
    StatementExternalId,
    StatementTopic,
)
from api.ledger.pages import Order, Position, Slice, run, take

# What the indexes hold: unknown dates come last in both directions.
LATEST = fn.coalesce(Statement.said_latest, SQL("''"))
EARLIEST = fn.coalesce(Statement.said_earliest, SQL("'unknown'"))

SHOWN = (
    Statement.id,
    Statement.kind,
    Statement.text,
    Statement.verbatim,
    Speaker.id,
    Speaker.name,
    Speaker.kind,
    Statement.role,
    Statement.said_on,
    Statement.said_on_text,
    Statement.said_earliest,
    Statement.said_latest,
    Source.id,
    Source.title,
    Source.publisher,
    Source.url,
    Source.published_on,
    Statement.appearances,
    Statement.cue,
    Statement.context,
    Statement.position,
    Statement.topics,
    Statement.language,
    Statement.external_id,
    Statement.confidence,
    Statement.status,
    Statement.contradiction_count,
    Statement.version,
    Statement.created_at,
    Statement.updated_at,
)


# Gives statements by id, as they are shown.
Read = Callable[[Iterable[int]], dict[int, dict[str, Any]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementFilter:
    """Which statements a list holds. Filters are joined by AND, the values of one by OR."""

    q: str | None = None
    kind: Sequence[str] = ()
    speaker: Sequence[int] | None = None
    source: Sequence[int] = ()
    publisher: Sequence[str] = ()
    topic: Sequence[str] = ()
    language: Sequence[str] = ()
    external_id: Sequence[str] = ()
    status: Sequence[str] = ("active",)
    said_from: str | None = None
    said_to: str | None = None
    said_match: str = "overlaps"
    contradicted: bool | None = None


def show(row: Sequence[Any]) -> dict[str, Any]:
    """A row of the shown columns under the names of the contract."""
    return {
        "id": row[0],
        "kind": row[1],
        "text": row[2],
        "verbatim": orjson.Fragment(row[3]),
        "speaker": {"id": row[4], "name": row[5], "kind": row[6]},
        "role": row[7],
        "said_on": row[8],
        "said_on_text": row[9],
        "said_earliest": row[10],
        "said_latest": row[11],
        "source": None
        if row[12] is None
        else {
            "id": row[12],
            "title": row[13],
            "publisher": row[14],
            "url": row[15],
            "published_on": row[16],
        },
        "appearances": row[17],
        "cue": row[18],
        "context": row[19],
        "position": None if row[20] is None else orjson.Fragment(row[20]),
        "topics": orjson.Fragment(row[21]),
        "language": row[22],
        "external_id": row[23],
        "confidence": row[24],
        "status": row[25],
        "contradiction_count": row[26],
        "version": row[27],
        "created_at": row[28],
        "updated_at": row[29],
    }


def shown() -> Any:
    """The query for statements as they are shown, to be narrowed."""
    return (
        Statement.select(*SHOWN)
        .join(Speaker, on=Statement.speaker == Speaker.id)
        .join(Source, JOIN.LEFT_OUTER, on=Statement.source == Source.id)
    )


def read(ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Statements by id, in any status; those that do not exist are missing."""
    rows = run(shown().where(Statement.id.in_(list(ids))))
    return {row[0]: show(row) for row in rows}


def page(wanted: StatementFilter, sort: str, after: Position | None, limit: int) -> Slice:
    """A page under ``-said_on``, ``said_on``, ``-created_at`` or ``relevance``."""
    query = shown()
    order = {
        "-said_on": Order((LATEST, Statement.id), descending=True),
        "said_on": Order((EARLIEST, Statement.id)),
        "-created_at": Order((Statement.created_at, Statement.id), descending=True),
    }.get(sort)
    if order is None:
        query, order = search.by_relevance(query.where(*_conditions(wanted)), wanted.q or "")
    else:
        query = query.where(*matching(wanted))
    return take(query, order, after, limit)


def matching(wanted: StatementFilter) -> list[Expression | Node]:
    """The conditions under which a statement passes a filter, its search included."""
    conditions = _conditions(wanted)
    if wanted.q is not None:
        conditions.append(Statement.id.in_(search.matching(wanted.q)))
    return conditions


def _conditions(wanted: StatementFilter) -> list[Expression | Node]:
    conditions: list[Any] = [Statement.status.in_(wanted.status)]
    if wanted.kind:
        conditions.append(Statement.kind.in_(wanted.kind))
    if wanted.speaker is not None:
        conditions.append(Statement.speaker.in_(wanted.speaker))
    if wanted.source:
        conditions.append(Statement.id.in_(_appeared(Appearance.source.in_(wanted.source))))
    if wanted.publisher:
        by_publisher = Source.select(Source.id).where(Source.publisher_folded.in_(wanted.publisher))
        conditions.append(Statement.id.in_(_appeared(Appearance.source.in_(by_publisher))))
    if wanted.topic:
        conditions.append(Statement.id.in_(_tagged(wanted.topic)))
    if wanted.language:
        conditions.append(Statement.language.in_(wanted.language))
    if wanted.external_id:
        named = StatementExternalId.select(StatementExternalId.statement).where(
            StatementExternalId.external_id.in_(wanted.external_id)
        )
        conditions.append(Statement.id.in_(named))
    if wanted.contradicted is not None:
        contradicted = Statement.contradiction_count > 0
        conditions.append(contradicted if wanted.contradicted else ~contradicted)
    if wanted.said_from or wanted.said_to:
        conditions += said_within(wanted.said_from, wanted.said_to, wanted.said_match)
    return conditions


def said_within(earliest: str | None, latest: str | None, match: str) -> list[Any]:
    """The conditions for a span of speech against [earliest, latest], either end open if None.

    ``overlaps``: the span meets it; ``within``: it lies in it; ``certain``: within, closed and
    neither approximate nor uncertain. An undated statement matches none.
    """
    conditions: list[Any] = [Statement.said_on.is_null(False)]
    if match == "overlaps":
        if earliest:
            conditions.append((Statement.said_latest >= earliest) | Statement.said_latest.is_null())
        if latest:
            conditions.append(
                (Statement.said_earliest <= latest) | Statement.said_earliest.is_null()
            )
        return conditions
    if earliest:
        conditions.append(Statement.said_earliest >= earliest)
    if latest:
        conditions.append(Statement.said_latest <= latest)
    if match == "certain":
        conditions.append(Statement.said_certain)
    return conditions


def _appeared(where: Any) -> Any:
    return Appearance.select(Appearance.statement).where(where)


def _tagged(topics: Sequence[str]) -> Any:
    return StatementTopic.select(StatementTopic.statement).where(StatementTopic.topic.in_(topics))
