"""Until when one request is worked on, kept by all that works for it.

Whatever runs for long asks between its steps whether there is time left; the database is told, so
that it breaks off what it reads.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from math import inf
from time import monotonic


class DeadlineExceeded(Exception):
    """The work took longer than it may.

    Args:
        stage: what it was at: "reading the text", "comparing", ….
        seconds: how long it might take.
    """

    def __init__(self, stage: str, seconds: float) -> None:
        super().__init__(stage, seconds)
        self.stage = stage
        self.seconds = seconds

    @property
    def members(self) -> dict[str, str | float]:
        """What a problem tells of it beside the sentence."""
        return {"stage": self.stage, "seconds": self.seconds}

    def __str__(self) -> str:
        """For people."""
        return f"It took longer than {self.seconds:g} seconds, and was {self.stage}."


@dataclass(frozen=True, slots=True)
class Deadline:
    """For how many seconds something is worked on, and until when by the monotonic clock."""

    seconds: float = inf
    until: float = inf

    @property
    def left(self) -> float:
        """The seconds that are left of them; none is less than none."""
        return max(0.0, self.until - monotonic())


_deadline: ContextVar[Deadline] = ContextVar("deadline", default=Deadline())  # noqa: B039 (frozen)


def deadline() -> Deadline:
    """What holds for this context."""
    return _deadline.get()


def set_deadline(seconds: float) -> None:
    """From now on, what this context does takes so long at the most; then it is broken off."""
    _deadline.set(Deadline(seconds, monotonic() + seconds))


def postpone_deadline(seconds: float) -> None:
    """What was waited for others is not counted as work."""
    held = _deadline.get()
    _deadline.set(Deadline(held.seconds, held.until + seconds))


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """What is inside takes so long at the most, and no longer than all of it may."""
    held = _deadline.get()
    until = monotonic() + seconds
    if until >= held.until:
        yield
        return
    token = _deadline.set(Deadline(seconds, until))
    try:
        yield
    finally:
        _deadline.reset(token)


def check_deadline(stage: str) -> None:
    """Go on only while there is time left.

    Raises:
        DeadlineExceeded: there is none.
    """
    held = _deadline.get()
    if monotonic() > held.until:
        raise DeadlineExceeded(stage, held.seconds)
