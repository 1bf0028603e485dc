"""Who a name stands for: other spellings, demonyms, capitals, seats of power, leaders."""

from __future__ import annotations

from functools import cache, lru_cache

from api.language.words.datafiles import entries, words
from api.language.words.lexicon import Relation


@cache
def _known() -> tuple[dict[str, str], dict[str, str]]:
    """Names of the same thing, and names that act for it, each to the canonical name."""
    same, voices = {}, {}
    for line in entries("names.txt"):
        names, _, acting = line.partition("|")
        canonical, _, others = names.partition(":")
        for name in (canonical.strip(), *words(others)):
            same[name] = canonical.strip()
        for name in words(acting):
            voices[name] = canonical.strip()
    return same, voices


def canonical(name: str) -> str:
    """The name a thing is filed under: "ukrainian" is "ukraine", an unknown name is itself."""
    return _known()[0].get(name, name)


def known(name: str) -> bool:
    """Whether the list holds the name, in either column."""
    return name in _known()[0] or name in _known()[1]


@lru_cache(maxsize=20_000)
def acts_for(name: str) -> str | None:
    """Whom a name, or the last part of a person's name, speaks for."""
    voices = _known()[1]
    return voices.get(name) or voices.get(name.rpartition(" ")[2])


@lru_cache(maxsize=50_000)
def relation(a: str, b: str) -> Relation:
    """`SAME` for two names of one thing; a voice is `NARROWER` than whom it speaks for."""
    a, b = canonical(a), canonical(b)
    if a == b or _one_in_the_other(a, b):
        return Relation.SAME
    if acts_for(a) == b:
        return Relation.NARROWER
    if acts_for(b) == a:
        return Relation.WIDER
    return Relation.NONE


def _one_in_the_other(a: str, b: str) -> bool:
    """ "Merz" in "Friedrich Merz", "Ann Richards" in "Dorothy Ann Willis Richards"."""
    mine, yours = a.split(), b.split()
    return set(mine) <= set(yours) or set(yours) <= set(mine)
