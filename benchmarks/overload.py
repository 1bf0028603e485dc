"""What a crowd of callers is answered, and one caller a second after it.

usage: python -m benchmarks.overload LEDGER [--seconds S] [--workers N...] [--callers N...]

LEDGER is a file that ``benchmarks.ledgers`` built; it is copied. From one caller to 256 ask the
server as fast as they are answered, over kept connections and over a new one each time; all of
them read pages of 50, or three of four do and the fourth records statements. Who is refused comes
back after ``Retry-After``; those who insist ask again at once.
"""

import argparse
import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import count, product
from os import cpu_count, getloadavg
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

import orjson

from benchmarks import servers
from benchmarks.copies import copied
from benchmarks.crowd import CUT, Caller, Heard, crowd
from benchmarks.load import request
from benchmarks.reads import fresh_bodies

_READ, _WRITE = "read", "write"
_REFUSED = 503
_PAGE = "/v1/statements?limit=50"
_ALONE = 40
_COLUMNS = (
    "workers",
    "callers",
    "connections",
    "read/s",
    "p50 ms",
    "p99 ms",
    "recorded/s",
    "p50 ms",
    "p99 ms",
    "refused/s",
    "p99 ms",
    "cut off",
    "alone after, ms",
)


@dataclass(frozen=True, slots=True)
class Case:
    """A crowd: how many, over which connections, how many of four record, what the refused do."""

    clients: int
    keeps: bool
    writers: int = 0
    insists: bool = False

    @property
    def connections(self) -> str:
        """How they come, in words."""
        return ("kept" if self.keeps else "new") + (", insisting" if self.insists else "")

    def callers(self, port: int, bodies: Iterator[bytes]) -> list[Caller]:
        """Everybody in it."""
        read = [request(_PAGE, port)]
        return [
            Caller(_WRITE, [next(bodies) for _ in range(40)], self.keeps, self.insists)
            if place % 4 < self.writers
            else Caller(_READ, read, self.keeps, self.insists)
            for place in reversed(range(self.clients))
        ]


def cases(sizes: Sequence[int]) -> Iterator[Case]:
    """All crowds of these sizes; of the last there is one more, which insists."""
    for writers, clients, keeps in product((0, 1), sizes, (True, False)):
        if clients > 1 or not writers:
            yield Case(clients, keeps, writers)
    for writers in (0, 1):
        yield Case(sizes[-1], False, writers, insists=True)


def main() -> None:
    """Measure, and write what was found."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--seconds", type=float, default=3.0, help="of each crowd")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--callers", type=int, nargs="+", default=[1, 8, 64, 256])
    parser.add_argument("--into", type=Path, default=Path("benchmarks/OVERLOAD.md"))
    asked = parser.parse_args()
    rows = [
        row
        for workers in asked.workers
        for row in _measured(asked.ledger.resolve(), workers, asked.callers, asked.seconds)
    ]
    command = f"python -m benchmarks.overload {asked.ledger.name} --seconds {asked.seconds:g}"
    asked.into.write_text("\n".join(_page(command, rows)) + "\n", encoding="utf-8")


def _measured(
    file: Path, workers: int, sizes: Sequence[int], seconds: float
) -> Iterator[list[str]]:
    log = file.with_suffix(".log")
    with copied(file) as copy, servers.ours(copy, log, workers=str(workers)) as (port, _):
        bodies = _requests(port)
        _alone(port)
        for case in cases(sizes):
            heard = crowd(port, case.callers(port, bodies), seconds)
            sleep(1)
            row = [str(workers), *_row(case, heard, _alone(port))]
            print(" | ".join(row), flush=True)
            yield row


def _requests(port: int) -> Iterator[bytes]:
    """Statements to be recorded, each as it goes over the wire."""
    for seed in count(9):
        for body in fresh_bodies(seed, 2_000):
            sent = orjson.dumps(body)
            head = (
                f"POST /v1/statements HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
                f"Content-Type: application/json\r\nContent-Length: {len(sent)}\r\n\r\n"
            )
            yield head.encode() + sent


def _alone(port: int) -> float:
    """The median of milliseconds that one caller waits, when there is no other."""
    took = []
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    for _ in range(_ALONE):
        asked = perf_counter()
        connection.request("GET", _PAGE)
        connection.getresponse().read()
        took.append((perf_counter() - asked) * 1000)
    connection.close()
    return median(took)


def _row(case: Case, heard: Heard, alone: float) -> list[str]:
    figures: list[float | None] = []
    for asked, statuses in ((_READ, (200,)), (_WRITE, (200, 201))):
        figures.append(heard.rate(asked, *statuses))
        figures += [heard.percentile(asked, share, *statuses) for share in (0.5, 0.99)]
    both = Heard(heard.seconds)
    for (_, status), took in heard.took.items():
        both.took["", status] += took
    figures += [both.rate("", _REFUSED), both.percentile("", 0.99, _REFUSED)]
    others = {status for _, status in heard.took} - {200, 201, _REFUSED, CUT}
    if others:
        raise RuntimeError(f"answers had the statuses {others}")
    return [
        str(case.clients),
        case.connections,
        *("" if each is None else f"{each:,.0f}" for each in figures),
        str(len(both.took["", CUT])),
        f"{alone:.1f}",
    ]


def _page(command: str, rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield "# When more come than can be answered"
    yield ""
    yield (
        f"Made by `{command}` on {cpu_count()} cores ({platform.machine()}, Python "
        f"{platform.python_version()}), which the callers share with the server, with a load "
        f"average of {getloadavg()[2]:.1f} over the last quarter of an hour. Default settings. "
        "Everybody asks again as soon as he is answered, and after `Retry-After` when he is "
        "refused; those who insist, at once. The last column is the median of one caller's "
        "pages, a second after the crowd."
    )
    yield ""
    yield f"| {' | '.join(_COLUMNS)} |"
    yield f"|{'---|' * len(_COLUMNS)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


if __name__ == "__main__":
    main()
