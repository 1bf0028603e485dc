"""For how long something is read: as long as it takes, but where a caller waits for it."""

from contextvars import ContextVar
from dataclasses import dataclass
from math import inf
from time import monotonic


@dataclass(frozen=True, slots=True)
class Patience:
    """For how many seconds something is read, and until when by the monotonic clock."""

    seconds: float = inf
    until: float = inf

    @property
    def left(self) -> float:
        """The seconds that are left of them; none is less than none."""
        return max(0.0, self.until - monotonic())


_patience: ContextVar[Patience] = ContextVar("patience", default=Patience())  # noqa: B039 (frozen)


def patience() -> Patience:
    """What holds for this context."""
    return _patience.get()


def read_within(seconds: float) -> None:
    """From now on, what this context reads takes so long at the most; then it is broken off."""
    _patience.set(Patience(seconds, monotonic() + seconds))


def read_on() -> None:
    """What comes now may take as long as what came before it."""
    read_within(_patience.get().seconds)
