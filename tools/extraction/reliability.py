"""How often statements of a given chance are right: a rising curve through what was observed."""

from __future__ import annotations

from collections.abc import Iterable

POINTS = 12
"""Observations are pooled into about this many points."""


def reliability(observed: Iterable[tuple[float, bool]]) -> list[tuple[float, float]]:
    """Points (chance, share that was right) of a curve that never falls.

    Args:
        observed: a chance the scorer gave and whether the statement was right.
    """
    ordered = sorted(observed)
    size = max(1, len(ordered) // POINTS)
    pools = [ordered[at : at + size] for at in range(0, len(ordered), size)]
    if len(pools) > 1 and len(pools[-1]) < size:
        last = pools.pop()
        pools[-1] = pools[-1] + last
    merged: list[list[tuple[float, bool]]] = []
    for pool in pools:
        merged.append(pool)
        while len(merged) > 1 and _share(merged[-2]) > _share(merged[-1]):
            falling = merged.pop()
            merged[-1] = merged[-1] + falling
    return [(sum(chance for chance, _ in pool) / len(pool), _share(pool)) for pool in merged]


def _share(pool: list[tuple[float, bool]]) -> float:
    return sum(right for _, right in pool) / len(pool)
