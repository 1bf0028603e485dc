"""Copies of the ledger that follow it, and which of them may be read instead of it.

Each server is looked at twice a second, by a thread of its own, as one that is gone without a word
keeps whoever asks it waiting. A copy that cannot be reached, is of another ledger, or has not what
the ledger had some seconds ago is left out, until it is as it should be again.
"""

import os
import re
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from math import inf
from threading import Event, Lock, Thread
from time import monotonic

from api.ledger.engines.interface import Engine, Place
from api.ledger.engines.opening import open_engine
from api.ledger.storage.database import LedgerBusy, LedgerUnusable, engine
from api.ledger.storage.faults import failures

SERVES, LAGS, STRANGE, DOWN, UNKNOWN = "serves", "lags", "strange", "down", "unknown"
_POSITION = re.compile(r"([0-9A-F]{1,8})/([0-9A-F]{1,8})")
_LOOK_SECONDS = 0.5
_FRESH_SECONDS = 3
_PAUSE_SECONDS = 0.01
_MOST_PLACES = 1200


@dataclass(slots=True)
class Replica:
    """A copy: how it was when it was last looked at."""

    engine: Engine
    state: str = UNKNOWN
    position: int = 0
    behind: float | None = None
    looked_at: float = -inf

    @property
    def known_state(self) -> str:
        """Its state; a server that hangs is not known to be as it was."""
        is_hanging = self.state == SERVES and monotonic() - self.looked_at > _FRESH_SECONDS
        return DOWN if is_hanging else self.state


@dataclass(slots=True)
class Replicas:
    """All copies of one ledger.

    Args:
        ledger: what they follow.
        all: the copies.
        lag: how many seconds a copy may be behind.
        wait: for how many seconds a reader waits at a copy for what it knows of.
    """

    ledger: Engine
    all: Sequence[Replica]
    lag: float
    wait: float
    _place: Place | None = None
    _places: deque[tuple[float, int]] = field(default_factory=lambda: deque(maxlen=_MOST_PLACES))
    _turns: "count[int]" = field(default_factory=count)
    _over: Event = field(default_factory=Event)
    _process: int | None = None
    _beginning: Lock = field(default_factory=Lock)

    def watch(self) -> None:
        """Begin to look at them, once in each process."""
        with self._beginning:
            if self._process == os.getpid() or not self.all:
                return
            self._process = os.getpid()
        for look in (self._look_at_ledger, *(self._looker(each) for each in self.all)):
            Thread(target=self._go_on, args=(look,), daemon=True).start()

    def end(self) -> None:
        """Look at them no more."""
        self._over.set()

    def choose(self, asked: str | None) -> Engine | None:
        """The copy to read from, each in its turn; None for the ledger itself.

        Args:
            asked: the position that what is read must not be before.
        """
        self.watch()
        serving = [each for each in self.all if each.known_state == SERVES]
        wanted = _number(asked)
        if not serving or wanted is None:
            return None
        turn = next(self._turns) % len(serving)
        serving = serving[turn:] + serving[:turn]
        for each in serving:
            if each.position >= wanted:
                return each.engine
        return serving[0].engine if self._comes_to(serving[0], wanted) else None

    def leave(self, engine: Engine) -> None:
        """A copy failed: it is left out until it was looked at again."""
        for each in self.all:
            if each.engine is engine:
                each.state = DOWN

    def _comes_to(self, replica: Replica, wanted: int) -> bool:
        """Whether a copy has what is wanted before long."""
        until = monotonic() + self.wait
        while monotonic() < until:
            try:
                replica.position = replica.engine.place().position
            except failures(LedgerBusy):
                self.leave(replica.engine)
                return False
            if replica.position >= wanted:
                return True
            self._over.wait(_PAUSE_SECONDS)
        return False

    def _go_on(self, look: Callable[[], None]) -> None:
        while not self._over.is_set():
            look()
            self._over.wait(_LOOK_SECONDS)

    def _look_at_ledger(self) -> None:
        try:
            place = self.ledger.place()
        except failures(LedgerBusy):
            # What it had when it was last seen is all that a copy can have.
            return
        if self._place is not None and place.server != self._place.server:
            self._places.clear()
        self._place = place
        self._places.append((monotonic(), place.position))

    def _looker(self, replica: Replica) -> Callable[[], None]:
        def look() -> None:
            now = monotonic()
            try:
                place = replica.engine.place()
            except failures(LedgerBusy):
                replica.state, replica.behind = DOWN, None
                return
            replica.position = place.position
            replica.behind = self._behind(place.position, now)
            replica.state = self._state(place, replica.behind)
            replica.looked_at = now

        return look

    def _behind(self, position: int, now: float) -> float | None:
        """Seconds since the ledger had no more than a copy has; None where that is not known."""
        places = list(self._places)
        if places and position >= places[-1][1]:
            return 0.0
        had = [at for at, reached in places if reached <= position]
        return now - had[-1] if had else None

    def _state(self, place: Place, behind: float | None) -> str:
        if self._place is None:
            return UNKNOWN
        if place.ledger != self._place.ledger:
            return STRANGE
        # It follows no more: it has become the ledger itself, or is one that others have left.
        if not place.follows:
            return SERVES if place.server == self._place.server else STRANGE
        return SERVES if behind is not None and behind <= self.lag else LAGS


def _number(asked: str | None) -> int | None:
    """A position as a number, the least where none is asked; None for what is no position."""
    if asked is None:
        return 0
    found = _POSITION.fullmatch(asked)
    return (int(found[1], 16) << 32) + int(found[2], 16) if found else None


def shown(position: int) -> str:
    """A position as callers get it."""
    return f"{position >> 32:X}/{position & 0xFFFFFFFF:X}"


_following: list[Replicas] = []


def follow(
    urls: Sequence[str], busy_timeout: int, connections: int, lag: float, wait: float
) -> None:
    """Choose the copies of the ledger that this process works on.

    Raises:
        LedgerUnusable: an address is none, or the ledger's database has no such copies.
    """
    while _following:
        _following.pop().end()
    if urls and not engine().replicates:
        raise LedgerUnusable(f"{engine().title} has no replicas to read from.")
    opened = [Replica(open_engine(url, busy_timeout, connections)) for url in urls]
    _following.append(Replicas(engine(), opened, lag, wait))


def replicas() -> Replicas:
    """Those of the ledger that this process works on."""
    return _following[-1]
