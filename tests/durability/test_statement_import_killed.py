"""An import of statements killed half way and run again: nothing twice, nothing lost."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from api.services.imports.line_workers import READ_HERE
from api.services.imports.statements import BATCH

pytestmark = pytest.mark.slow

COMMAND = str(Path(sys.executable).parent / "counterclaim")
# The first are read by the process that stores them; here, as many by others.
LINES = 2 * READ_HERE * BATCH
# When so many are stored, others have read some of them.
ENOUGH = (READ_HERE + 2) * BATCH
PATIENCE_SECONDS = 60


def write(file):
    with file.open("w") as opened:
        for number in range(LINES):
            body = {
                "kind": "claim",
                "text": f"Aussage {number} über den Hafen",
                "language": "de",
                "speaker": {"name": f"Rednerin {number % 37}", "kind": "person"},
                "source": {"title": f"Blatt {number % 11}"},
                "topics": ["hafen", f"kai-{number % 5}"],
            }
            if number % 2:
                body["external_id"] = f"line-{number}"
            opened.write(json.dumps(body) + "\n")


def start(folder):
    return subprocess.Popen(
        [COMMAND, "import", "--processes", "2", str(folder / "lines.ndjson")],
        env={
            **os.environ,
            "COUNTERCLAIM_DATABASE_URL": f"sqlite:///{folder}/ledger.db",
        },
        stdout=subprocess.PIPE,
        start_new_session=True,
        text=True,
    )


def count(folder, what):
    with sqlite3.connect(folder / "ledger.db", timeout=10) as ledger:
        return ledger.execute(f"SELECT count(*) FROM {what}").fetchone()[0]


def some_are_stored(folder):
    try:
        return count(folder, "statement") > ENOUGH
    except sqlite3.OperationalError:  # not yet made
        return False


def test_killed_half_way_and_run_again_each_line_is_there_once(tmp_path):
    write(tmp_path / "lines.ndjson")
    killed = start(tmp_path)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not some_are_stored(tmp_path):
        assert killed.poll() is None and time.monotonic() < deadline
        time.sleep(0.02)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    killed.stdout.close()
    before = count(tmp_path, "statement")
    assert ENOUGH < before < LINES

    again = start(tmp_path)
    told, _ = again.communicate(timeout=PATIENCE_SECONDS)
    assert again.returncode == 0
    assert told == (
        f"Statements: {LINES - before} created, 0 updated, {before} unchanged, 0 refused.\n"
    )
    assert count(tmp_path, "statement") == count(tmp_path, "(SELECT DISTINCT text FROM statement)")
    assert count(tmp_path, "statement") == LINES
    assert count(tmp_path, "statement_external_id") == LINES / 2
    assert count(tmp_path, "appearance") == LINES
    assert count(tmp_path, "change") == LINES * 2 + 37 + 11
    assert count(tmp_path, "change WHERE version > 1") == 0
    assert count(tmp_path, "statement_search WHERE statement_search MATCH 'hafen'") == LINES
