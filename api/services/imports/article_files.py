"""Articles as they stand in files: text, pages, JSON lines."""

import re
import sys
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from api.services.common.errors import Invalid, ServiceError, TooLarge
from api.services.imports.lines import lines

TEXT, PAGES, LINES = (".txt",), (".html", ".htm"), (".jsonl", ".ndjson")
STANDARD_INPUT = "-"

# How far into a page its encoding is told, as browsers look for it.
_HEAD = 1024
_CHARSET = re.compile(rb"""<meta[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sent:
    """An article in a file.

    ``body`` is that of ``POST /v1/articles``, or why there is none; ``line`` is None where the file
    is the article, ``size`` is in bytes.
    """

    file: str
    line: int | None
    size: int
    body: Body | ServiceError


def files(path: Path) -> list[Path]:
    """The files of articles under a path, in the order of their names; hidden ones are left out."""
    if not path.is_dir():
        return [path]
    return sorted(
        file
        for file in path.rglob("*")
        if file.suffix.lower() in (*TEXT, *PAGES, *LINES)
        and file.is_file()
        and not any(part.startswith(".") for part in file.relative_to(path).parts)
    )


@dataclass(frozen=True, slots=True)
class Opener:
    """Opens files of articles.

    Args:
        told: what is known of the source of a text or page: publisher, published_on, language.
        most_bytes: how long a text, a page or a line may be.
        check: gives the body that a line or file holds as a request's would be, or refuses it.
    """

    told: dict[str, Any]
    most_bytes: int
    check: Callable[[bytes | Body], Body]

    def articles(self, file: Path) -> Iterator[Sent]:
        """The articles of a file, which is text unless its name says otherwise."""
        if str(file) == STANDARD_INPUT:
            yield from self._lines(sys.stdin.buffer, STANDARD_INPUT)
            return
        try:
            with file.open("rb") as opened:
                if file.suffix.lower() in LINES:
                    yield from self._lines(opened, str(file))
                    return
                raw = opened.read(self.most_bytes + 1)
        except OSError as error:
            refusal = ServiceError(f"It cannot be read: {error.strerror}.")
            yield Sent(str(file), None, 0, refusal)
            return
        yield Sent(str(file), None, len(raw), self._whole(file, raw))

    def _lines(self, opened: BinaryIO, name: str) -> Iterator[Sent]:
        """The articles of JSON lines, one a line; empty lines are passed over."""
        for line in lines(opened, self.most_bytes):
            if line.data is None:
                yield Sent(name, line.number, line.size, self._too_large())
            elif body := line.data.removeprefix(BOM_UTF8).strip():
                yield Sent(name, line.number, line.size, self._checked(body))

    def _checked(self, body: bytes | Body) -> Body | ServiceError:
        try:
            return self.check(body)
        except ServiceError as refusal:
            return refusal

    def _whole(self, file: Path, raw: bytes) -> Body | ServiceError:
        """The article that a file is."""
        if len(raw) > self.most_bytes:
            return self._too_large()
        is_page = file.suffix.lower() in PAGES
        try:
            text = raw.decode(_encoding(raw) if is_page else "utf-8-sig")
        except (UnicodeDecodeError, LookupError) as error:
            pointer = "/html" if is_page else "/text"
            told = f"Its encoding cannot be read ({error}): save it as UTF-8."
            return Invalid(pointer, told)
        if is_page:
            return self._checked({"html": text, "source": self.told})
        headline = next((line.strip() for line in text.splitlines() if line.strip()), None)
        return self._checked({"text": text, "source": {**self.told, "title": headline}})

    def _too_large(self) -> TooLarge:
        return TooLarge(f"It is longer than {self.most_bytes} bytes: send its parts by themselves.")


def _encoding(page: bytes) -> str:
    declared = _CHARSET.search(page[:_HEAD])
    if page.startswith(BOM_UTF8) or declared is None:
        return "utf-8-sig"
    return declared[1].decode()
