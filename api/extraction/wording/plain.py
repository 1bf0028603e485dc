"""Part of an article as plain words: no quotation marks around them, no stray spaces."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.extraction.candidates.candidates import Candidate
    from api.extraction.text.reading import Paragraph

_EDGES = " \u00a0,;:–—"


def plain(paragraph: Paragraph, start: int, end: int) -> str:
    """The words from ``start`` to ``end`` without the outer marks of whole quotations in them."""
    pieces, at = [], start
    for quoted in paragraph.quotations:
        for left, right in ((quoted.start, quoted.inner_start), (quoted.inner_end, quoted.end)):
            if start <= left < right <= end:
                pieces.append(paragraph.text[at:left])
                at = right
    pieces.append(paragraph.text[at:end])
    text = " ".join("".join(pieces).split()).strip(_EDGES)
    return text[:-1] if text.endswith(".") and not text.endswith("..") else text


def quoted_parts(candidate: Candidate) -> list[str]:
    """The quoted parts of a content, without their marks."""
    paragraph, (start, end) = candidate.content, candidate.bounds
    parts = (
        plain(paragraph, max(start, quoted.inner_start), min(end, quoted.inner_end))
        for quoted in paragraph.quotations
        if quoted.start < end and start < quoted.end
    )
    return [part for part in parts if part]


def verbatim(candidate: Candidate, text: str) -> tuple[str, ...]:
    """The quoted parts of a content, as they stand in its statement's text."""
    return tuple(part for part in quoted_parts(candidate) if part in text)


def capitalized(text: str) -> str:
    """The text with its first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]
