"""The bench runs from end to end; what it finds is no matter here."""

import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree

pytestmark = pytest.mark.slow

_ROOT = Path(__file__).parents[2]
_SMALL = (
    *("--rounds", "1", "--seconds", "0.1", "--starts", "1"),
    *("--recorded", "3", "--imported", "10"),
)


def test_it_measures_every_call_and_writes_what_it_found(tmp_path):
    into = tmp_path / "results"
    folders = ["--ledgers", str(tmp_path), "--into", str(into)]
    bench = [sys.executable, "-m", "benchmarks.bench", "120"]
    subprocess.run([*bench, *_SMALL, *folders], cwd=_ROOT, check=True)

    told = (into / "RESULTS.md").read_text()
    for figure in (
        "plainest",
        "Datasette",
        "(304)",
        "search rare",
        "import lines/s",
        "--help",
        "PostgreSQL / SQLite",
        "references",
    ):
        assert figure in told
    assert "| 120 |" in told
    drawn = sorted(into.glob("*.svg"))
    assert [each.name for each in drawn] == ["growth.svg", "reads.svg", "search.svg"]
    for each in drawn:
        assert etree.parse(each).getroot().tag.endswith("svg")
