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
# As long as the API's own calls take it.
_LONGEST_LABEL = 500


def rating(review: Node) -> tuple[dict[str, Any], dict[str, str], dict[str, str]]:
    """What a review's rating says, where each part stands, and what is read otherwise, by place.

    A value that is no number is taken for the label; ends of the scale that are none are left out,
    and beside a label so is a number that does not lie on its scale.
    """
    node = review.node("reviewRating")
    if node is None:
        place = review.at("reviewRating")
        words = short(review.text("reviewRating"))
        return (
            {"label": words.value} if words else {},
            {"/rating": place} | {f"/rating/{part}": place for part in _PARTS},
            _notes(words),
        )
    found = {part: node.text(name) for part, name in _PARTS.items()}
    places = {"/rating": node.pointer}
    places |= {f"/rating/{part}": node.at(name) for part, name in _PARTS.items()}
    value, most = _number(found["value"])
    label = found["label"] or node.text("name")
    if label is None and value is None:
        label = found["value"]
    label, explanation = short(label), found["explanation"] or _rest(label)
    read: dict[str, Any] = {
        "label": label and label.value,
        "explanation": explanation and explanation.value,
    }
    warnings = _notes(label)
    best, worst = _number(found["best"])[0], _number(found["worst"])[0]
    best = most if best is None else best
    if value is not None and not _says_nothing(value, best, worst):
        wrong = _off(value, best, worst) if label is not None else None
        if wrong is None:
            read |= {"value": value, "best": best, "worst": worst}
        else:
            part, note = wrong
            warnings[places[f"/rating/{part}"]] = note
    told = {name: part for name, part in read.items() if part is not None}
    return told, places, warnings


def short(label: Value | None) -> Value | None:
    """A label no longer than one may be, with a note where it was cut."""
    if _rest(label) is None or label is None:
        return label
    note = f"Longer than {_LONGEST_LABEL} characters: cut."
    return Value(f"{label.value[: _LONGEST_LABEL - 1]}…", label.pointer, note)


def _rest(label: Value | None) -> Value | None:
    """A label that is too long for one, which explains the rating."""
    return label if label is not None and len(label.value) > _LONGEST_LABEL else None


def _notes(found: Value | None) -> dict[str, str]:
    return {found.pointer: found.note} if found is not None and found.note else {}


def _off(value: float, best: float | None, worst: float | None) -> tuple[str, str] | None:
    """Which part of a rating is wrong where its number does not lie on its scale, and why."""
    best = BEST if best is None else best
    worst = WORST if worst is None else worst
    if worst >= best:
        told = f"The best rating, {best:g}, is not greater than the worst, {worst:g}"
        return "best", f"{told}: the label stands alone."
    if not worst <= value <= best:
        told = f"{value:g} does not lie on the scale from {worst:g} to {best:g}"
        return "value", f"{told}: the label stands alone."
    return None


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
