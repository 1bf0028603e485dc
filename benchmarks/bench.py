"""The figures of the README and of RESULTS.md: every call measured, ours beside others.

usage: python -m benchmarks.bench SIZE... [--rounds N] [--seconds S]

For each size a ledger is built (``benchmarks.ledgers``), or taken from the folder of ledgers, where
it is kept for the next time. Servers that are held against each other run at the same time and are
asked in turns, a while each; what is told is the median of the rounds. See ``benchmarks.growth``,
``reads``, ``writes`` and ``engines``.
"""

import argparse
import subprocess
import sys
from pathlib import Path

from benchmarks.engines import engines
from benchmarks.growth import growth
from benchmarks.reads import Span, reads
from benchmarks.report import write
from benchmarks.writes import imports, starts

_RECORDED, _IMPORTED, _COPIED = 60, 1_000, 100_000


def main() -> None:
    """Measure, and write what was found."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("size", type=int, nargs="+", help="statements; several give curves")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.0, help="of each call in a round")
    parser.add_argument("--recorded", type=int, default=_RECORDED, help="statements recorded")
    parser.add_argument("--imported", type=int, default=_IMPORTED, help="lines imported")
    parser.add_argument("--starts", type=int, default=3, help="times that serve is started")
    parser.add_argument(
        "--copied", type=int, default=_COPIED, help="the largest that is copied to PostgreSQL"
    )
    parser.add_argument("--ledgers", type=Path, default=Path("build/bench"))
    parser.add_argument("--into", type=Path, default=Path("benchmarks"))
    asked = parser.parse_args()
    span = Span(asked.rounds, asked.seconds)
    asked.ledgers.mkdir(parents=True, exist_ok=True)
    log = asked.ledgers / "servers.log"
    files = {size: _ledger(asked.ledgers.resolve(), size) for size in sorted(set(asked.size))}
    found = growth(files, span, asked.recorded, log)
    for size, file in files.items():
        found[size] |= reads(file, span, log)
        found[size] |= imports(file, asked.imported)
        found[size] |= starts(file, asked.starts, log)
        if size <= asked.copied:
            found[size] |= engines(file, span, log)
        found[size]["bytes a statement"] = file.stat().st_size / size
        print(size, {name: round(value, 1) for name, value in found[size].items()}, flush=True)
    sizes = " ".join(map(str, asked.size))
    told = ("rounds", "seconds", "recorded", "imported", "starts", "copied")
    options = " ".join(f"--{name} {getattr(asked, name)}" for name in told)
    write(found, asked.into, f"python -m benchmarks.bench {sizes} {options}")


def _ledger(folder: Path, size: int) -> Path:
    """A ledger of a size, built where it is not there yet."""
    file = folder / f"{size}.db"
    if not file.exists():
        half = folder / f"{size}.half.db"
        for old in folder.glob(f"{half.name}*"):
            old.unlink()
        command = [sys.executable, "-m", "benchmarks.ledgers", str(half), str(size)]
        subprocess.run(command, check=True)  # noqa: S603 (our own command)
        half.rename(file)
    return file


if __name__ == "__main__":
    main()
