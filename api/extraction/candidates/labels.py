"""Candidates the colons give: "Poll: Voters Unhappy", "Q: Well?", "She wrote:" before a block."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.extraction.candidates.sources import source_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from api.extraction.text.reading import Paragraph

_LABEL = re.compile(r"""([^\s:“"][^:“"?!]{0,70}):["”’]?\s+(?=\S)""")
_LABEL_WORDS = 9


@dataclass(frozen=True, slots=True)
class Labelled:
    """A content introduced by a colon: characters ``start`` to ``end`` of ``paragraph``.

    ``introduced_by`` is the paragraph that holds the colon, the same one or the one before.
    """

    paragraph: Paragraph
    start: int
    end: int
    introduced_by: Paragraph
    cue: Token
    source: Token | None
    shape: str


def labelled(paragraphs: Sequence[Paragraph]) -> Iterator[Labelled]:
    """What a colon introduces in each paragraph, and the paragraph after a closing colon."""
    before: Paragraph | None = None
    for paragraph in paragraphs:
        yield from _with_label(paragraph)
        if before is not None and before.text.endswith(":"):
            yield from _announced(before, paragraph)
        before = paragraph


def _with_label(paragraph: Paragraph) -> Iterator[Labelled]:
    label = _LABEL.match(paragraph.text)
    if label is None or label[1].count(" ") >= _LABEL_WORDS:
        return
    tokens = [token for token in paragraph.doc if token.idx < label.end(1)]
    colon = paragraph.doc[len(tokens)] if len(tokens) < len(paragraph.doc) else None
    names = [token for token in tokens if token.pos_ in ("PROPN", "NOUN", "PRON")]
    if colon is None or not names or any(token.pos_ == "VERB" for token in tokens[:-1]):
        return
    yield Labelled(
        paragraph, label.end(), len(paragraph.text), paragraph, colon, names[-1], "label"
    )


def _announced(before: Paragraph, paragraph: Paragraph) -> Iterator[Labelled]:
    """The block after a line that ends in a colon: its last sentence's verbs are the cues."""
    sentence = list(before.doc.sents)[-1]
    verbs = [token for token in sentence if token.pos_ in ("VERB", "AUX") and token.dep_ != "aux"]
    for cue in verbs[-2:]:
        yield Labelled(paragraph, 0, len(paragraph.text), before, cue, source_of(cue), "announced")
