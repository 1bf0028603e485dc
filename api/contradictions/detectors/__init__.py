"""The detectors, found through the entry-point group `counterclaim.detectors`.

A detector is a callable that takes a `Match` and returns a `Finding` or None. It must give the
mirrored finding for the mirrored match; comparability is decided after it. What its findings rest
on it may declare with `declaration.detector`: pairs of which the detectors together can find
nothing are then not held against each other.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points

from api.contradictions.detectors.declaration import Detector, Ground, grounds_of

GROUP = "counterclaim.detectors"


@cache
def detectors() -> tuple[Detector, ...]:
    """Every installed detector, by name: their order must not depend on the installation."""
    found = sorted(entry_points(group=GROUP), key=lambda point: point.name)
    return tuple(point.load() for point in found)


@cache
def grounds() -> frozenset[Ground]:
    """What the findings of the installed detectors may rest on, all together."""
    return frozenset(ground for each in detectors() for ground in grounds_of(each))
