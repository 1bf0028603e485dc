"""What might be an attribution: a content, the cue for it and who may have said it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

    from api.extraction.text.reading import Paragraph


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible attribution; ``start`` and ``end`` bound its content in the submitted text.

    ``shape`` names the construction that joins cue and content ("ccomp", "dobj", "quote-after", …).
    ``content`` is the paragraph the content stands in; ``attributing`` the one that holds ``cue``
    and ``source``. ``features`` are what the scorer weighs.
    """

    start: int
    end: int
    shape: str
    content: Paragraph
    attributing: Paragraph
    cue: Token
    source: Token | None
    features: tuple[str, ...]

    @property
    def cue_start(self) -> int:
        """Where the cue stands in the submitted text."""
        return self.attributing.start + self.cue.idx

    @property
    def bounds(self) -> tuple[int, int]:
        """Start and end of the content in its paragraph."""
        return self.start - self.content.start, self.end - self.content.start

    @property
    def text(self) -> str:
        """The content as written."""
        start, end = self.bounds
        return self.content.text[start:end]

    @property
    def interrupted(self) -> bool:
        """Whether the cue stands in the middle of the content: "Costs, he added, were modest"."""
        same = self.attributing.number == self.content.number
        return same and self.start < self.cue_start < self.end

    @property
    def begins_quoted(self) -> bool:
        """Whether the content's first words are quoted, so that they stay as they are."""
        start, _ = self.bounds
        return self.content.within_quotation(start)

    @property
    def quotes(self) -> bool:
        """Whether the article puts words of the content between marks, from outside them."""
        if self.attributing is self.content and self.content.within_quotation(self.cue.idx):
            return False
        start, end = self.bounds
        return any(q.start < end and start < q.end for q in self.content.quotations)

    def overlap(self, other: Candidate) -> int:
        """Characters of content the two share."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))
