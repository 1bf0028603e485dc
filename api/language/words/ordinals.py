"""Words that say which of several things of a kind is meant: "second", "12th", "other"."""

from __future__ import annotations

import re
from functools import lru_cache

_ONES = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth"),
    *("seventeenth", "eighteenth", "nineteenth", "twentieth"),
)
_TENS = {"thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60, "hundredth": 100}
_PLACES = {word: number for number, word in enumerate(_ONES, 1)} | _TENS
_WORDS = {number: word for word, number in _PLACES.items()}
_RELATIVE = frozenset({"last", "next", "other", "previous"})
_DIGITS = re.compile(r"(\d{1,4})(?:st|nd|rd|th)")
_JOINED = re.compile(r"(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-([a-z]+)")


def ordinal_of(word: str) -> str | None:
    """An ordinal in one spelling of all it has: "2nd" as "second"; None of other words."""
    match = _DIGITS.fullmatch(word)
    if match is None:
        return word if is_ordinal(word) else None
    return _WORDS.get(int(match[1]), word)


@lru_cache(maxsize=20_000)
def is_ordinal(lemma: str) -> bool:
    """Whether a word tells a thing from others of its kind by its place among them."""
    if lemma in _PLACES or lemma in _RELATIVE or _DIGITS.fullmatch(lemma):
        return True
    joined = _JOINED.fullmatch(lemma)
    return joined is not None and joined[2] in _ONES[:9]
