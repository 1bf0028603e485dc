"""Statements as they are shown: their members."""

from collections.abc import Iterable
from typing import Any

from peewee import JOIN

from api.ledger.models import Source, Speaker, Statement
from api.ledger.queries.json_shapes import Shape, Things

SHAPE = Shape(
    id=Statement.id,
    kind=Statement.kind,
    text=Statement.text,
    verbatim=Statement.verbatim,
    speaker=Shape(id=Speaker.id, name=Speaker.name, kind=Speaker.kind),
    role=Statement.role,
    said_on=Statement.said_on,
    said_on_text=Statement.said_on_text,
    said_earliest=Statement.said_earliest,
    said_latest=Statement.said_latest,
    source=Shape(
        there=Source.id,
        id=Source.id,
        title=Source.title,
        publisher=Source.publisher,
        url=Source.url,
        published_on=Source.published_on,
    ),
    appearances=Statement.appearances,
    cue=Statement.cue,
    context=Statement.context,
    position=Statement.position,
    topics=Statement.topics,
    language=Statement.language,
    external_id=Statement.external_id,
    confidence=Statement.confidence,
    status=Statement.status,
    contradiction_count=Statement.contradiction_count,
    version=Statement.version,
    created_at=Statement.created_at,
    updated_at=Statement.updated_at,
)


def _joined(*columns: Any) -> Any:
    return (
        Statement.select(*columns)
        .join(Speaker, on=Statement.speaker == Speaker.id)
        .join(Source, JOIN.LEFT_OUTER, on=Statement.source == Source.id)
    )


STATEMENTS = Things(SHAPE, Statement, _joined)


def read(ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Statements by id, in any status, as they are shown; those that do not exist are missing."""
    return {each: found.read() for each, found in STATEMENTS.read([*ids]).items()}
