"""The restore drill of docs/operations.md, by its text alone."""

import re
import sqlite3
from contextlib import closing
from doctest import ELLIPSIS, OutputChecker
from pathlib import Path

import pytest

from tests.pages import SHOWN, answer, steps
from tests.serving import free_port, own

PAGE = Path(__file__).parents[2] / "docs/operations.md"
FOLDERS = ("/var/lib/counterclaim-backups", "/var/lib/counterclaim", "/tmp")

# The service, for a machine without systemd: ``start`` waits until it takes requests.
SYSTEMCTL = """#!/bin/bash -e
if [ "$1" = stop ]; then
  kill -TERM "$(cat {folder}/pid)"
  while kill -0 "$(cat {folder}/pid)" 2>/dev/null; do sleep 0.05; done
else
  setsid {command} serve >/dev/null 2>&1 & echo $! > {folder}/pid
  for each in $(seq 600); do curl -sf {server}/readyz >/dev/null && exit; sleep 0.1; done
  exit 1
fi
"""


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A folder with the folders that the page names, the seeds served, and its commands."""
    for name in FOLDERS:
        (tmp_path / name[1:]).mkdir(parents=True, exist_ok=True)
    command, environment = own(tmp_path)
    server = f"http://127.0.0.1:{free_port()}"
    tools = tmp_path / "bin"
    tools.mkdir()
    (tools / "ccl").symlink_to(command)
    (tools / "systemctl").write_text(
        SYSTEMCTL.format(folder=tmp_path, command=command, server=server)
    )
    (tools / "systemctl").chmod(0o700)
    environment |= {
        "PATH": f"{tools}:{environment['PATH']}",
        "COUNTERCLAIM_PORT": server.rpartition(":")[2],
        "COUNTERCLAIM_DATABASE_URL": f"sqlite:///{tmp_path}/var/lib/counterclaim/counterclaim.db",
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    answer("ccl seed", server, tmp_path)
    answer("systemctl start counterclaim", server, tmp_path)
    yield tmp_path, server
    answer("systemctl stop counterclaim", server, tmp_path)


def test_the_drill_answers_as_the_page_shows_and_loses_nothing(machine):
    folder, server = machine
    section = PAGE.read_text(encoding="utf-8").partition("\n## Backup and restore\n")[2]
    drill = list(steps(section.partition("\n## ")[0]))
    assert len(drill) >= 10
    for command, shown in drill:
        said = answer(re.sub(r"(?<!\S)(?=/)", str(folder), command), server, folder)
        said = said.replace(f"{folder}/", "/").replace(SHOWN, server)
        assert OutputChecker().check_output(shown, said, ELLIPSIS), f"{command}\n{said}"
    lost, found = (
        folder / "var/lib/counterclaim" / name
        for name in ("lost/counterclaim.db", "counterclaim.db")
    )
    assert _changes(lost) == _changes(found)
    answer(f"ccl verify --head {folder}/tmp/head.json", server, folder)


def _changes(file):
    with closing(sqlite3.connect(file)) as ledger:
        return ledger.execute("SELECT * FROM change ORDER BY id").fetchall()
