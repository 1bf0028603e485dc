"""Statements as they are shown: their columns, their member names."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import orjson
from peewee import JOIN

from api.ledger.models import Source, Speaker, Statement
from api.ledger.storage.keyset_pages import run

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


def statement_json(row: Sequence[Any]) -> dict[str, Any]:
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


def statement_query() -> Any:
    """The query for statements as they are shown, to be narrowed."""
    return (
        Statement.select(*SHOWN)
        .join(Speaker, on=Statement.speaker == Speaker.id)
        .join(Source, JOIN.LEFT_OUTER, on=Statement.source == Source.id)
    )


def read(ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Statements by id, in any status; those that do not exist are missing."""
    rows = run(statement_query().where(Statement.id.in_(list(ids))))
    return {row[0]: statement_json(row) for row in rows}
