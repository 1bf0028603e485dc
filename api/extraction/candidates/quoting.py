"""Candidates the quotation marks give: each quotation with the verbs beside it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.extraction.candidates.sources import source_of
from api.extraction.text.quotations import Quotation

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from api.extraction.text.reading import Paragraph

WINDOW = 30
"""Tokens beside a quotation among which its cue is sought."""
_VERBS = 3
_NOT_A_NAME = frozenset({"compound", "poss", "pobj", "appos", "npadvmod"})


@dataclass(frozen=True, slots=True)
class Quoting:
    """A quotation and a verb that may attribute it.

    ``side`` is where the cue stands, ``rank`` how many verbs are nearer, ``gap`` counts tokens.
    """

    quotation: Quotation
    cue: Token
    source: Token | None
    side: str
    rank: int
    gap: int


def quotings(paragraph: Paragraph) -> Iterator[Quoting]:
    """Pair each quotation with the verbs around it, to a full stop or another quotation."""
    doc = paragraph.doc
    starts = [token.idx for token in doc]
    bounds = [
        (bisect_left(starts, q.start), bisect_left(starts, q.end)) for q in paragraph.quotations
    ]
    for number, quotation in enumerate(paragraph.quotations):
        first, last = bounds[number]
        floor = bounds[number - 1][1] if number else 0
        ceiling = bounds[number + 1][0] if number + 1 < len(bounds) else len(doc)
        after = range(last, min(ceiling, last + WINDOW))
        before = range(first - 1, max(floor, first - WINDOW) - 1, -1)
        yield from _beside(quotation, _to_full_stop(doc, after), "after")
        yield from _beside(quotation, _to_full_stop(doc, before), "before")


def _to_full_stop(doc: Doc, indices: range) -> list[Token]:
    found: list[Token] = []
    for index in indices:
        if doc[index].text in (".", "!", "?", ";") and (found or indices.step < 0):
            break
        found.append(doc[index])
    return found


def _beside(quotation: Quotation, window: list[Token], side: str) -> Iterator[Quoting]:
    verbs = [
        (gap, token)
        for gap, token in enumerate(window)
        if token.pos_ == "VERB" or (token.pos_ == "AUX" and token.dep_ not in ("aux", "auxpass"))
    ]
    for rank, (gap, cue) in enumerate(verbs[:_VERBS]):
        yield Quoting(quotation, cue, _source(cue, window), side, rank, gap)


def _source(cue: Token, window: list[Token]) -> Token | None:
    """The parse's subject where it stands beside the quotation, else the nearest name."""
    parsed = source_of(cue)
    if parsed is not None and any(token.i == parsed.i for token in window):
        return parsed
    subjects_first = sorted(window, key=lambda t: (t.dep_ != "nsubj", abs(t.i - cue.i)))
    for token in subjects_first:
        if token.pos_ in ("PROPN", "PRON", "NOUN") and token.dep_ not in _NOT_A_NAME:
            return token
    return parsed
