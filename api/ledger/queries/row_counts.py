"""How many contradictions, reviews and speakers have each value, within a bound; see ``counts``."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import orjson

from api.ledger.models import Contradiction, Review, Speaker
from api.ledger.queries import contradiction_pages, reviews, speakers
from api.ledger.queries.contradiction_pages import ContradictionFilter
from api.ledger.queries.reviews import ReviewFilter
from api.ledger.queries.speakers import SpeakerFilter
from api.ledger.queries.statements.counts import MOST_COUNTED, Counts
from api.ledger.storage.keyset_pages import Slice

# For each way to count reviews, what tells their values apart and how it is written.
_REVIEWS = {
    "label": (Review.label_folded, Review.label),
    "author": (Review.author_folded, Review.author_name),
    "language": (Review.language, Review.language),
}


def of_contradictions(by: str, wanted: ContradictionFilter) -> Counts:
    """Count contradictions by ``status``, ``nature``, ``scope``, or by each ``basis`` they have."""
    columns = (getattr(Contradiction, by),)
    found = contradiction_pages.page(wanted, "-created_at", None, MOST_COUNTED, columns)
    if by != "basis":
        return _counts(found, [row[0] for row in found.rows])
    return _counts(found, [each for row in found.rows for each in orjson.loads(row[0])])


def of_reviews(by: str, wanted: ReviewFilter) -> Counts:
    """Count reviews by ``label``, ``author`` or ``language``."""
    found = reviews.page(wanted, "-created_at", None, MOST_COUNTED, _REVIEWS[by])
    labels = _labels(found.rows)
    return _counts(found, [row[0] for row in found.rows], labels)


def of_speakers(by: str, wanted: SpeakerFilter) -> Counts:
    """Count speakers by ``kind``."""
    found = speakers.page(wanted, None, MOST_COUNTED, (getattr(Speaker, by),))
    return _counts(found, [row[0] for row in found.rows])


def show(rows: Iterable[Sequence[Any]], counts: Counts) -> list[dict[str, Any]]:
    """Rows of a page of counts under the names of the contract."""
    return [
        {"value": value, "label": counts.labels.get(value, value), "count": number}
        for value, number in rows
    ]


def _counts(found: Slice, values: Sequence[Any], labels: dict[Any, str] | None = None) -> Counts:
    return Counts(Counter(values), labels or {}, len(found.rows), found.next is not None)


def _labels(rows: Iterable[Sequence[Any]]) -> dict[Any, str]:
    """Each value as it is written, the same whatever was read first."""
    labels: dict[Any, str] = {}
    for folded, written, *_ in rows:
        if folded is not None:
            labels[folded] = min(written, labels.get(folded, written))
    return labels
