"""Whether a name is nobody's: "Multiple sources", "Usuarios de redes sociales", "Unknown"."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache

from api.language.words.datafiles import entries, words
from api.language.words.folding import plain

_ENOUGH = frozenset({"nobody", "many", "crowd", "network"})
_TOGETHER = frozenset({"member", "platform"})
_LONGEST_WORDS = 24
# Of scripts that put spaces between words these run together in one: "Internetnutzer".
_COMPOUNDS = frozenset({"crowd", "member", "platform", "network"})
_SHORTEST_PART = 3

_TOLD = re.compile(r"\(([^()]*)\)")

_Table = dict[tuple[str, ...], frozenset[str]]


@lru_cache(maxsize=20_000)
def is_crowd(name: str) -> bool:
    """Whether each word of a name is one by which nobody in particular is called.

    One word more makes it somebody's: neither "Viral Shah" nor "The Who" is a crowd, nor is a firm
    such as "Facebook" by itself.
    """
    if any(_found(told) == frozenset({"member"}) for told in _TOLD.findall(name)):
        # "Anonymous (group)": it is told what bears the name.
        return False
    # "n.a." is one word to some and two to others.
    spellings = {name, name.replace(".", " ")}
    return any(map(_is_enough, map(_found, spellings)))


def _is_enough(found: frozenset[str] | None) -> bool:
    return found is not None and bool(found & _ENOUGH or found >= _TOGETHER)


def _found(name: str) -> frozenset[str] | None:
    """The categories of the words of a name; a name without letters and digits names nobody."""
    written = plain(name).split()
    if len(written) > _LONGEST_WORDS:
        return None
    return _categories(tuple(written)) if written else frozenset({"nobody"})


def _categories(written: tuple[str, ...]) -> frozenset[str] | None:
    """The categories of words that a name consists of; None where it has others, too."""
    # By where the words end: the categories of the longest entries that lead there.
    reached: list[frozenset[str] | None] = [frozenset(), *[None] * len(written)]
    table = _table()
    for start in range(len(written)):
        before = reached[start]
        if before is None:
            continue
        for end in range(start + 1, min(start + _longest(), len(written)) + 1):
            found = table.get(written[start:end])
            if found is None and end == start + 1:
                found = _of_word(written[start])
            if found is not None:
                reached[end] = (reached[end] or frozenset()) | before | found
    return reached[-1]


def _of_word(word: str) -> frozenset[str] | None:
    """The categories of a number, or of a word that others run together in."""
    return frozenset({"small"}) if word.isdecimal() else _parts(word)


def _parts(word: str) -> frozenset[str] | None:
    has_spaces = word.isascii()
    reached: list[frozenset[str] | None] = [frozenset(), *[None] * len(word)]
    for start in range(len(word)):
        before = reached[start]
        if before is None:
            continue
        for end in range(start + (_SHORTEST_PART if has_spaces else 1), len(word) + 1):
            found = _table().get((word[start:end],))
            if found is not None and (not has_spaces or found & _COMPOUNDS):
                reached[end] = (reached[end] or frozenset()) | before | found
    return reached[-1]


@cache
def _table() -> _Table:
    """The categories of each entry, by its words."""
    table: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for entry in entries("crowds.txt"):
        category, _, listed = (field.strip() for field in entry.split("|"))
        for each in words(listed):
            table[tuple(plain(each).split())].add(category)
    return {entry: frozenset(categories) for entry, categories in table.items()}


@cache
def _longest() -> int:
    return max(map(len, _table()))
