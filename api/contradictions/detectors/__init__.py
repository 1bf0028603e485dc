"""The detectors, found through the entry-point group `counterclaim.detectors`.

A detector is a callable that takes a `Match` and returns a `Finding` or None. It must give the
mirrored finding for the mirrored match; comparability is decided after it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.metadata import entry_points

from api.contradictions.alignment.alignment import Match
from api.contradictions.detectors.findings import Finding

GROUP = "counterclaim.detectors"
Detector = Callable[[Match], Finding | None]


@cache
def detectors() -> tuple[Detector, ...]:
    """Every installed detector, by name: their order must not depend on the installation."""
    found = sorted(entry_points(group=GROUP), key=lambda point: point.name)
    return tuple(point.load() for point in found)


@cache
def only_ours() -> bool:
    """Whether it is known of every detector what its findings rest on."""
    return all(each.__module__.startswith("api.contradictions.") for each in detectors())
