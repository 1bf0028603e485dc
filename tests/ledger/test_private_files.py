"""A ledger's files, and those beside it, are their owner's: they hold secrets."""

import os
import subprocess
from stat import S_IMODE
from urllib.request import urlopen

import pytest

from tests.serving import new_key, own, serving

pytestmark = pytest.mark.sqlite


@pytest.fixture(autouse=True)
def _usual_umask():
    """As on most machines: what is made may be read by all."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def ccl(tmp_path):
    command, environment = own(tmp_path)

    def run(*arguments):
        subprocess.run(
            [command, *arguments], env=environment, cwd=tmp_path, check=True, capture_output=True
        )

    return run


def _modes(folder):
    return {each.name: S_IMODE(each.stat().st_mode) for each in folder.glob("*.db*")}


def test_what_a_server_makes_is_its_owners(tmp_path, ccl):
    with serving(tmp_path) as server:
        new_key(tmp_path, "write")
        with urlopen(f"{server}/v1/ledger/head", timeout=20) as answer:
            assert answer.status == 200
        ccl("backup", "backup.db")
        modes = _modes(tmp_path)
    assert {"ledger.db", "ledger.db-wal", "ledger.db-shm", "ledger.db.lock"} <= set(modes)
    assert {"ledger.db.key", "backup.db"} <= set(modes)
    assert set(modes.values()) == {0o600}


def test_what_is_restored_or_copied_is_its_owners(tmp_path, ccl):
    ccl("migrate")
    ccl("backup", "backup.db")
    ccl("copy", "--to", f"sqlite:///{tmp_path}/copy.db")
    (tmp_path / "backup.db").chmod(0o644)
    ccl("restore", "backup.db", "--replace")
    modes = _modes(tmp_path)
    assert modes.pop("backup.db") == 0o644
    assert set(modes.values()) == {0o600}


@pytest.mark.parametrize(
    ("given", "left"),
    # A group that may write was let in on purpose; so was one that others are not beside.
    [(0o644, 0o600), (0o666, 0o660), (0o664, 0o660), (0o640, 0o640), (0o600, 0o600)],
)
def test_others_lose_what_an_older_release_gave_them(tmp_path, ccl, given, left):
    ccl("migrate")
    for each in tmp_path.glob("ledger.db*"):
        each.chmod(given)
    ccl("migrate")
    assert set(_modes(tmp_path).values()) == {left}


def test_what_is_made_beside_has_the_rights_of_the_ledger(tmp_path, ccl):
    ccl("migrate")
    (tmp_path / "ledger.db").chmod(0o640)
    (tmp_path / "ledger.db.lock").unlink()
    with serving(tmp_path):
        new_key(tmp_path, "write")
        assert set(_modes(tmp_path).values()) == {0o640}
