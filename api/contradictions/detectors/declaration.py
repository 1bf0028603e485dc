"""What a detector declares: on what its findings rest, so that pairs without it are not read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal, TypeVar

from api.contradictions.alignment.alignment import Match
from api.contradictions.detectors.findings import Finding

Detector = Callable[[Match], Finding | None]
Ground = Literal["dates", "orders", "offices", "anything"]
ANYTHING: frozenset[Ground] = frozenset({"anything"})

_Declared = TypeVar("_Declared", bound=Detector)


def detector(*, rests_on: Iterable[Ground] = ANYTHING) -> Callable[[_Declared], _Declared]:
    """Declare on what the findings of a detector may rest, beside an event that both sides share.

    Args:
        rests_on: nothing for one that speaks only of propositions about one event at one time;
            ``dates`` where it also finds two dates of what is planned or happens but once
            (``Outline.once``), ``orders`` where both sides say what is the first or the second
            (``Analysis.orders``), ``offices`` where both may say who holds an office
            (``Analysis.holds``); ``anything`` where pairs are never to be kept from it.
    """
    grounds = frozenset(rests_on)

    def declared(detect: _Declared) -> _Declared:
        vars(detect)["rests_on"] = grounds
        return detect

    return declared


def grounds_of(detect: Detector) -> frozenset[Ground]:
    """What a detector declares; of one that declares nothing, anything is expected."""
    declared: frozenset[Ground] = getattr(detect, "rests_on", ANYTHING)
    return declared
