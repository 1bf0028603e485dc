"""The rating of a ClaimReview: a number on a scale, words, or both."""

import re
from typing import Any

from api.linked_data.nodes import Node, Value

# What schema.org takes a scale for whose ends are left out.
BEST, WORST = 5.0, 1.0

_NUMBER = re.compile(r"([+-]?[0-9]{1,12}(?:[.,][0-9]{1,12})?)(?:\s*/\s*([0-9]{1,6}))?")
_PARTS = {
    "value": "ratingValue",
    "best": "bestRating",
    "worst": "worstRating",
    "label": "alternateName",
    "explanation": "ratingExplanation",
}
# Written as the value, and often as both ends too, where a fact-check rates in words alone.
_NO_NUMBER = -1.0


def rating(review: Node) -> tuple[dict[str, Any], dict[str, str]]:
    """What a review's rating says, and where each part stands.

    A value that is no number is taken for the label; ends of the scale that are none are left out.
    """
    node = review.node("reviewRating")
    if node is None:
        place = review.at("reviewRating")
        words = review.text("reviewRating")
        return (
            {"label": words.value} if words else {},
            {"/rating": place} | {f"/rating/{part}": place for part in _PARTS},
        )
    found = {part: node.text(name) for part, name in _PARTS.items()}
    places = {f"/rating/{part}": node.at(name) for part, name in _PARTS.items()}
    label = found["label"] or node.text("name")
    value, most = _number(found["value"])
    if label is None and value is None:
        label = found["value"]
    read: dict[str, Any] = {
        "label": label and label.value,
        "explanation": found["explanation"] and found["explanation"].value,
    }
    best, worst = _number(found["best"])[0], _number(found["worst"])[0]
    best = most if best is None else best
    if value is not None and not _says_nothing(value, best, worst):
        read |= {"value": value, "best": best, "worst": worst}
    told = {name: part for name, part in read.items() if part is not None}
    return told, {"/rating": node.pointer} | places


def _number(found: Value | None) -> tuple[float | None, float | None]:
    """A number and, of "3/5", what it is out of."""
    written = _NUMBER.fullmatch(found.value) if found is not None else None
    if written is None:
        return None, None
    return float(written[1].replace(",", ".")), float(written[2]) if written[2] else None


def _says_nothing(value: float, best: float | None, worst: float | None) -> bool:
    """Whether a number stands for none: on a scale of one point, or -1 on a scale without it."""
    best = BEST if best is None else best
    worst = WORST if worst is None else worst
    return best == worst or (value == _NO_NUMBER and not worst <= value <= best)
