"""A connection to a caller, whose requests are read ahead as far as their heads."""

import re
from collections.abc import Callable
from math import inf
from socket import MSG_DONTWAIT
from time import monotonic
from typing import Any

from gunicorn.workers.gthread import TConn

# Bytes of a head that are read ahead; what is longer is read, and mostly refused, by a thread.
_AHEAD_BYTES = 1 << 14
# An empty line, as HTTP ends it, or as a thread refuses it.
_END = re.compile(rb"\n\r?\n")
_LINE = re.compile(rb"\s*([^ \r\n]*) ([^ ?\r\n]*)")
# For how long the head of a request may take to come.
_HEAD_SECONDS = 10
_READING = frozenset((b"GET", b"HEAD", b"OPTIONS"))


class Connection(TConn):
    """One that takes a thread only when the head of a request has come.

    Args:
        arguments: gunicorn's: its settings, the socket, the caller's address and the server's.
        leave: how it is closed without cutting off what the caller is yet to read.
    """

    # Of HTTP/1.1, which alone is spoken; and when it is closed, by the monotonic clock.
    parser: Any
    timeout: float

    def __init__(self, *arguments: Any, leave: "Callable[[Connection], None]") -> None:
        super().__init__(*arguments)
        self._leave = leave
        self.head = b""
        # What the request is, and where, without a query; empty of one that is none.
        self.method = self.path = b""
        # Until when the head that has begun to come is waited for, and since when it waits for a
        # thread, by the monotonic clock.
        self.head_until = inf
        self.waits_since = inf

    def read_head(self) -> bool:
        """Take what came of the next request; whether its head is whole.

        Raises:
            ConnectionError: the caller hung up.
        """
        if not self.head:
            self.method = self.path = b""
            self.head = self.parser.unreader.take_buffered() if self.initialized else b""
        if not _END.search(self.head):
            try:
                more = self.sock.recv(_AHEAD_BYTES, MSG_DONTWAIT)
            except BlockingIOError:
                return False
            if not more:
                raise ConnectionError
            if not self.head:
                self.head_until = monotonic() + _HEAD_SECONDS
            self.head += more
        if not _END.search(self.head) and len(self.head) < _AHEAD_BYTES:
            return False
        if line := _LINE.match(self.head):
            self.method, self.path = line.groups()
        return True

    @property
    def writes(self) -> bool:
        """Whether it asks for more than a read, as far as its method tells."""
        return self.method not in _READING

    def init(self) -> None:
        """Let gunicorn's parser begin with what was read ahead."""
        super().init()
        if self.head:
            self.parser.unreader.unread(self.head)
        self.head, self.head_until = b"", inf

    def close(self, graceful: bool = False) -> None:
        """Hang up; gracefully without waiting for the caller here."""
        if graceful:
            self._leave(self)
        else:
            super().close()
