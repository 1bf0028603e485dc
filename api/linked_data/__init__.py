"""Fact-checks and statements as linked data: schema.org in, schema.org out; pure."""

from api.linked_data.found import found_reviews
from api.linked_data.pages import Page, decoded, read_page
from api.linked_data.ratings import BEST, WORST
from api.linked_data.reading import Reading
from api.linked_data.writing import (
    World,
    claim_reviews,
    claims,
    contradictions,
    speakers,
)

__all__ = [
    "BEST",
    "WORST",
    "Page",
    "Reading",
    "World",
    "claim_reviews",
    "claims",
    "contradictions",
    "decoded",
    "found_reviews",
    "read_page",
    "speakers",
]
