"""Appearances as they are shown, and their lists."""

from collections.abc import Sequence
from typing import Any

import orjson

from api.ledger.models import Appearance, Source
from api.ledger.storage.keyset_pages import Order, Position, Slice, run, take

_SHOWN = (
    Appearance.id,
    Appearance.statement,
    Source.id,
    Source.title,
    Source.publisher,
    Source.url,
    Source.published_on,
    Appearance.text,
    Appearance.cue,
    Appearance.position,
    Appearance.version,
    Appearance.created_at,
    Appearance.updated_at,
)


def appearance_json(row: Sequence[Any]) -> dict[str, Any]:
    """A row of the shown columns under the names of the contract."""
    return {
        "id": row[0],
        "statement": row[1],
        "source": {
            "id": row[2],
            "title": row[3],
            "publisher": row[4],
            "url": row[5],
            "published_on": row[6],
        },
        "text": row[7],
        "cue": row[8],
        "position": None if row[9] is None else orjson.Fragment(row[9]),
        "version": row[10],
        "created_at": row[11],
        "updated_at": row[12],
    }


def read(appearance_id: int) -> dict[str, Any]:
    """One appearance, which must exist."""
    (row,) = run(_shown().where(Appearance.id == appearance_id))
    return appearance_json(row)


def page(statement_id: int, after: Position | None, limit: int) -> Slice:
    """A page of the places where a statement was published, the first recorded first."""
    query = _shown().where(Appearance.statement == statement_id)
    return take(query, Order((Appearance.id,)), after, limit)


def _shown() -> Any:
    return Appearance.select(*_SHOWN).join(Source, on=Appearance.source == Source.id)
