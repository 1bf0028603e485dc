"""A body read as a stream while its answer goes out, in bounded memory at any size.

Most clients send all of a body before they read a word of the answer. So the answer waits in a
temporary file while the caller takes none of it: were it written regardless, both sides would wait
for each other as soon as the buffers between them are full.
"""

import select
from collections.abc import Callable, Iterator
from socket import socket
from tempfile import SpooledTemporaryFile
from typing import Any, Protocol

from flask import Response, request
from werkzeug.wsgi import get_input_stream

from api.web.problems import UNSUPPORTED, Problem

_READ_BYTES = 1 << 16
# Small enough that a socket that takes anything takes all of it.
_WRITE_BYTES = 4096
_IN_MEMORY = 1 << 20
# How long more input is waited for before what is there is worked on.
_PAUSE_SECONDS = 0.02


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


def take_body(*accepted: str) -> Any:
    """The body as a stream, however long it is.

    Raises:
        Problem: it is of another type, or compressed.
    """
    if request.mimetype not in accepted:
        raise Problem(
            UNSUPPORTED,
            f"A body of type {request.content_type!r} is not taken here."
            if request.content_type
            else "The request has no Content-Type: say of what type the body is.",
            accepted=list(accepted),
        )
    if request.headers.get("Content-Encoding", "identity") != "identity":
        raise Problem(UNSUPPORTED, "A compressed body is not taken here.", accepted=list(accepted))
    return get_input_stream(request.environ)


def exchanged(body: Any, work: Work, media_type: str) -> Response:
    """An answer that goes out while its request's body comes in."""
    wire = _Wire(request.environ.get("gunicorn.socket"))
    response = Response(_answer(body, work, wire), mimetype=media_type)
    response.headers["X-Accel-Buffering"] = "no"  # nginx would hold it back otherwise
    return response


def _answer(body: Any, work: Work, wire: "_Wire") -> Iterator[bytes]:
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
        return self._connection is None or self._wait(_PAUSE_SECONDS, gives=True)[0]

    def takes_at_once(self) -> bool:
        """Whether the caller has room for more of the answer."""
        return self._connection is not None and self._wait(0, takes=True)[1]

    def takes_more_than_it_gives(self) -> bool:
        """Wait until the caller does either; whether it takes more and gives nothing."""
        if self._connection is None:
            return False
        gives, takes = self._wait(None, gives=True, takes=True)
        return takes and not gives

    def _wait(
        self, seconds: float | None, *, gives: bool = False, takes: bool = False
    ) -> tuple[bool, bool]:
        assert self._connection is not None
        # Not select.select, which knows no more than 1,024 open files.
        waiting = select.poll()
        waiting.register(
            self._connection, (select.POLLIN if gives else 0) | (select.POLLOUT if takes else 0)
        )
        found = waiting.poll(None if seconds is None else seconds * 1000)
        events = found[0][1] if found else 0
        # What is broken is found so by reading and writing it.
        is_broken = bool(events & (select.POLLERR | select.POLLHUP | select.POLLNVAL))
        return bool(events & select.POLLIN) or is_broken, bool(events & select.POLLOUT) or is_broken


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
