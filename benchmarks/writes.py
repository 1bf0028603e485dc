"""Writes measured on a copy of a ledger, and what a server takes to start and to hold."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import orjson

from benchmarks import servers
from benchmarks.reads import fresh_bodies

_BIN = Path(sys.executable).parent


def writes(file: Path, recorded: int, imported: int, log: Path) -> dict[str, float]:
    """Measure recording and importing.

    Args:
        file: a ledger, which stays as it is.
        recorded: statements that are recorded one by one.
        imported: lines of an import.
        log: where the server's own lines go.

    Returns:
        Milliseconds for one, and lines a second, by their names.
    """
    with copied(file) as copy:
        with servers.ours(copy, log) as (port, server):
            took = _record(port, recorded)
            memory = servers.worker_memory(server)
        return {
            "record one ms": median(took),
            "record one p95 ms": sorted(took)[int(0.95 * len(took))],
            "import lines/s": imported / _import(copy, imported),
            "worker MB": memory / 1e6,
        }


def starts(file: Path, times: int, log: Path) -> dict[str, float]:
    """Milliseconds from ``serve`` to its first answer, and for ``--help``."""
    served, helped = [], []
    for _ in range(times):
        began = perf_counter()
        with servers.ours(file, log):
            served.append((perf_counter() - began) * 1000)
        began = perf_counter()
        subprocess.run(  # noqa: S603 (our own command)
            [str(_BIN / "counterclaim"), "--help"], check=True, stdout=subprocess.DEVNULL
        )
        helped.append((perf_counter() - began) * 1000)
    return {"serve to first answer ms": median(served), "--help ms": median(helped)}


def _record(port: int, count: int) -> list[float]:
    """The milliseconds of each statement, the first few left out."""
    took = []
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    for body in fresh_bodies(2, count + 10):
        asked = perf_counter()
        headers = {"Content-Type": "application/json"}
        connection.request("POST", "/v1/statements", orjson.dumps(body), headers)
        answer = connection.getresponse()
        told = answer.read()
        took.append((perf_counter() - asked) * 1000)
        if answer.status not in (200, 201):
            raise RuntimeError(f"{body} was answered {answer.status}: {told[:300]!r}")
    connection.close()
    return took[10:]


def _import(file: Path, count: int) -> float:
    """The seconds that an import of so many lines takes, the start of the command left out."""
    with TemporaryDirectory() as folder:
        lines = Path(folder) / "lines.ndjson"
        bodies = fresh_bodies(3, count + 1)
        seconds = []
        for part in (bodies[:1], bodies[1:]):
            lines.write_bytes(b"\n".join(map(orjson.dumps, part)))
            began = perf_counter()
            subprocess.run(  # noqa: S603 (our own command)
                [str(_BIN / "counterclaim"), "import", str(lines)],
                check=True,
                env=os.environ | {"COUNTERCLAIM_DATABASE_URL": f"sqlite:///{file}"},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            seconds.append(perf_counter() - began)
    return max(0.001, seconds[1] - seconds[0])


@contextmanager
def copied(file: Path) -> Iterator[Path]:
    """A copy of a ledger, for as long as it is needed."""
    with TemporaryDirectory(dir=file.parent) as folder:
        copy = Path(folder) / file.name
        shutil.copyfile(file, copy)
        yield copy
