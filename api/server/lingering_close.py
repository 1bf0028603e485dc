"""Connections that are being closed, so that nothing that was answered is lost.

What is closed while its caller is sending is reset, and he may never read what he was answered. So
only the server's own direction is ended at first (RFC 9112, section 9.6), and no thread waits.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from selectors import EVENT_READ, BaseSelector
from socket import SHUT_WR
from time import monotonic
from typing import Any

from api.server.connection import Connection

# For how long a caller may say nothing, and may go on sending, before the connection is closed; and
# how much: what a body may have by default.
_SILENT_SECONDS = 2
_SECONDS = 30
_BYTES = 8_000_000
_BYTES_AT_ONCE = 1 << 16


@dataclass(slots=True)
class _Rest:
    """Until when a caller may go on sending, by the monotonic clock, and how many bytes."""

    until: float
    bytes: int = _BYTES


class Leaving:
    """Those whose callers were answered, and may not know it yet.

    Args:
        poller: which sees when something comes.
        drop: closes one for good.
    """

    def __init__(self, poller: BaseSelector, drop: Callable[[Connection], None]) -> None:
        self._poller, self._drop = poller, drop
        self._rests: dict[Connection, _Rest] = {}

    def add(self, connection: Connection) -> None:
        """Close one when its caller has done so, or takes too long."""
        try:
            connection.sock.setblocking(False)
            connection.sock.shutdown(SHUT_WR)
        except OSError:
            self._drop(connection)
            return
        now = monotonic()
        connection.timeout = now + _SILENT_SECONDS
        self._rests[connection] = _Rest(now + _SECONDS)
        self._poller.register(connection.sock, EVENT_READ, partial(self._drain, connection))

    def end(self, now: float) -> None:
        """Close those who take too long."""
        for connection, rest in list(self._rests.items()):
            if now > min(rest.until, connection.timeout):
                self._close(connection)

    def _drain(self, connection: Connection, _: Any) -> None:
        more = b""
        with suppress(OSError):
            more = connection.sock.recv(_BYTES_AT_ONCE)
        rest = self._rests[connection]
        rest.bytes -= len(more)
        if more and rest.bytes > 0:
            connection.timeout = monotonic() + _SILENT_SECONDS
        else:
            self._close(connection)

    def _close(self, connection: Connection) -> None:
        del self._rests[connection]
        self._poller.unregister(connection.sock)
        self._drop(connection)
