"""What a thing cannot be because it is another, and what happens only once."""

from __future__ import annotations

from functools import cache, lru_cache

from api.language.words import wordnet
from api.language.words.datafiles import entries, words


@cache
def _exclusive() -> tuple[tuple[str, ...], ...]:
    return tuple(words(line) for line in entries("kinds.txt"))


@cache
def _singular() -> dict[str, frozenset[str]]:
    return {
        name.strip(): frozenset(words(roles))
        for name, _, roles in (line.partition(":") for line in entries("singular.txt"))
    }


@lru_cache(maxsize=20_000)
def exclude(a: str, b: str) -> bool:
    """Whether two nouns are of kinds that exclude each other: a song is not a river."""
    for line in _exclusive():
        mine = {kind for kind in line if _is(a, kind)}
        yours = {kind for kind in line if _is(b, kind)}
        if mine and yours and not mine & yours:
            return True
    return False


def _is(noun: str, kind: str) -> bool:
    return noun == kind or wordnet.kind_of(noun, kind, "n") or wordnet.synonyms(noun, kind, "n")


def singular_roles(predicate: str) -> frozenset[str]:
    """The roles by which two accounts of what happens once exclude each other; else none."""
    return _singular().get(predicate, frozenset())
