"""``counterclaim backup`` and ``restore``, as they are run: beside a server whose writers go on."""

import hashlib
import json
import os
import re
import signal
import sqlite3
import subprocess
import threading
import time
from contextlib import closing
from pathlib import Path
from shutil import copy

import pytest

from tests.durability.test_two_workers import call
from tests.serving import own, serving


@pytest.fixture
def command(tmp_path):
    """Starts the command on the ledger of a folder."""
    program, environment = own(tmp_path)

    def start(*arguments, **settings):
        return subprocess.Popen(
            [program, *map(str, arguments)],
            env=environment | settings,
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    return start


@pytest.fixture
def run(command):
    """Runs it to its end: the status, and what it told."""

    def run_it(*arguments, **settings):
        out, errors = (process := command(*arguments, **settings)).communicate(timeout=60)
        assert "Traceback" not in errors
        return process.returncode, out + errors

    return run_it


@pytest.fixture(scope="module")
def seeds(tmp_path_factory):
    folder = tmp_path_factory.mktemp("seeds")
    program, environment = own(folder)
    subprocess.run([program, "seed"], env=environment, cwd=folder, check=True)
    return folder / "ledger.db"


@pytest.fixture
def seeded(seeds, tmp_path):
    return Path(copy(seeds, tmp_path))


def digest(file):
    return hashlib.sha256(file.read_bytes()).hexdigest()


def statements(file):
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as ledger:
        return [text for (text,) in ledger.execute("SELECT text FROM statement ORDER BY id")]


def write(address, number):
    body = {
        "kind": "claim",
        "text": f"Aussage {number}",
        "language": "de",
        "speaker": {"name": "Hafenamt", "kind": "organization"},
    }
    return call(f"{address}/v1/statements", "POST", body)[0]


def test_a_backup_beside_writers_has_all_that_was_acknowledged_before_it_began(run, tmp_path):
    backups, acknowledged, stop = tmp_path / "backups", [], threading.Event()
    backups.mkdir()

    def go_on(writer):
        while not stop.is_set():
            number = f"{writer}.{len(acknowledged)}.{time.monotonic_ns()}"
            assert write(address, number) == 201
            acknowledged.append(f"Aussage {number}")

    with serving(tmp_path) as address:
        writers = [threading.Thread(target=go_on, args=(name,)) for name in "ab"]
        for each in writers:
            each.start()
        try:
            for number in range(3):
                before = set(acknowledged)
                status, told = run("backup", backups / f"{number}.db")
                assert status == 0, told
                assert re.search(r"\d+ changes, each as it was committed", told)
                held = statements(backups / f"{number}.db")
                assert before <= set(held)
                assert len(held) == len(set(held))
        finally:
            stop.set()
            for each in writers:
                each.join()
    assert sorted(file.name for file in backups.iterdir()) == ["0.db", "1.db", "2.db"]
    assert (backups / "0.db").stat().st_mode & 0o077 == 0
    assert len(acknowledged) > 10
    assert acknowledged[-1] in statements(tmp_path / "ledger.db")


def test_what_was_restored_is_what_was_backed_up(run, seeded, tmp_path):
    assert run("backup", "kept.db")[0] == 0
    kept, verified = digest(tmp_path / "kept.db"), run("verify")
    seeded.unlink()
    assert run("restore", "kept.db") == (0, f"{verified[1]}Restored to {seeded}.\n")
    assert run("verify") == verified
    assert len(statements(seeded)) == 20
    assert digest(tmp_path / "kept.db") == kept


def test_a_file_that_is_there_is_not_written_over(run, seeded, tmp_path):
    there = tmp_path / "there.db"
    there.write_text("mine")
    status, told = run("backup", there)
    assert (status, there.read_text()) == (1, "mine")
    assert "is there already" in told
    assert list(tmp_path.glob("*.part*")) == []


def test_no_backup_is_made_where_there_is_no_ledger(run, tmp_path):
    status, told = run("backup", "empty.db")
    assert status == 1
    assert "There is no ledger" in told
    assert list(tmp_path.iterdir()) == []


def test_a_ledger_in_use_is_not_restored_over(run, seeded, tmp_path):
    assert run("backup", "kept.db")[0] == 0
    before = digest(tmp_path / "kept.db")
    with serving(tmp_path) as address:
        write(address, 1)
        status, told = run("restore", "kept.db", "--replace")
        assert status == 1
        assert "stop it first" in told
        assert write(address, 2) == 201
    assert statements(seeded)[-2:] == ["Aussage 1", "Aussage 2"]
    assert run("restore", "kept.db", "--replace")[0] == 0
    assert len(statements(seeded)) == 20
    assert digest(tmp_path / "kept.db") == before


def test_a_ledger_that_is_there_gives_way_only_when_it_is_given_up(run, seeded):
    assert run("backup", "kept.db")[0] == 0
    before = digest(seeded)
    status, told = run("restore", "kept.db")
    assert (status, digest(seeded)) == (1, before)
    assert "--replace" in told
    assert run("restore", "kept.db", "--replace")[0] == 0


def test_a_log_that_a_lost_ledger_left_is_not_taken_for_the_restored_ones(run, seeded, tmp_path):
    assert run("backup", "kept.db")[0] == 0
    seeded.unlink()
    left = tmp_path / "ledger.db-wal"
    left.write_bytes(b"of another")
    status, told = run("restore", "kept.db")
    assert status == 1
    assert str(left) in told
    assert run("restore", "kept.db", "--replace")[0] == 0
    assert run("verify")[0] == 0


def damage(file):
    whole = bytearray(file.read_bytes())
    page = len(whole) // 4096 // 2 * 4096
    whole[page : page + 4096] = b"\xff" * 4096
    file.write_bytes(whole)


def rewrite(file):
    with closing(sqlite3.connect(file)) as ledger, ledger:
        ledger.execute("UPDATE statement SET text = 'Das sagte niemand' WHERE id = 3")


def newer(file):
    with closing(sqlite3.connect(file)) as ledger, ledger:
        ledger.execute("INSERT INTO schema_migration VALUES (9999, 'later', '2030-01-01')")


def no_ledger(file):
    file.write_text(json.dumps({"not": "a database"}) * 100)


def empty(file):
    file.write_bytes(b"")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (damage, "damaged|malformed"),
        (rewrite, "statement 3"),
        (newer, "newer release"),
        (no_ledger, "not a database"),
        (empty, "holds no ledger"),
    ],
)
def test_a_spoilt_backup_is_not_restored_and_the_ledger_stays(run, seeded, tmp_path, spoil, said):
    assert run("backup", "kept.db")[0] == 0
    spoil(tmp_path / "kept.db")
    before = run("verify")
    status, told = run("restore", "kept.db", "--replace")
    assert status == 1
    assert re.search(said, told)
    assert list(tmp_path.glob("*.part*")) == []
    assert run("verify") == before


def test_a_spoilt_ledger_is_not_backed_up_and_gives_way_to_an_old_backup(run, seeded, tmp_path):
    assert run("backup", "kept.db")[0] == 0
    rewrite(seeded)
    status, told = run("backup", "later.db")
    assert status == 1
    assert "statement 3" in told
    assert not (tmp_path / "later.db").exists()
    no_ledger(seeded)
    assert run("restore", "kept.db", "--replace")[0] == 0
    assert run("verify")[0] == 0


def test_a_killed_backup_leaves_nothing_under_its_name_and_the_next_one_succeeds(
    command, run, seeded, tmp_path
):
    for _ in range(6):
        killed = command("backup", "kept.db")
        part = tmp_path / "kept.db.part"
        while not part.exists() and killed.poll() is None:
            time.sleep(0.002)
        os.killpg(killed.pid, signal.SIGKILL)
        killed.communicate()
        assert not (tmp_path / "kept.db").exists()
    assert run("backup", "kept.db")[0] == 0
    assert len(statements(tmp_path / "kept.db")) == 20
    assert list(tmp_path.glob("*.part*")) == []
