"""What might be an attribution: a content, the cue that may attribute it and who may have said it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

    from api.extraction.reading import Paragraph


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
        return self.attributing.start + self.cue.idx

    def overlap(self, other: Candidate) -> int:
        """Characters of content the two share."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))
