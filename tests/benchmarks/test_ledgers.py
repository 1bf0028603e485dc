"""Ledgers built for the bench are ledgers: whole, and as uneven as news."""

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

from tests.serving import own

_ROOT = Path(__file__).parents[2]


def test_a_ledger_of_clones_is_whole(tmp_path):
    command, environment = own(tmp_path)
    built = [sys.executable, "-m", "benchmarks.ledgers", str(tmp_path / "ledger.db")]
    subprocess.run([*built, "500", "--distinct", "200", "--held", "2"], cwd=_ROOT, check=True)

    subprocess.run([command, "verify"], env=environment, cwd=tmp_path, check=True)
    ledger = sqlite3.connect(tmp_path / "ledger.db")
    counts = {
        table: ledger.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in ("statement", "appearance", "statement_external_id", "source")
    }
    assert counts["statement"] == counts["appearance"] == counts["statement_external_id"] == 500
    assert 80 < counts["source"] < 200

    # Every clone is found by its words, and those of one text were said by others on other days.
    found = ledger.execute(
        "SELECT count(*) FROM statement_search WHERE statement_search MATCH 'the'"
    ).fetchone()[0]
    assert found > 250
    text = "SELECT text FROM statement WHERE id = 1"
    said = f"SELECT count(*), count(DISTINCT said_on) FROM statement WHERE text = ({text})"
    assert ledger.execute(said).fetchone() == (3, 3)

    # Contradictions are those of the clones, with evidence in them.
    pairs = ledger.execute("SELECT first_id, second_id, evidence FROM contradiction").fetchall()
    assert max(first for first, _, _ in pairs) > 200
    for first, second, evidence in pairs:
        assert {each["statement"] for each in json.loads(evidence)} <= {first, second}
