"""The learnt scorers: from the features of a candidate to the chance that it is a statement."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from math import exp


def _table(name: str) -> list[tuple[str, str]]:
    text = files("api.extraction.data").joinpath(name).read_text(encoding="utf-8")
    return [(key, value) for key, _, value in (line.rpartition("\t") for line in text.splitlines())]


@cache
def weights() -> dict[str, int]:
    """Each feature's weight in hundredths, as ``tools/extraction/train.py`` wrote it."""
    return {feature: int(weight) for feature, weight in _table("weights.tsv")}


@cache
def _reliability() -> tuple[list[float], list[float]]:
    points = [(float(chance), float(right)) for chance, right in _table("reliability.tsv")]
    return [chance for chance, _ in points], [right for _, right in points]


def chance(features: Iterable[str], table: Mapping[str, int]) -> float:
    """The scorer's own chance, from 0 to 1, that a candidate is a statement: good for ranking."""
    total = sum(table.get(feature, 0) for feature in features) / 100
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


def confidence(chance: float) -> float:
    """The share of statements of such a chance that were right, speaker and all."""
    chances, shares = _reliability()
    at = bisect(chances, chance)
    if at in (0, len(chances)):
        return shares[min(at, len(shares) - 1)]
    left, right = chances[at - 1], chances[at]
    part = (chance - left) / (right - left)
    return shares[at - 1] + part * (shares[at] - shares[at - 1])
