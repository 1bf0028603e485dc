"""What words of other texts have to do with those of one, looked up once for each.

A statement is held against dozens that have most words in common: what each word has to do with
the statement is the same wherever it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from api.language.words.lexicon import AGREEING, Relation
from api.language.words.reach import Term, joined, reach, relation
from api.language.words.words import Word

Value = TypeVar("Value")

_NONE: frozenset[int] = frozenset()


def word_relation(a: Word, b: Word) -> Relation:
    """What one word is to another: see `api.language.words.reach.relation`."""
    return relation(a[2:], b[2:])


class WordRelations:
    """What words of other texts, as lemma and kind, have to do with the words of one.

    Args:
        words: those of the one, by whose indexes is told what they are to others.
    """

    def __init__(self, words: Sequence[Word]) -> None:
        self._terms = [word[2:] for word in words]
        self._reaches = [reach(*term) for term in self._terms]
        self._whole = joined(self._reaches)
        self._touches = _LookedUp(self._is_touched_by)
        self._touched = _LookedUp(self._touched_by)
        self._agreeing = _LookedUp(self._agreeing_with)

    def touching(self, words: Sequence[Word]) -> frozenset[int]:
        """The indexes of those words of another that may have to do with a word of this one."""
        return frozenset(i for i, word in enumerate(words) if self._touches[word[2:]])

    def touched(self, words: Sequence[Word]) -> frozenset[int]:
        """The indexes of this one's words that may have to do with a word of another."""
        return _NONE.union(*(self._touched[word[2:]] for word in words))

    def agreeing(self, word: Word) -> frozenset[int]:
        """The indexes of this one's words that say what a word of another says."""
        return self._agreeing[word[2:]]

    def _is_touched_by(self, term: Term) -> bool:
        return reach(*term).meets(self._whole)

    def _touched_by(self, term: Term) -> frozenset[int]:
        if not self._touches[term]:
            return _NONE
        own = reach(*term)
        return frozenset(i for i, each in enumerate(self._reaches) if own.meets(each))

    def _agreeing_with(self, term: Term) -> frozenset[int]:
        return frozenset(
            i for i in self._touched[term] if relation(self._terms[i], term) in AGREEING
        )


class _LookedUp(dict[Term, Value]):
    """Values by words, each looked up when it is first asked for."""

    def __init__(self, look_up: Callable[[Term], Value]) -> None:
        self._look_up = look_up

    def __missing__(self, term: Term) -> Value:
        self[term] = found = self._look_up(term)
        return found
