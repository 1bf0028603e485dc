"""The fact-checks in a document: ClaimReviews anywhere in it, and answers of ``claims:search``."""

from collections.abc import Iterator, Mapping
from typing import Any

from api.linked_data.google import read_claim
from api.linked_data.nodes import nodes, types
from api.linked_data.reading import Reading, read_claim_review

_TYPE = "ClaimReview"


def found_reviews(document: Any, page: str | None = None) -> Iterator[Reading]:
    """Read every fact-check in a document, in its order.

    Addresses are relative to that of the ``page`` it stands in, or else to a fact-check's own.

    A ClaimReview is found wherever it stands: alone, in a list, in a ``@graph``, in the items of a
    DataFeed, in the article that it is part of. What has no type and a ``claimReview``, or stands
    under ``claims``, is a claim as Google's Fact Check Tools answer it.
    """
    for node in nodes(document, lambda *told: _is_review(*told) or _is_claim(*told)):
        if _is_review(node.members):
            yield read_claim_review(node, page)
        else:
            yield from read_claim(node)


def _is_review(members: Mapping[str, Any], name: str | None = None) -> bool:
    return _TYPE in types(members)


def _is_claim(members: Mapping[str, Any], name: str | None) -> bool:
    has_reviews = isinstance(members.get("claimReview"), list)
    return (has_reviews or name == "claims") and not types(members)
