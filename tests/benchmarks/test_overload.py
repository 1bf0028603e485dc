"""The bench of crowds runs from end to end: what it finds is no matter, but nobody is cut off."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

_ROOT = Path(__file__).parents[2]


def test_it_measures_crowds_and_writes_what_they_were_answered(tmp_path):
    ledger, into = tmp_path / "ledger.db", tmp_path / "OVERLOAD.md"
    python = [sys.executable, "-m"]
    subprocess.run([*python, "benchmarks.ledgers", str(ledger), "120"], cwd=_ROOT, check=True)
    small = ["--seconds", "0.2", "--workers", "1", "--callers", "1", "4", "--into", str(into)]
    subprocess.run([*python, "benchmarks.overload", str(ledger), *small], cwd=_ROOT, check=True)

    rows = [line.split(" | ") for line in into.read_text().splitlines() if line.startswith("| ")]
    told = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    assert [each["callers"] for each in told] == ["1", "1", "4", "4", "4", "4", "4", "4"]
    assert {each["cut off"] for each in told} == {"0"}
    assert any(each["recorded/s"] != "0" for each in told)
