"""Behind nginx, nobody who is slow, silent or many keeps others from being answered."""

import statistics
import subprocess
import sys
import threading
import time
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.proxies.attacks import ATTACKS
from tests.proxies.proxying import deployed, passing
from tests.serving import serving

pytestmark = pytest.mark.nginx

SECONDS = 6
ATTACKING = (sys.executable, "-m", "tests.proxies.attacks")
ROOT = Path(__file__).parents[2]
PAUSE_SECONDS = 0.05
# What an answer took while the server was held up by any of these was five seconds and more.
HELD_UP_SECONDS = 4


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("attacked")
    with (
        serving(folder, seeds=True, proxies="127.0.0.1", hosts="ledger.example") as address,
        passing(folder, deployed(folder, address)) as proxy,
    ):
        for _ in range(4):
            # Each worker writes the document when it is first asked for it.
            with urlopen(f"{address}/openapi.yaml", timeout=60) as answer:
                answer.read()
        yield tuple((host, int(port)) for host, port in map(_parted, (address, proxy)))


def _parted(address):
    return address.removeprefix("http://").split(":")


def watch(host, port, path, until, told):
    """Ask for something again and again; tells the status and the seconds of each answer."""
    while not until.is_set():
        began = time.monotonic()
        with closing(HTTPConnection(host, port, timeout=30)) as connection:
            connection.request("GET", path, headers={"Host": "ledger.example"})
            answer = connection.getresponse()
            answer.read()
        told.append((answer.status, time.monotonic() - began))
        time.sleep(PAUSE_SECONDS)


@pytest.mark.parametrize("attack", ATTACKS, ids=[each.__name__ for each in ATTACKS])
def test_others_are_answered_and_no_probe_fails(server, attack):
    address, proxy = server
    watched = {
        "reader": (*proxy, "/v1/statements?limit=5"),
        "probe through nginx": (*proxy, "/healthz"),
        "probe": (*address, "/readyz"),
    }
    told = {name: [] for name in watched}
    until = threading.Event()
    watchers = [
        threading.Thread(target=watch, args=(*where, until, told[name]))
        for name, where in watched.items()
    ]
    for each in watchers:
        each.start()
    subprocess.run(
        [*ATTACKING, attack.__name__, *map(str, (*proxy, SECONDS))], check=True, cwd=ROOT
    )
    until.set()
    for each in watchers:
        each.join()
    for name, answers in told.items():
        seconds = [each for _, each in answers]
        p99 = statistics.quantiles(seconds, n=100)[98]
        print(f"{attack.__name__}: {name}: {len(answers)} answers, p99 {p99 * 1000:.0f} ms")
        allowed = {200, 503} if (attack.__name__, name) == ("a_crowd", "reader") else {200}
        assert {status for status, _ in answers} <= allowed
        assert max(seconds) < HELD_UP_SECONDS
    assert {status for status, _ in told["reader"]} & {200}
