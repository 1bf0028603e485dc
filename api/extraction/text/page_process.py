"""A process that reads HTML pages, one after another, until its input ends.

It reads requests and writes answers as JSON, each after its length in eight bytes: a page in, a
``Page`` or why there is none out.
"""

import json
import os
import resource
import signal
import sys
from dataclasses import asdict
from typing import IO, Any

from api.extraction.text.errors import NoText
from api.extraction.text.html import read_html

LENGTH_BYTES = 8
_MOST_MEMORY = 1 << 30
_NICENESS = 5


def main() -> None:
    """Answer requests."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    # Whoever waits for something short goes first.
    os.nice(_NICENESS)
    given, taken = sys.stdin.buffer, sys.stdout.buffer
    while (request := _received(given)) is not None:
        answer = json.dumps(_read(request)).encode()
        taken.write(len(answer).to_bytes(LENGTH_BYTES) + answer)
        taken.flush()


def _received(given: IO[bytes]) -> str | None:
    length = given.read(LENGTH_BYTES)
    if len(length) < LENGTH_BYTES:
        return None
    return str(json.loads(given.read(int.from_bytes(length))))


def _read(html: str) -> dict[str, Any]:
    try:
        return {"page": asdict(read_html(html))}
    except NoText as error:
        return {"refused": str(error)}
    except MemoryError:
        return {"refused": "The page takes too much memory to be read: send the article's text."}


if __name__ == "__main__":
    main()
