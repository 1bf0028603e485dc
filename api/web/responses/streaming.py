"""A body read as a stream in bounded memory at any size; its answer follows when it has come.

Most clients send all of a body before they read a word of the answer: were it sent earlier, both
sides would wait for each other as soon as the buffers between them are full. So it waits in a
temporary file.
"""

from collections.abc import Iterator
from functools import partial
from tempfile import SpooledTemporaryFile
from typing import IO, Protocol

from flask import Response, request
from werkzeug.wsgi import get_input_stream

_READ_BYTES = 1 << 16
_IN_MEMORY = 1 << 20


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


def streamed(work: Work, media_type: str) -> Response:
    """An answer to a body of any size, which is worked on while it comes in."""
    return Response(_answer(get_input_stream(request.environ), work), mimetype=media_type)


def _answer(body: IO[bytes], work: Work) -> Iterator[bytes]:
    try:
        with SpooledTemporaryFile(_IN_MEMORY) as outcomes:
            while piece := body.read(_READ_BYTES):
                work.receive(piece)
                if work.is_ready():
                    outcomes.write(work.answer())
            outcomes.seek(0)
            yield from iter(partial(outcomes.read, _READ_BYTES), b"")
        yield from work.end()
    finally:
        work.close()
