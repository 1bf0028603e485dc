"""HTML pages read in a process beside this one, which is ended when a page takes too long.

What reads them cannot be broken off otherwise, and would keep all other threads from running.
"""

import json
import select
import subprocess
import sys
from math import inf
from time import monotonic
from typing import IO, Any, cast

from api.deadline import DeadlineExceeded, deadline
from api.extraction import NoText, Page, refuse_excessive
from api.extraction.text.page_process import LENGTH_BYTES
from api.fair_lock import FairLock
from api.logger import Logger

STAGE = "reading the page"
_MILLISECONDS = 1000
_PIECE_BYTES = 1 << 16

log = Logger(__name__)


class PageReader:
    """One process that reads pages, begun with the first of them."""

    def __init__(self) -> None:
        self._lock = FairLock()
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, html: str) -> Page:
        """Find a page's main text and what it says of itself.

        Raises:
            NoText: see ``read_html``.
            DeadlineExceeded: it took too long.
        """
        refuse_excessive(html)
        held = deadline()
        if not self._lock.acquire(held.until):
            raise DeadlineExceeded(STAGE, held.seconds)
        try:
            answer = self._ask(json.dumps(html).encode(), held.until)
        except TimeoutError as error:
            raise DeadlineExceeded(STAGE, held.seconds) from error
        except OSError as error:
            log.warning("reading a page ended its process", reason=str(error))
            raise NoText(
                "The page cannot be read as HTML: send the article's text instead."
            ) from error
        finally:
            self._lock.release()
        if "refused" in answer:
            raise NoText(answer["refused"])
        return Page(**answer["page"])

    def _ask(self, request: bytes, until: float) -> dict[str, Any]:
        process = self._process or self._begin()
        # Until it has answered, it is nobody's.
        self._process = None
        try:
            _send(process, len(request).to_bytes(LENGTH_BYTES) + request, until)
            length = int.from_bytes(_receive(process, LENGTH_BYTES, until))
            answer: dict[str, Any] = json.loads(_receive(process, length, until))
        except BaseException:
            process.kill()
            process.communicate()
            raise
        self._process = process
        return answer

    def _begin(self) -> "subprocess.Popen[bytes]":
        # It ends with its input, which ends with this process.
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "api.extraction.text.page_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
        )


def _send(process: "subprocess.Popen[bytes]", data: bytes, until: float) -> None:
    sent = cast("IO[bytes]", process.stdin)
    rest = memoryview(data)
    while rest:
        _wait(sent.fileno(), select.POLLOUT, until)
        # A pipe that takes anything takes a page of memory at once.
        rest = rest[sent.write(rest[: select.PIPE_BUF]) :]


def _receive(process: "subprocess.Popen[bytes]", size: int, until: float) -> bytes:
    told = cast("IO[bytes]", process.stdout)
    data = b""
    while len(data) < size:
        _wait(told.fileno(), select.POLLIN, until)
        piece = told.read(min(size - len(data), _PIECE_BYTES))
        if not piece:
            raise BrokenPipeError
        data += piece
    return data


def _wait(file: int, event: int, until: float) -> None:
    waiting = select.poll()
    waiting.register(file, event)
    left = None if until == inf else max(0, (until - monotonic()) * _MILLISECONDS)
    if not waiting.poll(left):
        raise TimeoutError


_reader = PageReader()


def read_page(html: str) -> Page:
    """Read a page in this process's own reader; see ``PageReader.read``."""
    return _reader.read(html)
