"""An article as extraction reads it: paragraphs, each parsed, with its quotations found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.extraction.text.blocks import BlockKind, blocks
from api.extraction.text.entities import correct_entities
from api.extraction.text.quotations import Quotation, quotations
from api.language.parsing import parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One block of the article: offsets in it count from ``start`` in the submitted text."""

    number: int
    start: int
    text: str
    kind: BlockKind
    doc: Doc
    quotations: list[Quotation]

    def within_quotation(self, offset: int) -> bool:
        """Whether a place, counted in the paragraph, lies in a quotation."""
        return any(quoted.start <= offset < quoted.end for quoted in self.quotations)


def read(submitted: str) -> list[Paragraph]:
    """Cut, parse and mark up a text; time is linear in its length."""
    cut = blocks(submitted)
    return paragraphs(submitted, parse([block.text for block in cut]))


def paragraphs(submitted: str, docs: Sequence[Doc]) -> list[Paragraph]:
    """The same from parses made before, one for each of the text's blocks."""
    return [
        Paragraph(
            number,
            block.start,
            block.text,
            block.kind,
            correct_entities(doc),
            quotations(block.text),
        )
        for number, (block, doc) in enumerate(zip(blocks(submitted), docs, strict=True))
    ]


def token_end(token: Token) -> int:
    """Where a token ends in its paragraph."""
    return token.idx + len(token)
