"""A real server: lines of JSON for everything it says, and counts of all workers together."""

import json
import os
import re
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

from tests.serving import serving

WORKERS = 3
COUNTED = re.compile(r'^counterclaim_request_seconds_count\{.*"/v1/topics".*\} (\S+)$', re.M)
FOLDER = re.compile(r"/\S+/counterclaim-metrics-[^/]+")


def test_every_worker_counts_and_every_line_is_json(tmp_path):
    log = tmp_path / "log"
    with serving(tmp_path, workers=str(WORKERS), log=log) as server:
        pids = _workers(log, WORKERS)
        for number in range(40):
            _read(f"{server}/v1/topics?limit=7", {"X-Request-Id": f"n-{number}"})
            if number == 20:
                assert _comes_to(server, 21)
                folder = _folder(pids)
                # What a worker counted outlives it.
                os.kill(pids[0], signal.SIGKILL)
        assert _comes_to(server, 40)
        host, port = server.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as connection:
            connection.sendall(b"GET / HTTP/1.1\r\nno header\r\n\r\n")
            assert connection.recv(100).startswith(b"HTTP/1.1 400 ")
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert {"event", "level", "timestamp", "logger"} <= set.intersection(*map(set, lines))
    told = [line for line in lines if line.get("route") == "/v1/topics"]
    assert {line["request_id"] for line in told} == {f"n-{number}" for number in range(40)}
    assert {line["status"] for line in told} == {200}
    assert told[0].keys() == _documented().keys()
    assert "limit=7" not in log.read_text()
    assert not folder.exists()


def test_a_killed_servers_folder_is_removed_by_the_next(tmp_path):
    log = tmp_path / "log"
    with serving(tmp_path, workers="1", log=log) as server:
        (worker,) = _workers(log, 1)
        left = _folder([worker])
        server_id = int(subprocess.check_output(["ps", "-o", "ppid=", "-p", str(worker)]))
        os.killpg(server_id, signal.SIGKILL)
        _wait_until_gone(server)
    assert left.exists()
    with serving(tmp_path, workers="1"):
        assert not left.exists()


def _documented():
    """The line about a request that the page on operations shows."""
    page = (Path(__file__).parents[2] / "docs/operations.md").read_text(encoding="utf-8")
    return json.loads(re.search(r"```json\n(.*?)```", page, re.DOTALL)[1])


def _read(address, headers=None):
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers or {})) as answer:
        return answer.read().decode()


def _comes_to(server, number):
    """Whether so many requests are counted, the last a moment after it was answered."""
    for _ in range(100):
        if COUNTED.findall(_read(f"{server}/metrics")) == [f"{number}.0"]:
            return True
        time.sleep(0.02)
    return False


def _workers(log, number):
    """The ids of the workers, once the server has told of so many."""
    for _ in range(200):
        pids = re.findall(r"Booting worker with pid: (\d+)", log.read_text())
        if len(pids) >= number:
            break
        time.sleep(0.05)
    return [int(pid) for pid in pids]


def _folder(workers):
    """Where they count: a file of it is mapped into each that has counted something."""
    maps = "".join(Path(f"/proc/{worker}/maps").read_text() for worker in workers)
    return Path(FOLDER.search(maps)[0])


def _wait_until_gone(server):
    for _ in range(100):
        try:
            _read(f"{server}/healthz")
        except OSError:
            return
        time.sleep(0.05)
