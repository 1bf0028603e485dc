"""Connections that are being closed, so that nothing that was answered is lost.

What is closed while its caller is sending is reset, and he may never read what he was answered. So
only the server's own direction is ended at first (RFC 9112, section 9.6), and no thread waits.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from selectors import EVENT_READ, BaseSelector
from socket import SHUT_WR
from time import monotonic
from typing import Any

from api.connection import Connection

# For how long a caller may say nothing, and may go on sending, before the connection is closed.
_SILENT_SECONDS = 2
_SECONDS = 30
_BYTES = 1 << 16


class Leaving:
    """Those whose callers were answered, and may not know it yet.

    Args:
        poller: which sees when something comes.
        drop: closes one for good.
    """

    def __init__(self, poller: BaseSelector, drop: Callable[[Connection], None]) -> None:
        self._poller, self._drop = poller, drop
        # Until when they are waited for at the most, by the monotonic clock.
        self._until: dict[Connection, float] = {}

    def add(self, connection: Connection) -> None:
        """Close one when its caller has done so, or takes too long."""
        try:
            connection.sock.setblocking(False)
            connection.sock.shutdown(SHUT_WR)
        except OSError:
            self._drop(connection)
            return
        now = monotonic()
        connection.timeout, self._until[connection] = now + _SILENT_SECONDS, now + _SECONDS
        self._poller.register(connection.sock, EVENT_READ, partial(self._drain, connection))

    def end(self, now: float) -> None:
        """Close those who take too long."""
        for connection, until in list(self._until.items()):
            if now > min(until, connection.timeout):
                self._close(connection)

    def _drain(self, connection: Connection, _: Any) -> None:
        more = b""
        with suppress(OSError):
            more = connection.sock.recv(_BYTES)
        if more:
            connection.timeout = monotonic() + _SILENT_SECONDS
        else:
            self._close(connection)

    def _close(self, connection: Connection) -> None:
        del self._until[connection]
        self._poller.unregister(connection.sock)
        self._drop(connection)
