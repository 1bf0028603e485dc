"""The exact characters of a content: whole quotations, no stray punctuation at the edges."""

from __future__ import annotations

from collections.abc import Sequence

from api.extraction.text.quotations import Quotation

_LEADING = " ,:;.–—-)\u00a0"
_TRAILING = " ,:;.–—-(\u00a0"


def exact_span(
    paragraph: str, start: int, end: int, cue: int, quoted: Sequence[Quotation]
) -> tuple[int, int]:
    """Trim a content's edges and let it hold all of each quotation it cuts, but not the cue's.

    Args:
        paragraph: the text the offsets count in.
        start, end: the content as the parse has it.
        cue: where the cue's head word starts.
        quoted: the paragraph's quotations, in order.
    """
    start, end = trim(paragraph, start, end)
    for quotation in quoted:
        if quotation.end <= start or quotation.start >= end:
            continue
        if quotation.start <= cue < quotation.end:
            continue
        start, end = min(start, quotation.start), max(end, quotation.end)
    return start, end


def trim(paragraph: str, start: int, end: int) -> tuple[int, int]:
    """Edges without the punctuation and spaces around them."""
    while start < end and paragraph[start] in _LEADING:
        start += 1
    while start < end and paragraph[end - 1] in _TRAILING:
        end -= 1
    return start, end
