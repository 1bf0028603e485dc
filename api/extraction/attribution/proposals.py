"""Every candidate of an article, each with its exact content and its features."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from typing import TYPE_CHECKING

from api.extraction.candidates.candidates import Candidate
from api.extraction.candidates.clauses import Clause, clauses
from api.extraction.candidates.labels import labelled
from api.extraction.candidates.quoting import quotings
from api.extraction.candidates.sources import name_after
from api.extraction.scoring import features
from api.extraction.text.lexicon import cue_classes
from api.extraction.text.reading import token_end
from api.extraction.text.spans import exact_span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from api.extraction.text.reading import Paragraph

SHORTEST = 2
"""Characters a content has at least."""


def proposals(paragraphs: Sequence[Paragraph]) -> Iterator[Candidate]:
    """All of an article's candidates but the quotations that go on with another statement."""
    told = [paragraph for paragraph in paragraphs if paragraph.kind != "furniture"]
    sayers = _sayers(told)
    for paragraph in told:
        yield from _clauses(paragraph, sayers)
        yield from _quotings(paragraph)
    yield from _labelled(told)


def _sayers(paragraphs: Sequence[Paragraph]) -> frozenset[str]:
    """The names that are subject of a verb of saying anywhere in the article."""
    return frozenset(
        token.lower_
        for paragraph in paragraphs
        for token in paragraph.doc
        if token.dep_ == "nsubj"
        and token.pos_ in ("PROPN", "NOUN")
        and "say" in cue_classes(token.head.lemma_.lower(), token.head.pos_)
    )


def _clauses(paragraph: Paragraph, sayers: Set[str]) -> Iterator[Candidate]:
    for clause in clauses(paragraph.doc):
        first, last = paragraph.doc[clause.start], paragraph.doc[clause.end - 1]
        start, end = exact_span(
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
                _outside(clause, paragraph),
                tuple(set(features.of_clause(clause, paragraph, start, end, sayers))),
            )


def _outside(clause: Clause, paragraph: Paragraph) -> Token | None:
    """The source, unless it is quoted by a cue that is not."""
    source = clause.source
    if source is None or not paragraph.within_quotation(source.idx):
        return source
    return source if paragraph.within_quotation(clause.cue.idx) else name_after(clause.cue)


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
