"""Which words of a text say something, and which single out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from api.language.words.units import is_unit
from api.language.words.words import Word

_CONTENT = frozenset("nNva")
_THIN = frozenset(
    {"be", "do", "few", "fewer", "get", "have", "least", "less", "many", "more", "most", "much"}
    | {"only", "say", "some", "there"}
)
"""They hold a sentence together, or only say how much."""


def content(words: Sequence[Word]) -> frozenset[int]:
    """The indexes of the words that say something."""
    return frozenset(i for i, word in enumerate(words) if _says_something(*word[2:]))


@lru_cache(maxsize=20_000)
def _says_something(lemma: str, kind: str) -> bool:
    measures = kind == "n" and is_unit(lemma)
    return kind in _CONTENT and lemma not in _THIN and not measures
