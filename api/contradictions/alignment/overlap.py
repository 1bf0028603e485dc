"""What two statements have in common, word by word, before any grammar.

Words are looked up in `b`: of many pairs, that is the one statement that is held against others.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from api.contradictions.analysis.verdicts import Side, is_one_speaker
from api.contradictions.analysis.word_relations import word_relation
from api.language.words.lexicon import Relation
from api.language.words.ordinals import is_ordinal

CLOSE = 0.35
"""The part of each statement's words that the other must have for the two to tell of one event."""
CLOSE_OF_STRANGERS = 0.5
"""The same where two different people speak, who have more to say about one thing."""
SHARED = 2
"""How many words that is at the least."""


@dataclass(frozen=True)
class Overlap:
    """Two sides and which of their words the other side has something like."""

    a: Side
    b: Side
    same_event: bool

    @cached_property
    def strangers(self) -> bool:
        """Whether two different people are known to speak: "he" and "it" are then not the same."""
        return bool(self.a.called and self.b.called) and not is_one_speaker(self.a, self.b)

    @cached_property
    def touched_a(self) -> frozenset[int]:
        """The indexes of the words of `a` that may have to do with a word of `b`."""
        return self.b.analysis.word_relations.touching(self.a.analysis.words)

    @cached_property
    def touched_b(self) -> frozenset[int]:
        """The indexes of the words of `b` that may have to do with a word of `a`."""
        return self.b.analysis.word_relations.touched(self.a.analysis.words)

    @cached_property
    def _agreeing(self) -> dict[int, frozenset[int]]:
        """For each word of `a` that says something, those of `b` that say the same."""
        relations, words = self.b.analysis.word_relations, self.a.analysis.words
        return {i: relations.agreeing(words[i]) for i in self.a.analysis.content}

    @cached_property
    def alone_a(self) -> frozenset[int]:
        """The indexes of the words of `a` that `b` has nothing like."""
        said = self.b.analysis.content
        return frozenset(i for i, found in self._agreeing.items() if said.isdisjoint(found))

    @cached_property
    def alone_b(self) -> frozenset[int]:
        """The indexes of the words of `b` that `a` has nothing like."""
        return self.b.analysis.content.difference(*self._agreeing.values())

    @cached_property
    def shared_a(self) -> frozenset[int]:
        """The indexes of the words of `a` that say something and that `b` has something like."""
        return self.a.analysis.content - self.alone_a

    @cached_property
    def shared_b(self) -> frozenset[int]:
        """The indexes of the words of `b` that say something and that `a` has something like."""
        return self.b.analysis.content - self.alone_b

    @cached_property
    def share_a(self) -> float:
        """The part of the words of `a` that `b` has something like, in [0, 1]."""
        return _share(self.a, self.alone_a)

    @cached_property
    def share_b(self) -> float:
        """The part of the words of `b` that `a` has something like, in [0, 1]."""
        return _share(self.b, self.alone_b)

    def shares_less_than(self, least: float) -> bool:
        """Whether one side surely shares less than a part of its words, at a fraction of the cost.

        Only what the words of `a` reach is looked at where that is enough.
        """
        return _most(self.a, self.touched_a) < least or _most(self.b, self.touched_b) < least

    @cached_property
    def told_apart(self) -> bool:
        """Whether each names something, or counts an event, that the other does not."""
        return bool(_names(self.a, self.alone_a) and _names(self.b, self.alone_b)) or bool(
            _ordinals(self.a, self.alone_a) and _ordinals(self.b, self.alone_b)
        )

    @cached_property
    def opposed(self) -> frozenset[tuple[int, int]]:
        """The indexes of words of `a` and of `b` that exclude each other, each said by one side."""
        mine, yours = self.a.analysis.words, self.b.analysis.words
        return frozenset(
            (i, j)
            for i in self.alone_a & self.touched_a
            for j in self.alone_b & self.touched_b
            if word_relation(mine[i], yours[j]) is Relation.OPPOSITE
        )

    @cached_property
    def close(self) -> bool:
        """Whether the two, as wholes, seem to tell of one event, whatever their grammar says.

        Where each names something that the other does not, they tell of two.
        """
        enough = min(len(self.shared_a), len(self.shared_b)) >= SHARED
        least = CLOSE_OF_STRANGERS if self.strangers else CLOSE
        return enough and min(self.share_a, self.share_b) >= least and not self.told_apart


def _most(side: Side, touched: frozenset[int]) -> float:
    """What the share of a side is at the most."""
    content = side.analysis.content
    return len(content & touched) / len(content) if content else 0.0


def _names(side: Side, alone: frozenset[int]) -> bool:
    return any(side.analysis.words[i].kind == "N" for i in alone)


def _ordinals(side: Side, alone: frozenset[int]) -> bool:
    return any(is_ordinal(side.analysis.words[i].lemma) for i in alone)


def _share(side: Side, alone: frozenset[int]) -> float:
    total = len(side.analysis.content)
    return 1 - len(alone) / total if total else 0.0
