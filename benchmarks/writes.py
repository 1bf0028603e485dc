"""An import into a copy of a ledger, and what a server takes to start."""

import os
import subprocess
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import orjson

from benchmarks import servers
from benchmarks.copies import copied
from benchmarks.reads import fresh_bodies


def imports(file: Path, count: int) -> dict[str, float]:
    """Lines a second that are imported into a copy of a ledger, by their name."""
    with copied(file) as copy:
        return {"import lines/s": count / _import(copy, count)}


def starts(file: Path, times: int, log: Path) -> dict[str, float]:
    """Milliseconds from ``serve`` to its first answer, and for ``--help``."""
    served, helped = [], []
    for _ in range(times):
        began = perf_counter()
        with servers.ours(file, log):
            served.append((perf_counter() - began) * 1000)
        began = perf_counter()
        subprocess.run(  # noqa: S603 (our own command)
            [servers.OUR_COMMAND, "--help"], check=True, stdout=subprocess.DEVNULL
        )
        helped.append((perf_counter() - began) * 1000)
    return {"serve to first answer ms": median(served), "--help ms": median(helped)}


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
                [servers.OUR_COMMAND, "import", str(lines)],
                check=True,
                env=os.environ | {"COUNTERCLAIM_DATABASE_URL": f"sqlite:///{file}"},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            seconds.append(perf_counter() - began)
    return max(0.001, seconds[1] - seconds[0])
