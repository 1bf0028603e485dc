"""Which words a word can have to do with at all: sets that tell most pairs apart without looking.

Two words whose reaches do not meet are `NONE` to each other; two whose reaches meet are looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from api.language.words import lexicon, names, wordnet
from api.language.words.lexicon import Relation

Term = tuple[str, str]
"""A lemma and its kind, as a word has them: see `api.language.words.words`."""

Mark = str | int


class Reach(NamedTuple):
    """What a word, or any word of a text, shares with those it has to do with.

    `marks` are shared by synonyms and opposites; `own` are its senses, `above` those over them.
    """

    marks: frozenset[Mark]
    own: frozenset[int]
    above: frozenset[int]

    def meets(self, other: Reach) -> bool:
        """Whether a word of one can have to do with a word of the other."""
        return not (
            self.marks.isdisjoint(other.marks)
            and self.own.isdisjoint(other.above)
            and self.above.isdisjoint(other.own)
        )


@lru_cache(maxsize=10_000)
def reach(lemma: str, kind: str) -> Reach:
    """The reach of one word."""
    marks: set[Mark] = {lemma}
    if kind == "N":
        marks.update(_of_name(lemma))
        return Reach(frozenset(marks), frozenset(), frozenset())
    marks.update(lexicon.marks((lemma, kind)))
    marks.update(wordnet.marks(lemma, kind))
    if kind not in "nv":
        return Reach(frozenset(marks), frozenset(), frozenset())
    own = frozenset(wordnet.entry(lemma, kind).senses[:2])
    found = Reach(frozenset(marks), own, wordnet.kinds(lemma, kind))
    head = lemma.rpartition(" ")[2] if kind == "n" else lemma.partition(" ")[0]
    return found if head == lemma else joined((found, reach(head, kind)))


def _of_name(name: str) -> Iterator[Mark]:
    """The parts of a name and of whom it speaks for."""
    for known in (names.canonical(name), names.acts_for(names.canonical(name))):
        yield from (f"N {part}" for part in (known or "").split())


def joined(reaches: Iterable[Reach]) -> Reach:
    """The reach of a whole text."""
    marks: set[Mark] = set()
    own: set[int] = set()
    above: set[int] = set()
    for each in reaches:
        marks |= each.marks
        own |= each.own
        above |= each.above
    return Reach(frozenset(marks), frozenset(own), frozenset(above))


@lru_cache(maxsize=50_000)
def relation(a: Term, b: Term) -> Relation:
    """What one word is to another, names by the list of names and the rest by the lexicon."""
    if a[1] == "N" or b[1] == "N":
        if a[1] == b[1]:
            return names.relation(a[0], b[0])
        return Relation.SAME if a[0] == b[0] else Relation.NONE
    return lexicon.relation(a, b) if reach(*a).meets(reach(*b)) else Relation.NONE
