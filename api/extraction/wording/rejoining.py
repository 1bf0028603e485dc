"""A sentence quoted in two parts, with its cue between them, is one statement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.extraction.candidates.candidates import Candidate
    from api.extraction.text.quotations import Quotation

SHAPE = "rejoined"
"""What joins the cue and the content of such a statement."""


def rejoined(separate: Iterable[tuple[float, Candidate]]) -> list[tuple[float, Candidate]]:
    """ "“I will stay,” she said, “but not for long.”": she will stay but not for long.

    Args:
        separate: the article's statements with their chances, in the order of the text.
    """
    joined: list[tuple[float, Candidate]] = []
    for chance, candidate in separate:
        if joined and _goes_on(joined[-1][1], candidate):
            before, first = joined.pop()
            candidate = replace(first, end=candidate.end, shape=SHAPE)
            chance = min(before, chance)
        joined.append((chance, candidate))
    return joined


def _goes_on(first: Candidate, second: Candidate) -> bool:
    """Whether the first stops at a comma where the second begins with a small letter."""
    if first.content is not second.content or first.cue != second.cue or first.end > second.start:
        return False
    left, right = _quotation(first, first.end - 1), _quotation(second, second.start)
    if left is None or right is None or left == right:
        return False
    text = first.content.text
    return (
        text[left.inner_start : left.inner_end].rstrip().endswith(",")
        and text[right.inner_start : right.inner_end].lstrip()[:1].islower()
        and second.start == second.content.start + right.start
    )


def _quotation(candidate: Candidate, place: int) -> Quotation | None:
    """The quotation that a place of the submitted text lies in."""
    at = place - candidate.content.start
    return next((q for q in candidate.content.quotations if q.start <= at < q.end), None)
