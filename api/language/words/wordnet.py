"""What WordNet knows of two words: the same, one kind of the other, or opposites.

Reads the table that `tools/build_wordnet_table.py` writes: a line for each synset (its parents, its
opposites, its likes, what it implies, as line numbers), `%`, then a sorted line for each lemma
(its part of speech `n`, `v`, `a` or `r`, its synsets, the verbs it derives from, the nouns it
pertains to).
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

HIGHEST = 9
"""How far above a synset its parents still say something about it; all lead to "entity"."""


class Entry(NamedTuple):
    """A lemma: its synsets, the verbs it derives from, the nouns it pertains to."""

    senses: tuple[int, ...] = ()
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()


class Synset(NamedTuple):
    """What a synset points to, as numbers of synsets."""

    parents: tuple[int, ...]
    opposites: tuple[int, ...]
    likes: tuple[int, ...]
    implied: tuple[int, ...]


@cache
def _table() -> tuple[list[str], list[str]]:
    text = files("api.language.data").joinpath("wordnet.tsv").read_text(encoding="utf-8")
    synsets, _, lemmas = text.partition("\n%\n")
    return synsets.split("\n"), lemmas.splitlines()


def load() -> None:
    """Read the table (40 ms), so that forked workers share it."""
    _table()


def _numbers(field: str) -> tuple[int, ...]:
    return tuple(map(int, field.split(","))) if field else ()


@lru_cache(maxsize=20_000)
def entry(lemma: str, pos: str) -> Entry:
    """What is kept of a lemma as one part of speech; empty where WordNet has none."""
    lines = _table()[1]
    wanted = f"{lemma}\t{pos}\t"
    at = bisect_left(lines, wanted)
    if at == len(lines) or not lines[at].startswith(wanted):
        return Entry()
    _, _, senses, verbs, nouns = lines[at].split("\t")
    return Entry(
        _numbers(senses),
        tuple(filter(None, verbs.split(","))),
        tuple(filter(None, nouns.split(","))),
    )


@lru_cache(maxsize=20_000)
def synset(number: int) -> Synset:
    """The synset on a line of the table."""
    return Synset(*map(_numbers, _table()[0][number].split("\t")))


@lru_cache(maxsize=20_000)
def kinds(lemma: str, pos: str, senses: int = 2) -> frozenset[int]:
    """The synsets of a lemma's most used senses and those above them."""
    level = set(entry(lemma, pos).senses[:senses])
    above = set(level)
    for _ in range(HIGHEST):
        level = {parent for number in level for parent in synset(number).parents}
        above |= level
    return frozenset(above)


@lru_cache(maxsize=50_000)
def synonyms(a: str, b: str, pos: str) -> bool:
    """Whether two lemmas share a sense that is a frequent one of both."""
    return not set(entry(a, pos).senses[:3]).isdisjoint(entry(b, pos).senses[:3])


@lru_cache(maxsize=50_000)
def kind_of(narrow: str, wide: str, pos: str) -> bool:
    """Whether every dog is an animal: the first senses of `wide` stand above those of `narrow`."""
    return not kinds(narrow, pos).isdisjoint(entry(wide, pos).senses[:2])


@lru_cache(maxsize=50_000)
def opposites(a: str, b: str, pos: str) -> bool:
    """Whether a frequent sense of one is WordNet's antonym of a frequent sense of the other."""
    others = _with_likes(b, pos)
    return any(
        number in others for mine in entry(a, pos).senses[:3] for number in synset(mine).opposites
    ) or any(
        number in _with_likes(a, pos)
        for other in entry(b, pos).senses[:3]
        for number in synset(other).opposites
    )


@lru_cache(maxsize=20_000)
def _with_likes(lemma: str, pos: str) -> frozenset[int]:
    senses = entry(lemma, pos).senses[:2]
    return frozenset(senses) | {like for number in senses for like in synset(number).likes}


def marks(lemma: str, pos: str) -> frozenset[int]:
    """What a lemma shares with its synonyms and opposites: synsets, their likes and opposites."""
    senses = entry(lemma, pos).senses[:3]
    opposed = {opposite for number in senses for opposite in synset(number).opposites}
    return frozenset(senses) | opposed | _with_likes(lemma, pos)
