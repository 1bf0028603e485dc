"""Curated cross-references as they are shown, and their lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from api.ledger.models import CrossReference
from api.ledger.storage.keyset_pages import Order, Position, Slice, Walk, run, take, take_merged

_NAMES = (
    "id",
    "kind",
    "from_statement",
    "to_statement",
    "note",
    "version",
    "created_at",
    "updated_at",
)
SHOWN = tuple(getattr(CrossReference, name) for name in _NAMES)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceFilter:
    """Which cross-references a list holds. Filters are joined by AND, the values of one by OR."""

    statement: Sequence[int] = ()
    kind: Sequence[str] = ()


def reference_json(row: Sequence[Any]) -> dict[str, Any]:
    """A row of the shown columns under the names of the contract."""
    return dict(zip(_NAMES, row, strict=False))


def read(reference_id: int) -> dict[str, Any] | None:
    """One cross-reference, or None."""
    rows = run(CrossReference.select(*SHOWN).where(CrossReference.id == reference_id))
    return reference_json(rows[0]) if rows else None


def page(wanted: ReferenceFilter, after: Position | None, limit: int) -> Slice:
    """A page of cross-references in the order of their ids."""
    query, order = CrossReference.select(*SHOWN), Order((CrossReference.id,))
    of_kind = query.where(CrossReference.kind.in_(wanted.kind)) if wanted.kind else query
    if wanted.statement:
        of_statement = of_kind.where(
            CrossReference.from_statement.in_(wanted.statement)
            | CrossReference.to_statement.in_(wanted.statement)
        )
        return take(of_statement, order, after, limit)
    return take_merged([Walk(query, of_kind)] if wanted.kind else [query], order, after, limit)
