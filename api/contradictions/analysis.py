"""What is kept of a text, so that it is parsed once and compared often."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import orjson

from api.language import lexicon, names
from api.language.arguments import Term
from api.language.parsing import parse
from api.language.propositions import Proposition, propositions
from api.language.quantities import Quantity, quantities
from api.language.reach import Reach, joined, reach
from api.language.times import Time, times
from api.language.words import Word, read

if TYPE_CHECKING:
    from spacy.tokens import Doc

ANALYSIS_VERSION = 8

_KEYED = frozenset("nNv")
"""Kinds of word that a statement is found by: nouns, names and verbs."""


@dataclass(frozen=True)
class Analysis:
    """The words of a text, what it says with them, and the figures and times it names."""

    text: str
    words: tuple[Word, ...]
    propositions: tuple[Proposition, ...]
    quantities: tuple[Quantity, ...]
    times: tuple[Time, ...]
    keys: frozenset[str]

    @cached_property
    def reach(self) -> Reach:
        """What any of its words can have to do with."""
        return joined(reach(word.lemma, word.kind) for word in self.words)

    def to_bytes(self) -> bytes:
        """The analysis without its text, in the form `from_bytes` reads."""
        return orjson.dumps(
            (_shortened(self), self.propositions, self.quantities, self.times), default=tuple
        )

    @classmethod
    def from_bytes(cls, data: bytes, text: str) -> Analysis:
        """The analysis that `to_bytes` wrote, of the text it was made of."""
        words, said, figures, named = orjson.loads(data)
        return _analysis(
            text,
            tuple(Word(s, e, lemma or text[s:e].lower(), kind) for s, e, lemma, kind in words),
            tuple(_proposition(*fields) for fields in said),
            tuple(Quantity(*fields) for fields in figures),
            tuple(Time(*fields) for fields in named),
        )


def analyse(texts: Sequence[str]) -> list[Analysis]:
    """Analyse each text, in one batch; the result depends on the text alone."""
    return [_read(text, doc) for text, doc in zip(texts, parse(texts), strict=True)]


def _read(text: str, doc: Doc) -> Analysis:
    reading = read(doc)
    said = propositions(doc, reading)
    return _analysis(text, reading.words, said, quantities(doc, reading), times(doc))


def _analysis(
    text: str,
    words: tuple[Word, ...],
    said: tuple[Proposition, ...],
    figures: tuple[Quantity, ...],
    named: tuple[Time, ...],
) -> Analysis:
    keys = frozenset(key for word in words if word.kind in _KEYED for key in _keys(word))
    return Analysis(text, words, said, figures, named, keys)


def _keys(word: Word) -> frozenset[str]:
    """Names are filed under their last part, so that "Merz" finds "Friedrich Merz"."""
    if word.kind == "N":
        known = names.known(word.lemma)
        return frozenset((word.lemma if known else word.lemma.rpartition(" ")[2],))
    return lexicon.keys(word.lemma, word.kind)


def _shortened(analysis: Analysis) -> list[tuple[int, int, str, str]]:
    """The words with no lemma where it is the word itself."""
    text = analysis.text
    return [
        (w.start, w.end, "" if w.lemma == text[w.start : w.end].lower() else w.lemma, w.kind)
        for w in analysis.words
    ]


def _proposition(*fields: Any) -> Proposition:
    """A proposition from its fields as JSON has them: the last but one are the terms."""
    *plain, terms, adverbs = fields
    whole = (Term(role, head, tuple(rest), *more) for role, head, rest, *more in terms)
    return Proposition._make((*plain, tuple(whole), tuple(adverbs)))


def candidate_keys(analysis: Analysis) -> frozenset[str]:
    """The keys to index a statement by: two texts that share none are never compared."""
    return analysis.keys
