"""How many things of a list have each value, under the list's filters."""

from typing import Any

from api.ledger.queries import row_counts
from api.ledger.queries.statements import counts
from api.ledger.queries.statements.counts import Counts
from api.ledger.storage.database import snapshot
from api.ledger.storage.keyset_pages import Slice
from api.services.reading.list_filters import (
    contradiction_filter,
    review_filter,
    speaker_filter,
    statement_filter,
)
from api.services.reading.queries import Page, Position


def statement_counts(query: dict[str, Any], after: Position, limit: int) -> Page:
    """How many of the statements under a list's filters have each value of ``by``.

    Raises:
        InvalidParameter: a search has no word; dates are reversed.
        Conflict: a speaker's name fits several.
    """
    by = query["by"]
    with snapshot():
        counted = counts.count(by, statement_filter(query))
        page = counts.page(by, counted, after, limit)
        return _page(by, counted, counts.counts_json(by, page.rows, counted), page)


def contradiction_counts(query: dict[str, Any], after: Position, limit: int) -> Page:
    """How many contradictions have each value of ``by``; see ``queries.contradiction_page``."""
    by = query["by"]
    with snapshot():
        counted = row_counts.of_contradictions(by, contradiction_filter(query))
        return _plain(by, counted, after, limit)


def review_counts(query: dict[str, Any], after: Position, limit: int) -> Page:
    """How many reviews have each value of ``by``; see ``queries.review_page``."""
    by = query["by"]
    with snapshot():
        return _plain(by, row_counts.of_reviews(by, review_filter(query)), after, limit)


def speaker_counts(query: dict[str, Any], after: Position, limit: int) -> Page:
    """How many speakers have each value of ``by``; see ``queries.speaker_page``."""
    by = query["by"]
    with snapshot():
        return _plain(by, row_counts.of_speakers(by, speaker_filter(query)), after, limit)


def _plain(by: str, counted: Counts, after: Position, limit: int) -> Page:
    page = counts.page(by, counted, after, limit)
    return _page(by, counted, row_counts.show(page.rows, counted), page)


def _page(by: str, counted: Counts, items: list[dict[str, Any]], page: Slice) -> Page:
    about = {"by": by, "total": counted.total, "capped": counted.capped}
    return Page(items, page.next, about)
