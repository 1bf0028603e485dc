"""The fact-checks in a document: ClaimReviews anywhere in it, and answers of ``claims:search``."""

from collections.abc import Iterator
from typing import Any

from api.linked_data.google import read_claim
from api.linked_data.nodes import nodes
from api.linked_data.reading import Reading, read_claim_review

_TYPE = "ClaimReview"


def found_reviews(document: Any) -> Iterator[Reading]:
    """Read every fact-check in a document, in its order.

    A ClaimReview is found wherever it stands: alone, in a list, in a ``@graph``, in the items of a
    DataFeed, in the article that it is part of. What has no type and a ``claimReview``, or stands
    under ``claims``, is a claim as Google's Fact Check Tools answer it.
    """
    for node, name in nodes(document):
        if _TYPE in node.types:
            yield read_claim_review(node)
        elif not node.types and (
            name == "claims" or isinstance(node.members.get("claimReview"), list)
        ):
            yield from read_claim(node)
