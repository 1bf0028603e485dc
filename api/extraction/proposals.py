"""Every candidate of an article, each with its exact content and its features."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from api.extraction import features
from api.extraction.candidates import Candidate
from api.extraction.clauses import clauses
from api.extraction.labels import labelled
from api.extraction.quoting import quotings
from api.extraction.reading import token_end
from api.extraction.spans import snap

if TYPE_CHECKING:
    from api.extraction.reading import Paragraph

SHORTEST = 3
"""Characters a content has at least."""


def proposals(paragraphs: Sequence[Paragraph]) -> Iterator[Candidate]:
    for paragraph in paragraphs:
        if paragraph.kind != "furniture":
            yield from _clauses(paragraph)
            yield from _quotings(paragraph)
    yield from _labelled([paragraph for paragraph in paragraphs if paragraph.kind != "furniture"])


def _clauses(paragraph: Paragraph) -> Iterator[Candidate]:
    for clause in clauses(paragraph.doc):
        first, last = paragraph.doc[clause.start], paragraph.doc[clause.end - 1]
        start, end = snap(
            paragraph.text, first.idx, token_end(last), clause.cue.idx, paragraph.quotations
        )
        if end - start >= SHORTEST:
            yield Candidate(
                paragraph.start + start,
                paragraph.start + end,
                clause.shape,
                paragraph,
                paragraph,
                clause.cue,
                clause.source,
                tuple(set(features.of_clause(clause, paragraph, start, end))),
            )


def _quotings(paragraph: Paragraph) -> Iterator[Candidate]:
    for quoting in quotings(paragraph):
        yield Candidate(
            paragraph.start + quoting.quotation.start,
            paragraph.start + quoting.quotation.end,
            f"quote-{quoting.side}",
            paragraph,
            paragraph,
            quoting.cue,
            quoting.source,
            tuple(set(features.of_quoting(quoting, paragraph))),
        )


def _labelled(paragraphs: Sequence[Paragraph]) -> Iterator[Candidate]:
    for found in labelled(paragraphs):
        yield Candidate(
            found.paragraph.start + found.start,
            found.paragraph.start + found.end,
            found.shape,
            found.paragraph,
            found.introduced_by,
            found.cue,
            found.source,
            tuple(set(features.of_labelled(found))),
        )
