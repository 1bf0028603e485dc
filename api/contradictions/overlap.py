"""What two statements have in common, word by word, before any grammar."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from api.contradictions import likeness
from api.contradictions.verdicts import Side
from api.language.lexicon import AGREEING
from api.language.words import Word

_CONTENT = frozenset("nNva")
_THIN = frozenset({"be", "do", "have", "there", "say", "get"})


@dataclass(frozen=True)
class Overlap:
    """Two sides and which of their words of content the other side has something like."""

    a: Side
    b: Side
    same_event: bool

    @cached_property
    def alone_a(self) -> frozenset[int]:
        """The indexes of the words of `a` that `b` has nothing like."""
        return _alone(self.a, self.b)

    @cached_property
    def alone_b(self) -> frozenset[int]:
        """The indexes of the words of `b` that `a` has nothing like."""
        return _alone(self.b, self.a)

    @cached_property
    def share_a(self) -> float:
        """The part of the words of `a` that `b` has something like, in [0, 1]."""
        return _share(self.a, self.alone_a)

    @cached_property
    def share_b(self) -> float:
        """The part of the words of `b` that `a` has something like, in [0, 1]."""
        return _share(self.b, self.alone_b)


def content(side: Side) -> list[int]:
    """The indexes of the words that say something."""
    return [
        i
        for i, word in enumerate(side.analysis.words)
        if word.kind in _CONTENT and word.lemma not in _THIN
    ]


def _alone(side: Side, other: Side) -> frozenset[int]:
    theirs = [other.analysis.words[i] for i in content(other)]
    return frozenset(i for i in content(side) if not _said(side.analysis.words[i], theirs))


def _said(word: Word, others: list[Word]) -> bool:
    return any(likeness.relation(word, theirs) in AGREEING for theirs in others)


def _share(side: Side, alone: frozenset[int]) -> float:
    total = len(content(side))
    return 1 - len(alone) / total if total else 0.0
