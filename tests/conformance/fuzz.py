"""Fuzzes a server of its own with cases that schemathesis makes from the API's document.

usage: python -m tests.conformance.fuzz [--seconds N] [--seed N]

Twice: with a key and without one. Every check is on; what is let pass stands in ``fuzz_hooks.py``
and ``schemathesis.toml`` with its reason.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.serving import serving

HERE = Path(__file__).parent
WHOLE = ("--phases=examples,coverage,fuzzing,stateful",)
SHARE = ("--phases=examples,fuzzing", "--max-examples=2", "--no-shrink")


@dataclass(frozen=True)
class Outcome:
    """What came of a run: how many cases, over how many operations, and the report of failures."""

    cases: int
    operations: int
    failures: int
    told: str


def fuzz(
    folder: Path, *, keyed: bool, seed: int, seconds: int | None = None, **ledger: str
) -> Outcome:
    """Fuzz a seeded server of its own.

    Args:
        folder: an empty one, for its ledger and the report.
        keyed: whether the server takes requests only with a key, and the cases have one.
        seed: what the cases are drawn by.
        seconds: how long it goes on; without, a few cases of each operation are tried.
        ledger: the settings of the ledger, where it is not in the folder.
    """
    settings = {**ledger, **({"reads_need_key": "yes"} if keyed else {})}
    with serving(folder, seeds=True, log=folder / "log", **settings) as server:
        report = folder / "report.json"
        command = [
            *(sys.executable, "-m", "schemathesis.cli", f"--config-file={HERE}/schemathesis.toml"),
            *("run", f"{server}/openapi.json", f"--seed={seed}"),
            *("--report=json", f"--report-json-path={report}"),
            *(SHARE if seconds is None else (*WHOLE, f"--max-time={seconds}")),
        ]
        if keyed:
            command.append(f"--header=Authorization: Bearer {_key(folder, **ledger)}")
        hooks = {"SCHEMATHESIS_HOOKS": "tests.conformance.fuzz_hooks"}
        run = subprocess.run(
            command, cwd=folder, env=os.environ | hooks, capture_output=True, text=True
        )
        told = json.loads(report.read_bytes())
    failures = told["test_cases"]["unique_failures"] + len(told["errors"]) + run.returncode
    tested = told["operations"]["tested"]
    return Outcome(told["test_cases"]["generated"], tested, failures, run.stdout)


def _key(folder: Path, **ledger: str) -> str:
    command = [Path(sys.executable).parent / "counterclaim", "keys", "create"]
    url = ledger.get("database_url", f"sqlite:///{folder}/ledger.db")
    made = subprocess.run(
        [*command, "--name=fuzz", "--scope=admin"],
        env=os.environ | {"COUNTERCLAIM_DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=True,
    )
    return made.stdout.strip()


def main() -> int:
    """Fuzz with and without a key; tells the figures, and what failed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=int, default=85, help="of each of the two runs")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    failures = 0
    for keyed in (True, False):
        with tempfile.TemporaryDirectory() as folder:
            found = fuzz(Path(folder), keyed=keyed, seconds=asked.seconds, seed=asked.seed)
        if found.failures:
            print(found.told)
        print(
            f"{'with' if keyed else 'without'} a key: {found.cases} cases over "
            f"{found.operations} operations, {found.failures} failures",
            flush=True,
        )
        failures += found.failures
    return min(failures, 1)


if __name__ == "__main__":
    sys.exit(main())
