"""Logistic regression over sparse yes-or-no features, fitted by L-BFGS."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_MEMORY = 8
_STEPS = 150
_ENOUGH = 1e-5


class Rows:
    """Feature names as numbers: row ``i`` has those from ``starts[i]`` to ``starts[i + 1]``."""

    def __init__(self, features: Sequence[Iterable[str]], vocabulary: dict[str, int]) -> None:
        rows = [[vocabulary[name] for name in row if name in vocabulary] for row in features]
        self.starts = np.cumsum([0, *map(len, rows)])
        self.numbers = np.fromiter((number for row in rows for number in row), dtype=np.int32)
        self.row_of = np.repeat(np.arange(len(rows)), np.diff(self.starts))

    def sums(self, weights: Floats) -> Floats:
        """The sum of each row's weights."""
        size = len(self.starts) - 1
        found: Floats = np.bincount(self.row_of, weights[self.numbers], size).astype(np.float64)
        return found


def vocabulary(features: Iterable[Iterable[str]], seen: int) -> dict[str, int]:
    """Number the features that at least ``seen`` rows have."""
    counts = Counter(name for row in features for name in row)
    kept = (name for name, count in counts.items() if count >= seen)
    return {name: number for number, name in enumerate(kept)}


def fit(rows: Rows, targets: Floats, size: int, penalty: float) -> Floats:
    """The weights with the least logistic loss plus ``penalty`` / 2 times their squares.

    ``targets`` are from 0 to 1: a half counts as half a yes.
    """

    def loss(weights: Floats) -> tuple[float, Floats]:
        sums = rows.sums(weights)
        value = float(
            np.sum(np.logaddexp(0, sums) - targets * sums) + penalty / 2 * weights @ weights
        )
        error = 1 / (1 + np.exp(-sums)) - targets
        slope = np.bincount(rows.numbers, weights=error[rows.row_of], minlength=size)
        return value, slope + penalty * weights

    weights = np.zeros(size)
    value, slope = loss(weights)
    past: deque[tuple[Floats, Floats]] = deque(maxlen=_MEMORY)
    for _ in range(_STEPS):
        direction = _direction(slope, past)
        length = 1.0
        for _ in range(20):
            new_value, new_slope = loss(weights + length * direction)
            if new_value <= value + 1e-4 * length * float(slope @ direction):
                break
            length /= 2
        step = length * direction
        if step @ (new_slope - slope) > 0:
            past.append((step, new_slope - slope))
        weights = weights + step
        settled = abs(value - new_value) < _ENOUGH * value
        value, slope = new_value, new_slope
        if settled:
            break
    return weights


def _direction(slope: Floats, past: deque[tuple[Floats, Floats]]) -> Floats:
    """The two-loop recursion: the slope seen through the curvature of the last steps."""
    if not past:
        return -slope / np.linalg.norm(slope)
    direction = slope.copy()
    shares = []
    for step, change in reversed(past):
        share = float(step @ direction) / float(step @ change)
        shares.append(share)
        direction -= share * change
    step, change = past[-1]
    direction *= float(step @ change) / float(change @ change)
    for (step, change), share in zip(past, reversed(shares), strict=True):
        direction += step * (share - float(change @ direction) / float(step @ change))
    return -direction
