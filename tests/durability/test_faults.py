"""What fails under a server: the disk, the file, the clock, another program.

Each is told as a problem, nothing acknowledged is lost, and when the cause is gone all is served.
"""

import json
import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from shutil import copy

import libfaketime
import pytest

from api.ledger.storage.database import connect, disconnect
from tests.durability.machine import Machine, kill
from tests.durability.test_two_workers import call
from tests.serving import own, serving

pytestmark = pytest.mark.durability

CLOCK = Path(libfaketime.__file__).parent / "vendor/libfaketime/src/libfaketime.so.1"

POST_LINES = ("curl", "-s", "-H", "Content-Type: application/x-ndjson", "--data-binary", "@-")


@pytest.fixture
def disk(tmp_path):
    """A disk of six megabytes; gives its folder."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "none", folder])
    if made.returncode:
        pytest.skip("only root mounts a small disk")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def remount(disk, mode):
    subprocess.run(["mount", "-o", f"remount,{mode}", disk], check=True)


class Writer:
    """Records statements, and remembers those that were acknowledged."""

    def __init__(self, server):
        self.server, self.acknowledged, self.sent = server, [], 0

    def __call__(self):
        """Record one more; gives the status and the problem, where there is one."""
        self.sent += 1
        text = f"Aussage {self.sent}"
        body = {
            "kind": "claim",
            "text": text,
            "language": "de",
            "speaker": {"name": "Hafenamt", "kind": "organization"},
        }
        status, headers, told = call(f"{self.server}/v1/statements", "POST", body)
        if status == 201:
            self.acknowledged.append(text)
        else:
            assert (status, told["status"]) == (503, 503), told
            assert headers["Content-Type"] == "application/problem+json"
            assert int(headers["Retry-After"]) >= 1
        return status, told

    def ready(self):
        return call(f"{self.server}/readyz")[0]

    def refused(self, said):
        status, told = self()
        assert status == 503
        assert said in told["detail"], told

    def serves_all(self):
        """It is ready, takes more, and has every acknowledged statement once."""
        assert self.ready() == 200
        for _ in range(8):
            assert self()[0] == 201
        listed, address = [], f"{self.server}/v1/statements?limit=200"
        while address:
            _, _, page = call(address)
            listed += [each["text"] for each in page["items"]]
            address = page["next"]
        assert set(self.acknowledged) <= set(listed)
        assert len(listed) == len(set(listed))


def verified(folder):
    command, environment = own(folder)
    run = subprocess.run([command, "verify"], env=environment, capture_output=True, text=True)
    return run.returncode, run.stdout + run.stderr


def test_a_full_disk(disk):
    with serving(disk, workers="2") as server:
        write = Writer(server)
        assert write()[0] == 201
        ballast = disk / "ballast"
        with ballast.open("wb", buffering=0) as filling:
            try:
                while filling.write(bytes(4096)):
                    pass
            except OSError:
                pass
        assert write.ready() == 503
        # What SQLite made room for before is written to first.
        answers = [write() for _ in range(400)]
        assert answers[-1][0] == 503
        assert "full" in answers[-1][1]["detail"]
        assert call(f"{server}/v1/statements")[0] == 200
        ballast.unlink()
        write.serves_all()
    assert verified(disk)[0] == 0


def test_an_import_on_a_full_disk_tells_each_line_what_became_of_it(disk):
    with serving(disk, workers="1") as server:
        lines = "".join(
            f'{{"kind": "claim", "text": "Zeile {number}", "language": "de", "external_id": '
            f'"{number}", "speaker": {{"name": "Amt", "kind": "organization"}}}}\n'
            for number in range(4000)
        )
        sent = subprocess.run(
            [*POST_LINES, f"{server}/v1/statements/import"],
            input=lines,
            capture_output=True,
            text=True,
        )
        outcomes = [json.loads(line) for line in sent.stdout.splitlines()]
        stored = {each["external_id"] for each in outcomes if each["outcome"] == "created"}
        assert len(outcomes) == 4000
        assert 0 < len(stored) < 4000
    with closing(sqlite3.connect(disk / "ledger.db")) as ledger:
        found = {name for (name,) in ledger.execute("SELECT external_id FROM statement")}
    assert found == stored


def test_a_disk_that_is_read_only_at_the_start(disk):
    with serving(disk, workers="2") as server:
        write = Writer(server)
        assert write()[0] == 201
    remount(disk, "ro")
    command, environment = own(disk)
    started = subprocess.run([command, "serve"], env=environment, capture_output=True, text=True)
    assert started.returncode == 1
    assert "cannot be opened" in started.stderr
    assert "Traceback" not in started.stderr
    remount(disk, "rw")
    with serving(disk, workers="2") as server:
        write.server = server
        write.serves_all()
    assert verified(disk)[0] == 0


def test_a_file_that_only_new_connections_find_read_only(disk, open_ledger, refused):
    client = open_ledger("disk/ledger").test_client()
    body = {"name": "Hafenamt", "kind": "organization"}
    assert client.post("/v1/speakers", json=body).status_code == 201
    disconnect()
    # Closes the lock of the writers, too.
    connect(f"sqlite:///{disk}/ledger.db", 1000)
    remount(disk, "ro")
    for answer in (client.get("/v1/speakers"), client.post("/v1/speakers", json=body)):
        assert refused(answer, 503)["type"] == "/problems/storage-fails"
        assert answer.headers["Retry-After"]
    refused(client.get("/readyz"), 503)
    disconnect()
    remount(disk, "rw")
    assert client.get("/readyz").status_code == 200
    assert client.post("/v1/speakers", json=body | {"distinct": True}).status_code == 201
    disconnect()


def test_a_damaged_page(tmp_path):
    ledger, kept = tmp_path / "ledger.db", tmp_path / "kept.db"
    with serving(tmp_path, seeds=True, workers="1") as server:
        write = Writer(server)
        assert write()[0] == 201
    copy(ledger, kept)
    with closing(sqlite3.connect(ledger)) as opened:
        root = opened.execute("SELECT rootpage FROM sqlite_master WHERE name = 'statement'")
        page = root.fetchone()[0]
    whole = bytearray(ledger.read_bytes())
    whole[(page - 1) * 4096 : page * 4096] = b"\xa5" * 4096
    ledger.write_bytes(whole)
    with serving(tmp_path, workers="1") as server:
        status, _, told = call(f"{server}/v1/statements")
        assert (status, told["type"]) == (503, "/problems/storage-fails")
        assert "damaged" in told["detail"]
        write.server = server
        write.refused("damaged")
    status, told = verified(tmp_path)
    assert status == 1
    assert "Traceback" not in told
    command, environment = own(tmp_path)
    subprocess.run([command, "restore", kept, "--replace"], env=environment, check=True)
    with serving(tmp_path, workers="1") as server:
        write.server = server
        write.serves_all()
    assert verified(tmp_path)[0] == 0


def test_a_log_that_is_taken_away_under_a_server(tmp_path):
    with serving(tmp_path, workers="2") as server:
        write = Writer(server)
        for _ in range(20):
            assert write()[0] == 201
        (tmp_path / "ledger.db-wal").unlink()
        for _ in range(20):
            write()
        write.serves_all()
    assert verified(tmp_path)[0] == 0


def test_a_log_that_is_taken_away_after_a_kill(tmp_path):
    machine = Machine(tmp_path)
    server = machine.begin("serve")
    machine.await_ready(server)
    write = Writer(f"http://127.0.0.1:{machine.port}")
    for _ in range(20):
        assert write()[0] == 201
    kill(server)
    log = tmp_path / "ledger.db-wal"
    log.rename(tmp_path / "taken")
    for command in ("serve", "verify", "migrate"):
        status, told = machine.run(command)
        assert (status, "was taken away" in told, "Traceback" in told) == (1, True, False), told
    (tmp_path / "taken").rename(log)
    with machine.serving():
        write.serves_all()
    assert verified(tmp_path)[0] == 0


def test_a_ledger_that_another_program_holds_locked(tmp_path):
    with serving(tmp_path, workers="2", busy_timeout="300") as server:
        write = Writer(server)
        assert write()[0] == 201
        with closing(sqlite3.connect(tmp_path / "ledger.db", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            for _ in range(8):
                write.refused("held the ledger")
                assert call(f"{server}/v1/statements")[0] == 200
            other.execute("ROLLBACK")
        write.serves_all()
    assert verified(tmp_path)[0] == 0


def test_a_ledger_that_is_being_migrated_is_not_ready(tmp_path):
    with serving(tmp_path, workers="2") as server:
        write = Writer(server)
        with closing(sqlite3.connect(tmp_path / "ledger.db", isolation_level=None)) as other:
            other.execute("UPDATE schema_migration SET number = -number")
            assert write.ready() == 503
            other.execute("UPDATE schema_migration SET number = -number")
        write.serves_all()


def test_a_clock_that_jumps_back_a_day(tmp_path, monkeypatch):
    clock = tmp_path / "clock"
    clock.write_text("+0")
    started = {
        "LD_PRELOAD": str(CLOCK),
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_NO_CACHE": "1",
        "DONT_FAKE_MONOTONIC": "1",
    }
    shim = tmp_path / "counterclaim"
    command, _ = own(tmp_path)
    preset = " ".join(f"{name}='{value}'" for name, value in started.items())
    shim.write_text(
        f"#!/bin/sh\nPYTHONPATH='{os.environ.get('PYTHONPATH', '')}' {preset} "
        f'exec {command} "$@"\n'
    )
    shim.chmod(0o700)
    with serving(tmp_path, command=str(shim), workers="2") as server:
        write = Writer(server)
        for _ in range(4):
            assert write()[0] == 201
        clock.write_text("-1d")
        date = call(f"{server}/healthz")[1]["Date"]
        write.serves_all()
    with closing(sqlite3.connect(tmp_path / "ledger.db")) as ledger:
        moments = [at for (at,) in ledger.execute("SELECT at FROM change ORDER BY id")]
    assert moments == sorted(moments)
    assert int(moments[-1][8:10]) != int(date.split()[1]), "the clock was not put back"
    assert verified(tmp_path)[0] == 0


def test_a_disk_that_becomes_read_only_says_so(disk, open_ledger, refused):
    client = open_ledger("disk/ledger").test_client()
    body = {"name": "Hafenamt", "kind": "organization"}
    assert client.post("/v1/speakers", json=body).status_code == 201
    disconnect()
    connect(f"sqlite:///{disk}/ledger.db", 1000)
    remount(disk, "ro")
    for answer in (client.post("/v1/speakers", json=body), client.get("/readyz")):
        assert "read-only filesystem" in refused(answer, 503)["detail"]
    disconnect()
    command, environment = own(disk)
    started = subprocess.run([command, "serve"], env=environment, capture_output=True, text=True)
    assert "read-only filesystem" in started.stderr
    remount(disk, "rw")
    assert client.get("/readyz").status_code == 200
    disconnect()
