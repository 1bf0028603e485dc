"""Many callers of one server at once: each asks, waits for its answer, and asks again.

All of them are in one process and on one thread, so that a crowd takes little of the machine.
"""

import socket
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from selectors import EVENT_READ, DefaultSelector
from time import monotonic

from benchmarks.load import header, is_whole, percentile

_BUFFER = 1 << 18
# For how long the answers to what was asked last are waited for.
_PATIENCE_SECONDS = 60
CUT = 0
"""The status of what was not answered: the connection was cut off, or nothing came."""


@dataclass(slots=True)
class Heard:
    """What a crowd was answered: the milliseconds of each answer, by what was asked and status."""

    seconds: float = 0
    took: defaultdict[tuple[str, int], list[float]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def rate(self, asked: str, *statuses: int) -> float:
        """Answers of these statuses a second."""
        return sum(len(self.took[asked, status]) for status in statuses) / self.seconds

    def percentile(self, asked: str, share: float, *statuses: int) -> float | None:
        """The milliseconds within which a share of them came; None where there were none."""
        all_of_them = [each for status in statuses for each in self.took[asked, status]]
        return percentile(all_of_them, share) if all_of_them else None


@dataclass(slots=True)
class Caller:
    """One who asks for one thing after the other.

    Args:
        asks: by which name its answers are told.
        requests: in turns.
        keeps: whether it asks over one connection while the server lets it.
        insists: whether it asks again at once when it was refused, and not after ``Retry-After``.
    """

    asks: str
    requests: Sequence[bytes]
    keeps: bool
    insists: bool = False
    line: socket.socket | None = None
    turn: int = 0
    asked: float = 0
    data: bytes = b""

    def ask(self, port: int) -> socket.socket:
        """Send the next request; gives the connection that its answer comes over."""
        self.asked, self.data = monotonic(), b""
        if self.line is None:
            self.line = socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE_SECONDS)
            self.line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.line.sendall(self.requests[self.turn % len(self.requests)])
        self.turn += 1
        return self.line

    def hear(self) -> int | None:
        """Take what came; gives the status when the answer is whole."""
        more = b""
        if self.line is not None:
            with suppress(OSError):
                more = self.line.recv(_BUFFER)
        self.data += more
        if is_whole(self.data):
            return int(self.data[9:12])
        return None if more else CUT

    def leave(self) -> None:
        """Hang up, if it does not keep the connection."""
        closes = header(self.data, b"connection") == b"close"
        if self.line is not None and (not self.keeps or closes or not self.data):
            self.line.close()
            self.line = None

    def pause(self, status: int) -> float:
        """The seconds until it asks again."""
        if status != 503 or self.insists:
            return 0
        return float(header(self.data, b"retry-after") or 1)


def crowd(port: int, callers: Sequence[Caller], seconds: float) -> Heard:
    """Let all of them ask for a while; what was asked in it is waited for.

    Args:
        port: where the server listens, on this machine.
        callers: who ask.
        seconds: for how long.
    """
    heard, order = Heard(), count()
    began = monotonic()
    waiting = DefaultSelector()
    returning = [(began, next(order), caller) for caller in callers]
    until = began + seconds
    while (now := monotonic()) < until + _PATIENCE_SECONDS:
        while returning and returning[0][0] <= now < until:
            caller = heappop(returning)[2]
            try:
                waiting.register(caller.ask(port), EVENT_READ, caller)
            except OSError:
                _end(caller, CUT, heard)
                heappush(returning, (now + 1, next(order), caller))
        if now >= until and not waiting.get_map():
            break
        ready = waiting.select(max(0, min(until, returning[0][0] if returning else until) - now))
        for key, _ in ready:
            caller = key.data
            status = caller.hear()
            if status is not None:
                waiting.unregister(key.fileobj)
                pause = _end(caller, status, heard)
                heappush(returning, (monotonic() + pause, next(order), caller))
    for key in list(waiting.get_map().values()):
        _end(key.data, CUT, heard)
    # What was answered late counts for as long as it took.
    heard.seconds = monotonic() - began
    waiting.close()
    for caller in callers:
        if caller.line is not None:
            caller.line.close()
            caller.line = None
    return heard


def _end(caller: Caller, status: int, heard: Heard) -> float:
    heard.took[caller.asks, status].append((monotonic() - caller.asked) * 1000)
    pause = caller.pause(status)
    if status == CUT:
        caller.data = b""
    caller.leave()
    return pause
