"""Where a named place lies, and whether one of two may lie in the other.

Reads the table that `tools/build_places_table.py` writes: a sorted line for each name, with the
paths of all places of that name, from the continent down (`EU/DE`, `NA/US/TX`), a city with
`@latitude,longitude`.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product
from typing import NamedTuple

from api.language.words.folding import plain
from api.language.words.lexicon import AGREEING
from api.language.words.names import canonical, relation

NEAR = 60
"""Kilometres: of two cities that lie no further apart, one may be a part of the other."""
_DEGREE = 111.2
"""Kilometres of a degree of latitude."""


class Place(NamedTuple):
    """The areas that a place lies in, the widest first, and where it is, if it is a city."""

    path: tuple[str, ...]
    at: tuple[float, float] | None


@cache
def _table() -> list[str]:
    text = files("api.language.data").joinpath("places.tsv").read_text(encoding="utf-8")
    return text.splitlines()


def load() -> None:
    """Read the table, so that forked workers share it."""
    _table()


@lru_cache(maxsize=20_000)
def places(name: str) -> tuple[Place, ...]:
    """Every place of a name; none where the table has none."""
    wanted = f"{plain(canonical(name))}\t"
    lines = _table()
    at = bisect_left(lines, wanted)
    if at == len(lines) or not lines[at].startswith(wanted):
        return ()
    return tuple(map(_place, lines[at].removeprefix(wanted).split(" ")))


def _place(written: str) -> Place:
    path, _, at = written.partition("@")
    latitude, _, longitude = at.partition(",")
    return Place(tuple(path.split("/")), (float(latitude), float(longitude)) if at else None)


@lru_cache(maxsize=50_000)
def overlap(a: str, b: str) -> bool:
    """Whether two named places are known to be one, or one to lie in the other."""
    if relation(a, b) in AGREEING:
        return True
    return any(_may_overlap(x, y) for x, y in product(places(a), places(b)))


def exclude(a: str, b: str) -> bool:
    """Whether a thing that is in one of two named places cannot be in the other.

    Two names that the table lacks are both taken as small; where it lacks one of them, that one may
    lie anywhere.
    """
    return bool(places(a)) == bool(places(b)) and not overlap(a, b)


def _may_overlap(x: Place, y: Place) -> bool:
    if x.at and y.at:
        return _kilometres(x.at, y.at) <= NEAR
    shorter = min(len(x.path), len(y.path))
    return x.path[:shorter] == y.path[:shorter]


def _kilometres(x: tuple[float, float], y: tuple[float, float]) -> float:
    """Along the sphere, near enough for places on one continent."""
    north = x[0] - y[0]
    east = (x[1] - y[1]) * math.cos(math.radians((x[0] + y[0]) / 2))
    return math.hypot(north, east) * _DEGREE
