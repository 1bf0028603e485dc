"""Which words a word can have to do with at all: sets that tell most pairs apart without looking.

Two words whose reaches do not meet are `NONE` to each other; two whose reaches meet are looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from api.language import lexicon, names, wordnet

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
