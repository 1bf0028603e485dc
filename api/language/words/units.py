"""Units of measure, and how many base units each is."""

from __future__ import annotations

from functools import cache

from api.language.words.datafiles import entries, words
from api.language.words.numbers import is_number


@cache
def units() -> dict[str, tuple[str, float]]:
    """Each unit's name to the base unit of its dimension and how many of that it is."""
    units = {}
    for line in entries("units.txt"):
        base, _, rest = line.partition(":")
        for item in rest.split("|"):
            factor, _, names = item.strip().partition(" ")
            units.update({name: (base.strip(), float(factor)) for name in words(names)})
    return units


def is_unit(lemma: str) -> bool:
    """Whether a word only measures: percent, kilometre, million."""
    return lemma in units() or is_number(lemma) or lemma in {"%", "percent"}
