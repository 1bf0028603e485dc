"""Lines cut out of a stream of bytes as it comes, however long it or any of them is."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_AT_ONCE = 1 << 16


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its end; ``size`` is in bytes, ``data`` None where it is too long to hold."""

    number: int
    size: int
    data: bytes | None


class LineSplitter:
    """Cuts lines, and holds no more than one of them.

    Args:
        most_bytes: how long a line may be. A longer one is counted and passed over.
    """

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._number = 0
        self._size = 0
        self._parts: list[bytes] = []

    def cut(self, piece: bytes) -> Iterator[Line]:
        """The lines that end in the next piece of the stream."""
        start = 0
        while end := piece.find(b"\n", start) + 1:
            self._hold(piece[start:end])
            yield self._line()
            start = end
        self._hold(piece[start:])

    def rest(self) -> Iterator[Line]:
        """What stands after the last end of a line, once the stream is at its own."""
        if self._size:
            yield self._line()

    def _hold(self, part: bytes) -> None:
        self._size += len(part)
        if self._size <= self._most_bytes:
            self._parts.append(part)
        else:
            self._parts.clear()

    def _line(self) -> Line:
        is_held = self._size <= self._most_bytes
        self._number += 1
        line = Line(self._number, self._size, b"".join(self._parts) if is_held else None)
        self._parts.clear()
        self._size = 0
        return line


def lines(stream: BinaryIO, most_bytes: int) -> Iterator[Line]:
    """The lines of a file, or of what another program writes while it is read."""
    cutter = LineSplitter(most_bytes)
    # Standard input gives what is there; a file opened without a buffer would as well.
    read = getattr(stream, "read1", stream.read)
    while piece := read(_AT_ONCE):
        yield from cutter.cut(piece)
    yield from cutter.rest()
