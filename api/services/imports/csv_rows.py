"""Rows of a CSV file (RFC 4180, UTF-8), each with its line; and what its cells may hold.

A spreadsheet runs a cell that begins like a formula, also behind blanks and what nobody sees, which
it may take away first. So one that does gets an apostrophe in front, as does one that has
apostrophes before it; reading takes one away. The parts of a list stand in one
cell with ``|`` between them; a ``|`` or ``\\`` within a part has a ``\\`` in front.
"""

import csv
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from api.services.common.errors import ServiceError, TooLarge
from api.services.imports.lines import Line, lines

# What is taken away or not seen, and then a sign, plain or in full width, or what ends a cell.
_UNSEEN = r"[\s\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*"
_SIGN = r"[=+\-@\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b\u2212\t\r\n\v\f]"
_FORMULA = re.compile(f"'*{_UNSEEN}{_SIGN}")
_HARMLESS = re.compile(f"'+{_UNSEEN}{_SIGN}")
_MARKED = re.compile(r"[|\\]")
_DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the line it begins in, its size in bytes, and its cells or why it has none."""

    line: int
    size: int
    cells: list[str] | ServiceError


def harmless(text: str) -> str:
    """A text as a cell that no spreadsheet runs."""
    return f"'{text}" if _FORMULA.match(text) else text


def plain(cell: str) -> str:
    """The text that ``harmless`` made a cell of."""
    return cell[1:] if _HARMLESS.match(cell) else cell


def joined(parts: Iterable[str]) -> str:
    """The parts of a list as one text."""
    return "|".join(_MARKED.sub(r"\\\g<0>", part) for part in parts)


def parted(text: str) -> list[str]:
    """The parts that ``joined`` made a text of; none of an empty one."""
    parts, is_marked = [""], False
    for character in text:
        if is_marked or character not in "|\\":
            parts[-1] += character
            is_marked = False
        elif character == "|":
            parts.append("")
        else:
            is_marked = True
    return parts if text else []


def rows(stream: BinaryIO, most_bytes: int) -> Iterator[Row]:
    """The rows of a CSV file, in bounded memory; empty ones are passed over.

    The delimiter is that of ``,``, ``;`` and tab that the first line has the most of.
    """
    feed = _Feed(lines(stream, most_bytes), most_bytes)
    reader = csv.reader(feed, delimiter=feed.delimiter, strict=True)
    while True:
        feed.begin()
        cells: list[str] | ServiceError
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            cells = ServiceError(f"The row cannot be read as CSV: {error}.")
        cells = feed.trouble or cells
        if cells:
            yield Row(feed.first, feed.size, cells)


class _Feed:
    """The lines of a CSV file as text; what is wrong with one is wrong with its row."""

    def __init__(self, found: Iterator[Line], most_bytes: int) -> None:
        self._found = found
        self._most_bytes = most_bytes
        self._ahead = next(found, None)
        self._number = 0
        header = (self._ahead.data or b"") if self._ahead else b""
        self.delimiter = max(_DELIMITERS, key=lambda mark: header.count(mark.encode()))
        self.begin()

    def begin(self) -> None:
        """Begin another row."""
        self.first = self._number + 1
        self.size = 0
        self.trouble: ServiceError | None = None

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._ahead or next(self._found)
        self._ahead = None
        self._number = line.number
        self.size += line.size
        if line.data is None:
            self.trouble = TooLarge(f"A line of it is longer than {self._most_bytes} bytes.")
            return "\n"
        data = line.data.removeprefix(BOM_UTF8) if line.number == 1 else line.data
        try:
            return data.decode()
        except UnicodeDecodeError:
            self.trouble = ServiceError("The row is not UTF-8: save the file as UTF-8.")
            return data.decode(errors="replace")
