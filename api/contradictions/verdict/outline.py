"""What keeps two statements apart whatever their words are, told from a few bytes of each.

It is kept beside an analysis, so that most texts are never read again to be compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from struct import Struct
from typing import NamedTuple

from api.contradictions.alignment.moods import of_will, speaks_of_himself
from api.contradictions.analysis.analysis import Analysis
from api.contradictions.analysis.said_times import Days, When
from api.contradictions.detectors import grounds
from api.contradictions.detectors.entailment import for_the_first_time
from api.language.clauses.propositions import Proposition
from api.language.words import kinds

_HEAD, _TIME = Struct("<BB"), Struct("<Bh")
_FIELDS = ("year", "month", "monthday", "weekday", "+year", "+month", "+week", "+day")
_WILLS, _HIMSELF, _ONCE = 1, 2, 4
_MOST_WORDS = 255


class Outline(NamedTuple):
    """What is told of a text without its words.

    `words` counts those that it can be found by, up to 255; `wills` is whether it says anywhere
    what someone wants or what should be, `himself` whether its speaker speaks of himself, `once`
    whether it says what is planned or happens but once, so that another date contradicts it;
    `named` are the times it names, by their fields.
    """

    words: int
    wills: bool
    himself: bool
    once: bool
    named: Mapping[str, frozenset[int]]

    def to_bytes(self) -> bytes:
        """The outline in the form `from_bytes` reads: two bytes, and three for each time."""
        flags = self.wills * _WILLS | self.himself * _HIMSELF | self.once * _ONCE
        times = (
            _TIME.pack(_FIELDS.index(field), value)
            for field, values in sorted(self.named.items())
            for value in sorted(values)
        )
        return _HEAD.pack(flags, self.words) + b"".join(times)

    @staticmethod
    @lru_cache(maxsize=20_000)
    def from_bytes(data: bytes) -> Outline:
        """The outline that `to_bytes` wrote."""
        flags, words = _HEAD.unpack_from(data)
        named: dict[str, set[int]] = {}
        for field, value in _TIME.iter_unpack(data[_HEAD.size :]):
            named.setdefault(_FIELDS[field], set()).add(value)
        return Outline(
            words,
            bool(flags & _WILLS),
            bool(flags & _HIMSELF),
            bool(flags & _ONCE),
            {field: frozenset(values) for field, values in named.items()},
        )


def outline(analysis: Analysis) -> Outline:
    """The outline of a text."""
    propositions = analysis.propositions
    return Outline(
        min(len(analysis.keyed), _MOST_WORDS),
        any(of_will(each) for each in propositions),
        any(speaks_of_himself(analysis, each) for each in propositions),
        any(_happens_once(analysis, each) for each in propositions),
        analysis.named,
    )


def _happens_once(analysis: Analysis, proposition: Proposition) -> bool:
    predicate = analysis.words[proposition.predicate].lemma
    return (
        proposition.mood == "will"
        or "time" in kinds.singular_roles(predicate)
        or for_the_first_time(analysis, proposition)
    )


def apart_in_time(mine: Outline, said: Days | None, yours: Outline, said_then: Days | None) -> bool:
    """Whether no finding between two statements can be comparable in time.

    Args:
        mine: the outline of one.
        said: the days on which it was said, where they are known.
        yours: the outline of the other.
        said_then: the days of the other.
    """
    both_dated = not mine.named.keys().isdisjoint(yours.named)
    if "anything" in grounds():
        return False
    if "dates" in grounds() and mine.once and yours.once and both_dated:
        return False
    a, b = When(mine.named, said), When(yours.named, said_then)
    if a.names_other_times(b):
        return True
    if (mine.wills and yours.wills) or (mine.himself and yours.himself):
        return False
    return a.is_of_other_days(b)
