"""Sources: found by what makes them the same, shown, listed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from api.ledger.models import Source
from api.ledger.storage.keyset_pages import Order, Position, Slice, run, take, take_merged

_NAMES = (
    "id",
    "title",
    "url",
    "publisher",
    "published_on",
    "language",
    "version",
    "created_at",
    "updated_at",
)
SHOWN = tuple(getattr(Source, name) for name in _NAMES)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFilter:
    """Which sources a list holds. Filters are joined by AND, the values of one by OR."""

    url: Sequence[str] = ()
    publisher: Sequence[str] = ()


def source_json(row: Sequence[Any]) -> dict[str, Any]:
    """A row of the shown columns under the names of the contract."""
    return dict(zip(_NAMES, row, strict=False))


def read(source_id: int) -> dict[str, Any] | None:
    """One source, or None."""
    rows = run(Source.select(*SHOWN).where(Source.id == source_id))
    return source_json(rows[0]) if rows else None


def page(wanted: SourceFilter, after: Position | None, limit: int) -> Slice:
    """A page of sources in the order of their ids."""
    query, order = Source.select(*SHOWN), Order((Source.id,))
    if wanted.url:
        query = query.where(Source.url.in_(wanted.url))
        if wanted.publisher:
            # What is concatenated is in no index: SQLite goes by the addresses.
            query = query.where(Source.publisher_folded.concat("").in_(wanted.publisher))
    elif wanted.publisher:
        each = dict.fromkeys(wanted.publisher)
        parts = [query.where(Source.publisher_folded == publisher) for publisher in each]
        return take_merged(parts, order, after, limit)
    return take(query, order, after, limit)


def same(
    url: str | None, title: str | None, publisher: str | None, published_on: str | None
) -> Source | None:
    """The source with this url; without one, that without a url whose other three are these."""
    if url is not None:
        return Source.one(url=url)
    return Source.one(url=None, title=title, publisher=publisher, published_on=published_on)
