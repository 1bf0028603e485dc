"""The disk of a PostgreSQL server fills up: it is told, and the ledger served on when it may be."""

import subprocess

import pytest

from api.app import create_app
from api.ledger.migrations.runner import migrate
from api.ledger.storage.database import disconnect, engine
from api.services.proof.verify import outstanding, verify
from api.settings import Settings
from tests.postgres import server

pytestmark = pytest.mark.durability

DISK = "160m"
MANY = 400


@pytest.fixture
def disk(tmp_path, monkeypatch):
    """A small disk of its own, on which servers are made."""
    folder = tmp_path / "disk"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", folder], check=True)
    # Whoever runs the server goes through to it.
    for each in (folder, *folder.parents):
        each.chmod(each.stat().st_mode | 0o055)
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def test_a_full_disk_is_told_and_nothing_acknowledged_is_lost(disk, tmp_path, refused):
    with server("shared_buffers=16MB", "min_wal_size=48MB", "max_wal_size=48MB") as serving:
        with serving.connect() as connection:
            connection.execute("CREATE DATABASE ledger")
        settings = Settings(
            database_url=serving.url("ledger"), signing_key=str(tmp_path / "key"), busy_timeout=5000
        )
        client = create_app(settings).test_client()
        migrate()

        def write(number):
            speaker = {"name": f"Anna {number}", "kind": "person"}
            body = {"kind": "claim", "text": f"{number} " + "Wort " * 1500, "language": "de"}
            return client.post("/v1/statements", json={**body, "speaker": speaker})

        stored = [number for number in range(3) if write(number).status_code == 201]
        assert len(stored) == 3
        filling = disk / "filling"
        subprocess.run(["dd", "if=/dev/zero", f"of={filling}", "bs=64k"], capture_output=True)
        refused(client.get("/readyz"), 503)
        answer = None
        for number in range(3, MANY):
            answer = write(number)
            if answer.status_code != 201:
                break
            stored.append(number)
        problem = refused(answer, 503)
        assert problem["type"] == "/problems/storage-fails"
        assert "disk of the database server is full" in problem["detail"]
        assert client.get("/v1/statements/1").status_code == 200
        filling.unlink()
        assert client.get("/readyz").status_code == 200
        assert write(MANY).status_code == 201
        assert sum(verify()) == outstanding()
        names = {each["name"] for each in every(client, "/v1/speakers")}
        assert names == {f"Anna {number}" for number in (*stored, MANY)}
        disconnect()
        engine().close_idle()
        engine().close_files()


def every(client, address):
    while address:
        answer = client.get(address).json
        yield from answer["items"]
        address = answer["next"]
