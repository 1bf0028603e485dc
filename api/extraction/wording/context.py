"""What stands around a statement: the sentences before and after it, across paragraphs."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.extraction.candidates.candidates import Candidate
    from api.extraction.text.reading import Paragraph


class Context:
    """The sentences of one article, found once."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self._starts: list[int] = []
        self._sentences: list[str] = []
        for paragraph in paragraphs:
            if paragraph.kind == "paragraph":
                for sentence in paragraph.doc.sents:
                    self._starts.append(paragraph.start + sentence.start_char)
                    self._sentences.append(sentence.text.strip())

    def around(self, candidate: Candidate) -> str | None:
        """The sentence before the one a statement starts in and the one after it ends in."""
        before = bisect_right(self._starts, candidate.start) - 2
        after = bisect_left(self._starts, candidate.end)
        kept = [self._sentences[n] for n in (before, after) if 0 <= n < len(self._sentences)]
        return " … ".join(kept) or None
