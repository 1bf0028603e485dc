"""A body read as a stream while its answer goes out, in bounded memory at any size.

Most clients send all of a body before they read a word of the answer. So the answer waits in a
temporary file while the caller takes none of it: were it written regardless, both sides would wait
for each other as soon as the buffers between them are full.
"""

import select
from collections.abc import Callable, Iterator
from socket import socket
from tempfile import SpooledTemporaryFile
from typing import IO, Protocol

from flask import Response, request
from werkzeug.wsgi import get_input_stream

from api.web.http.proxies import is_forwarded

_READ_BYTES = 1 << 16
# Small enough that a socket that takes anything takes all of it.
_WRITE_BYTES = 4096
_IN_MEMORY = 1 << 20
# How long more input is waited for before what is there is worked on.
_PAUSE_MILLISECONDS = 20
_GIVES, _TAKES = select.POLLIN, select.POLLOUT
_BROKEN = select.POLLERR | select.POLLHUP | select.POLLNVAL


class Work(Protocol):
    """What is done with a body as it comes."""

    def receive(self, piece: bytes) -> None:
        """Take the next piece of the body."""

    def is_ready(self) -> bool:
        """Whether so much has come that it is worked on at once."""

    def answer(self) -> bytes:
        """Work on what has come; gives the next part of the answer."""

    def end(self) -> Iterator[bytes]:
        """Work on what is left when the body is at its end; gives the rest of the answer."""

    def close(self) -> None:
        """Let go of everything: the answer went out, or the caller is gone."""


def exchanged(work: Work, media_type: str) -> Response:
    """An answer that goes out while its request's body comes in.

    Where a proxy stands between, it goes out at the end: nginx, for one, passes on no more of a
    body as soon as the answer begins.
    """
    connection = request.environ.get("gunicorn.socket")
    wire = _Wire(None if is_forwarded(request.headers) else connection)
    body = get_input_stream(request.environ)
    response = Response(_answer(body, work, wire), mimetype=media_type)
    response.headers["X-Accel-Buffering"] = "no"  # nginx would hold it back otherwise
    return response


def _answer(body: IO[bytes], work: Work, wire: "_Wire") -> Iterator[bytes]:
    read: Callable[[int], bytes] = getattr(body, "read1", body.read)
    outbox = _Outbox()
    try:
        while True:
            while outbox and wire.takes_more_than_it_gives():
                yield outbox.take(_WRITE_BYTES)
            piece = read(_READ_BYTES)
            if not piece:
                break
            work.receive(piece)
            if work.is_ready() or not wire.gives_at_once():
                outbox.put(work.answer())
            while outbox and wire.takes_at_once():
                yield outbox.take(_WRITE_BYTES)
        while outbox:
            yield outbox.take(_READ_BYTES)
        yield from work.end()
    finally:
        work.close()
        outbox.close()


class _Wire:
    """The connection under a request; without one that is known, nothing is taken until the end."""

    def __init__(self, connection: socket | None) -> None:
        self._connection = connection

    def gives_at_once(self) -> bool:
        """Whether more of the body is there, or comes in a moment."""
        return self._connection is None or bool(self._wait(_GIVES, _PAUSE_MILLISECONDS))

    def takes_at_once(self) -> bool:
        """Whether the caller has room for more of the answer."""
        return bool(self._wait(_TAKES, 0))

    def takes_more_than_it_gives(self) -> bool:
        """Wait until the caller does either; whether it takes more and gives nothing."""
        events = self._wait(_GIVES | _TAKES, None)
        return bool(events & _TAKES) and not events & _GIVES

    def _wait(self, wanted: int, milliseconds: int | None) -> int:
        """What of what is wanted can be done without waiting any longer."""
        if self._connection is None:
            return 0
        # Not select.select, which knows no more than 1,024 open files.
        waiting = select.poll()
        waiting.register(self._connection, wanted)
        found = waiting.poll(milliseconds)
        events = found[0][1] if found else 0
        # What is broken is found to be so by reading and writing it.
        return wanted if events & _BROKEN else events


class _Outbox:
    """Bytes in the order in which they came, in a file where they are many."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 (closed by close)
        self._read = self._written = 0

    def __bool__(self) -> bool:
        return self._read < self._written

    def put(self, data: bytes) -> None:
        self._file.seek(self._written)
        self._file.write(data)
        self._written += len(data)

    def take(self, most: int) -> bytes:
        self._file.seek(self._read)
        data = self._file.read(most)
        self._read += len(data)
        if not self:
            self._file.seek(0)
            self._file.truncate()
            self._read = self._written = 0
        return data

    def close(self) -> None:
        self._file.close()
