"""Which words of a text say something."""

from __future__ import annotations

from collections.abc import Sequence

from api.language.quantities import is_unit
from api.language.words import Word

_CONTENT = frozenset("nNva")
_THIN = frozenset(
    {"be", "do", "few", "fewer", "get", "have", "least", "less", "many", "more", "most", "much"}
    | {"only", "say", "some", "there"}
)
"""They hold a sentence together, or only say how much."""


def content(words: Sequence[Word]) -> frozenset[int]:
    """The indexes of the words that say something."""
    return frozenset(i for i, word in enumerate(words) if _says_something(word))


def _says_something(word: Word) -> bool:
    measures = word.kind == "n" and is_unit(word.lemma)
    return word.kind in _CONTENT and word.lemma not in _THIN and not measures
