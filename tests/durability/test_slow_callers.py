"""Callers who say nothing keep nobody else waiting; a stop waits for all."""

import json
import signal
import socket
import sqlite3
import time
from contextlib import ExitStack, closing
from http.client import HTTPConnection

import pytest

from tests.durability.machine import Machine
from tests.serving import serving

THREADS = 2
BODY = json.dumps(
    {
        "kind": "claim",
        "text": "Der Kai ruht",
        "language": "de",
        "speaker": {"name": "Anna Berg", "kind": "person"},
    }
).encode()
HEAD = (
    b"POST /v1/statements HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    b"Content-Length: %d\r\n\r\n" % len(BODY)
)


@pytest.fixture
def server(tmp_path):
    with serving(tmp_path, workers="1", threads=str(THREADS), log=tmp_path / "log") as address:
        yield address.removeprefix("http://").split(":")


def connect(server, sent=b""):
    line = socket.create_connection((server[0], int(server[1])), timeout=60)
    line.sendall(sent)
    return line


def ask(server):
    line = HTTPConnection(*server, timeout=60)
    line.request("GET", "/v1/statements")
    return line.getresponse().status


def test_who_says_nothing_takes_no_thread(server):
    with ExitStack() as lines:
        for _ in range(THREADS * 10):
            lines.enter_context(connect(server))
        assert ask(server) == 200


@pytest.mark.durability
def test_a_stop_lets_what_is_in_flight_finish(tmp_path):
    machine = Machine(tmp_path)
    server = machine.begin("serve")
    machine.await_ready(server)
    with connect(("127.0.0.1", machine.port), HEAD + BODY[:9]) as line:
        # Taken by a thread, which waits for the rest.
        time.sleep(1)
        server.send_signal(signal.SIGTERM)
        time.sleep(1)
        line.sendall(BODY[9:])
        assert line.recv(4096).startswith(b"HTTP/1.1 201")
    assert server.wait(timeout=60) == 0
    with closing(sqlite3.connect(tmp_path / "ledger.db")) as ledger:
        assert ledger.execute("SELECT text FROM statement").fetchall() == [("Der Kai ruht",)]
