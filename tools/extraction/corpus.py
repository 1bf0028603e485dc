"""Annotated articles: JSON lines with ``text``, ``published`` and ``attributions``.

An attribution has lists of ``[start, end]`` in code points: ``source``, ``cue`` and ``content``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.tokens import DocBin

from api.extraction.candidates.candidates import Candidate
from api.extraction.text.blocks import blocks
from api.extraction.text.reading import Paragraph, paragraphs
from api.language.parsing import parse

_KEPT = [
    "ORTH",
    "SPACY",
    "TAG",
    "POS",
    "MORPH",
    "LEMMA",
    "DEP",
    "HEAD",
    "ENT_IOB",
    "ENT_TYPE",
    "SENT_START",
]

Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True)
class Annotated:
    """One article: what the corpus says of it, and its parse."""

    record: dict[str, Any]
    paragraphs: list[Paragraph]

    def agreement(self, candidate: Candidate) -> float:
        """How well a candidate's content fits an annotated one, from 0 to 1.

        Intersection over union with the annotated spans it touches; 0 unless each is at least half
        inside the other.
        """
        return max(
            (_fit(a["content"], candidate) for a in self.record["attributions"]), default=0.0
        )

    def right(self, candidate: Candidate) -> bool:
        """Whether content and source are those of one annotated attribution."""
        return any(
            _fit(a["content"], candidate) > 0 and _names(a["source"], candidate)
            for a in self.record["attributions"]
        )


def _fit(content: Spans, candidate: Candidate) -> float:
    shared = touched = 0
    for start, end in content:
        overlap = min(end, candidate.end) - max(start, candidate.start)
        if overlap > 0:
            shared += overlap
            touched += end - start
    length = candidate.end - candidate.start
    if 2 * shared < length or 2 * shared < touched or not shared:
        return 0.0
    return shared / (length + touched - shared)


def _names(source: Spans, candidate: Candidate) -> bool:
    if not source or candidate.source is None:
        return not source
    at = candidate.attributing.start + candidate.source.idx
    return any(start <= at < end for start, end in source)


def annotated(path: Path, cache: Path | None) -> Iterator[Annotated]:
    """The articles of a file, parsed; ``cache`` keeps the parses between runs."""
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    texts = [[block.text for block in blocks(record["text"])] for record in records]
    if cache is None or not cache.exists():
        parses = DocBin(attrs=_KEPT)
        for text in texts:
            for doc in parse(text):
                parses.add(doc)
        if cache is not None:
            parses.to_disk(cache)
    else:
        parses = DocBin().from_disk(cache)
    vocabulary = parse(["."])[0].vocab
    docs = parses.get_docs(vocabulary)
    for record, text in zip(records, texts, strict=True):
        yield Annotated(record, paragraphs(record["text"], [next(docs) for _ in text]))
