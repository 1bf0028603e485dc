"""What is kept of a text, so that it is parsed once and compared often."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import orjson

from api.language import lexicon, names
from api.language.arguments import Term
from api.language.parsing import parse
from api.language.propositions import Proposition, propositions
from api.language.quantities import Quantity, quantities
from api.language.times import Time, times
from api.language.words import Word, read

ANALYSIS_VERSION = 1

_KEYED = frozenset("nNv")
"""Kinds of word that a statement is found by: nouns, names and verbs."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """The words of a text, what it says with them, and the figures and times it names."""

    text: str
    words: tuple[Word, ...]
    propositions: tuple[Proposition, ...]
    quantities: tuple[Quantity, ...]
    times: tuple[Time, ...]
    keys: frozenset[str] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        keys = (_key(word) for word in self.words if word.kind in _KEYED)
        object.__setattr__(self, "keys", frozenset(filter(None, keys)))

    def to_bytes(self) -> bytes:
        """The analysis without its text, in the form `from_bytes` reads."""
        return orjson.dumps(
            (_shortened(self), self.propositions, self.quantities, self.times), default=tuple
        )

    @classmethod
    def from_bytes(cls, data: bytes, text: str) -> Analysis:
        """The analysis that `to_bytes` wrote, of the text it was made of."""
        words, said, figures, named = orjson.loads(data)
        return cls(
            text,
            tuple(
                Word(start, end, lemma or text[start:end].lower(), kind)
                for start, end, lemma, kind in words
            ),
            tuple(_proposition(fields) for fields in said),
            tuple(Quantity(*fields) for fields in figures),
            tuple(Time(*fields) for fields in named),
        )


def _key(word: Word) -> str | None:
    """Names are filed under their last part, so that "Merz" finds "Friedrich Merz"."""
    if word.kind == "N":
        return word.lemma if names.known(word.lemma) else word.lemma.rpartition(" ")[2]
    return lexicon.key(word.lemma, word.kind)


def _shortened(analysis: Analysis) -> list[tuple[int, int, str, str]]:
    """The words with no lemma where it is the word itself."""
    text = analysis.text
    return [
        (w.start, w.end, "" if w.lemma == text[w.start : w.end].lower() else w.lemma, w.kind)
        for w in analysis.words
    ]


def _proposition(fields: list[object]) -> Proposition:
    *plain, terms, adverbs = fields
    return Proposition(
        *plain, tuple(Term(role, head, tuple(m), d) for role, head, m, d in terms), tuple(adverbs)
    )  # type: ignore[arg-type, attr-defined]


def analyse(texts: Sequence[str]) -> list[Analysis]:
    """Analyse each text, in one batch; the result depends on the text alone."""
    return [_analysis(text, doc) for text, doc in zip(texts, parse(texts), strict=True)]


def _analysis(text: str, doc) -> Analysis:
    reading = read(doc)
    return Analysis(
        text, reading.words, propositions(doc, reading), quantities(doc, reading), times(doc)
    )


def candidate_keys(analysis: Analysis) -> frozenset[str]:
    """The keys to index a statement by: two texts that share none are never held against each other."""
    return analysis.keys
