"""What is kept of a text, so that it is parsed once and compared often."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import TYPE_CHECKING, Any

import orjson

from api.contradictions.analysis.content import content
from api.contradictions.analysis.word_relations import WordRelations
from api.deadline import check_deadline
from api.language.clauses.arguments import Term
from api.language.clauses.propositions import Proposition, propositions
from api.language.clauses.quantities import Quantity, quantities
from api.language.dates.times import Time, times
from api.language.parsing import parsed
from api.language.words import lexicon, names
from api.language.words.ordinals import is_ordinal
from api.language.words.words import Word, read

if TYPE_CHECKING:
    from spacy.tokens import Doc

ANALYSIS_VERSION = 10

_LEVEL, _RAW = 6, -15

_KEYED = frozenset("nNv")
"""Kinds of word that a statement is found by: nouns, names and verbs."""


@dataclass(frozen=True)
class Analysis:
    """The words of a text, what it says with them, and the figures and times it names.

    Of most texts that are compared only the words are looked at: the rest is `told` as it was
    stored, and made when it is asked for.
    """

    text: str
    words: tuple[Word, ...]
    parts: tuple[Sequence[Any], Sequence[Any], Sequence[Any]]

    @cached_property
    def propositions(self) -> tuple[Proposition, ...]:
        """What it says, in the order of the text."""
        return tuple(_proposition(*fields) for fields in self.parts[0])

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """The figures it names."""
        return tuple(Quantity(*fields) for fields in self.parts[1])

    @cached_property
    def times(self) -> tuple[Time, ...]:
        """The times it names."""
        return tuple(Time(*fields) for fields in self.parts[2])

    @cached_property
    def named(self) -> dict[str, frozenset[int]]:
        """The times it names, by their fields."""
        fields: dict[str, set[int]] = {}
        for time in self.times:
            fields.setdefault(time.field, set()).add(time.value)
        return {field: frozenset(values) for field, values in fields.items()}

    @cached_property
    def keyed(self) -> tuple[frozenset[str], ...]:
        """The keys of each word that it can be found by, every word once."""
        found = dict.fromkeys((word.lemma, word.kind) for word in self.words if word.kind in _KEYED)
        return tuple(keys for keys in (_keys(*word) for word in found) if keys)

    @cached_property
    def keys(self) -> frozenset[str]:
        """What it is about: texts that share none of these are never compared."""
        return frozenset().union(*self.keyed)

    @cached_property
    def content(self) -> frozenset[int]:
        """The indexes of the words that say something."""
        return content(self.words)

    @cached_property
    def orders(self) -> bool:
        """Whether it says of anything that it is the first or the second."""
        return any(is_ordinal(word.lemma) for word in self.words)

    @cached_property
    def holds(self) -> bool:
        """Whether it may say who holds an office: a name is what a noun is, or a noun a name."""
        return any(
            term.role == "theme"
            and {self.words[term.head].kind, self.words[each.predicate].kind} == {"n", "N"}
            for each in self.propositions
            for term in each.terms
        )

    @cached_property
    def word_relations(self) -> WordRelations:
        """What words of others have to do with its own."""
        return WordRelations(self.words)

    def __reduce__(self) -> tuple[Any, ...]:
        """Go to other processes as it is stored, without what was worked out of it here."""
        return self.from_bytes, (self.to_bytes(), self.text)

    def plain(self) -> bytes:
        """The analysis without its text, as JSON."""
        return orjson.dumps((_shortened(self), *self.parts), default=tuple)

    def to_bytes(self) -> bytes:
        """The analysis without its text, in the form `from_bytes` reads."""
        packing = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW, zdict=_usual())
        return packing.compress(self.plain()) + packing.flush()

    @classmethod
    def from_bytes(cls, data: bytes, text: str) -> Analysis:
        """The analysis that `to_bytes` wrote, of the text it was made of."""
        plain = zlib.decompressobj(_RAW, zdict=_usual()).decompress(data)
        words, *parts = orjson.loads(plain)
        return cls(
            text,
            tuple(Word(s, e, lemma or text[s:e].lower(), kind) for s, e, lemma, kind in words),
            tuple(parts),
        )


@cache
def _usual() -> bytes:
    """What analyses have in common, so that each is stored in a third of the space."""
    return (resources.files("api.contradictions") / "data" / "analyses.zdict").read_bytes()


def analyse(texts: Sequence[str]) -> list[Analysis]:
    """Analyse each text, in one batch; the result depends on the text alone."""
    # None of the documents is kept: they take a hundred times what is read in them.
    return [_read(text, doc) for text, doc in zip(texts, parsed(texts, False), strict=True)]


def _read(text: str, doc: Doc) -> Analysis:
    check_deadline("reading the text")
    reading = read(doc)
    parts = (propositions(doc, reading), quantities(doc, reading), times(doc, reading.numbered))
    return Analysis(text, reading.words, parts)


def _keys(lemma: str, kind: str) -> frozenset[str]:
    """Names are filed under their last part, so that "Merz" finds "Friedrich Merz"."""
    if kind == "N":
        return frozenset((lemma if names.known(lemma) else lemma.rpartition(" ")[2],))
    return lexicon.keys(lemma, kind)


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
