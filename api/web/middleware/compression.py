"""Answers sent compressed to those who accept gzip: all from about a thousand bytes up.

A compressed answer is another representation: its ETag is weak (``W/"3.…"``), which ``If-Match``
and ``If-None-Match`` take here as they take the strong one, for the version and the rest in it are
the same.
"""

import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

from werkzeug.http import parse_options_header

Environ = dict[str, Any]
Wsgi = Callable[[Environ, Any], Iterable[bytes]]
Headers = list[tuple[str, str]]

LEAST = 1_000
"""Bytes of a body from which on it is compressed; what is shorter fits into one packet anyway."""
# A page of 40 kB to a seventh in a tenth of a millisecond; level 6 takes four times as long.
_LEVEL = 3
_GZIP = 31  # zlib's name for its window of 32 kB with gzip's head and tail
_COMPRESSIBLE = re.compile(r"text/|.*[/+](json|xml|yaml)\b|application/(x-ndjson|openmetrics-text)")
# A partial answer is a part of what stands there uncompressed, and these two have no body.
_AS_IT_IS = ("204", "206", "304")


def compressed(application: Wsgi) -> Wsgi:
    """An application whose answers are compressed for callers who accept it."""

    def answer(environ: Environ, start_response: Any) -> Iterable[bytes]:
        if not _accepts(environ.get("HTTP_ACCEPT_ENCODING", "")):
            return application(environ, start_response)
        told: list[Any] = []

        def start(status: str, headers: Headers, *error: Any) -> Any:
            told[:] = status, headers, error
            return _refuse_to_write

        body = application(environ, start)
        status, headers, error = told
        if status.startswith("304"):
            start_response(status, _as_held(headers, environ), *error)
            return body
        length = _value(headers, "content-length")
        if not _gains(status, headers, length):
            start_response(status, headers, *error)
            return body
        kept = _of_compressed(headers)
        if environ["REQUEST_METHOD"] == "HEAD":
            start_response(status, kept, *error)
            return body
        if length is None:
            start_response(status, kept, *error)
            return _Stream(body)
        whole = _whole(body)
        start_response(status, [*kept, ("Content-Length", str(len(whole)))], *error)
        return [whole]

    return answer


@lru_cache(256)
def _accepts(header: str) -> bool:
    """Whether an ``Accept-Encoding`` lets gzip in (RFC 9110, 12.5.3)."""
    wanted: dict[str, float] = {}
    for part in header.split(","):
        coding, options = parse_options_header(part)
        try:
            wanted[coding.lower()] = float(options.get("q", 1))
        except ValueError:
            wanted[coding.lower()] = 0
    gzip = wanted.get("gzip", wanted.get("x-gzip", wanted.get("*", 0)))
    return gzip > 0 and gzip >= wanted.get("identity", 0)


def _gains(status: str, headers: Headers, length: str | None) -> bool:
    return (
        not status.startswith(_AS_IT_IS)
        and (length is None or int(length) >= LEAST)
        and _value(headers, "content-encoding") is None
        # The answer has a secret in it: how long it is when compressed would tell of the secret.
        and "no-transform" not in (_value(headers, "cache-control") or "")
        and _COMPRESSIBLE.match(_value(headers, "content-type") or "") is not None
    )


def _of_compressed(headers: Headers) -> Headers:
    """The headers of the compressed answer, but for its length."""
    kept = [each for each in headers if each[0].lower() not in ("content-length", "accept-ranges")]
    return [*_weakened(kept), ("Content-Encoding", "gzip")]


def _as_held(headers: Headers, environ: Environ) -> Headers:
    """What confirms a copy confirms it under the name under which the caller has it."""
    held = environ.get("HTTP_IF_NONE_MATCH", "")
    tag = _value(headers, "etag")
    return _weakened(headers) if tag and f"W/{tag}" in held else headers


def _weakened(headers: Headers) -> Headers:
    return [
        (name, f"W/{value}") if name.lower() == "etag" and value.startswith('"') else (name, value)
        for name, value in headers
    ]


def _value(headers: Headers, name: str) -> str | None:
    return next((value for each, value in headers if each.lower() == name), None)


def _whole(body: Iterable[bytes]) -> bytes:
    stream = _Stream(body, flushes=False)
    try:
        return b"".join(stream)
    finally:
        stream.close()


class _Stream:
    """A body compressed as it comes: each piece can be read as soon as it is there."""

    def __init__(self, body: Iterable[bytes], flushes: bool = True) -> None:
        self._body, self._flushes = body, flushes

    def __iter__(self) -> Iterator[bytes]:
        compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
        for piece in self._body:
            if data := compressor.compress(piece):
                yield data
            if self._flushes and piece:
                yield compressor.flush(zlib.Z_SYNC_FLUSH)
        yield compressor.flush()

    def close(self) -> None:
        """Let go of the body."""
        close = getattr(self._body, "close", None)
        if close is not None:
            close()


def _refuse_to_write(data: bytes) -> None:
    raise NotImplementedError("Give the body as an iterable.")
