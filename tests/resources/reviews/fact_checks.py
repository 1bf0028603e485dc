"""Documents with fact-checks in them, of many shapes."""

import json
from pathlib import Path

DOCUMENTS = Path(__file__).parents[2] / "linked_data" / "documents"
ALL = sorted(path.stem for path in DOCUMENTS.glob("*.json"))


def document(name):
    return json.loads((DOCUMENTS / f"{name}.json").read_text(encoding="utf-8"))


def rated(**rating):
    """A ClaimReview with a rating."""
    return {
        "@type": "ClaimReview",
        "url": "https://facts.example/1",
        "author": {"@type": "Organization", "name": "Quay Facts"},
        "claimReviewed": "Das Meer ist süß",
        "inLanguage": "de",
        "reviewRating": {"@type": "Rating", **rating},
    }
