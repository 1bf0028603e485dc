"""A long quotation as statements: one for each sentence that can stand alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from api.extraction.text.reading import token_end
from api.extraction.text.spans import trim

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan

    from api.extraction.candidates.candidates import Candidate

SHORTEST = 5
"""Words a sentence needs to be a statement of its own."""
_LEANING = frozenset(
    {"it", "that", "this", "they", "these", "those", "he", "she", "there", "which", "who"}
    | {"and", "but", "so", "or", "because", "also", "then", "yes", "no"}
)


def sentences(candidate: Candidate) -> list[Candidate]:
    """Split what is quoted at its sentences; one that leans on the one before stays with it."""
    paragraph, (start, end) = candidate.content, candidate.bounds
    if not _all_quoted(candidate):
        return [candidate]
    cuts = [start]
    for sentence in paragraph.doc.sents:
        at = sentence.start_char
        if (
            cuts[-1] < at < end
            and _stands_alone(sentence)
            and _words(paragraph.text[cuts[-1] : at])
        ):
            cuts.append(at)
    found = []
    for first, last in zip(cuts, [*cuts[1:], end], strict=True):
        first, last = trim(paragraph.text, first, last) if last < end else (first, last)
        found.append(replace(candidate, start=paragraph.start + first, end=paragraph.start + last))
    return found


def _all_quoted(candidate: Candidate) -> bool:
    if candidate.shape in ("label", "announced"):
        return True
    paragraph, (start, end) = candidate.content, candidate.bounds
    return any(quoted.start <= start and end <= quoted.end for quoted in paragraph.quotations)


def _stands_alone(sentence: TokenSpan) -> bool:
    first = next((token for token in sentence if token.is_alpha), None)
    return (
        first is not None
        and first.text[0].isupper()
        and first.lower_ not in _LEANING
        and _words(sentence.text)
        and any(token.pos_ in ("VERB", "AUX") for token in sentence)
        and token_end(sentence[-1]) > sentence.start_char
    )


def _words(text: str) -> bool:
    return len(text.split()) >= SHORTEST
