"""Sixteen writers and sixteen readers on four workers, and a program that stands in no line."""

import json
import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from statistics import median
from threading import Event
from time import monotonic

import pytest

from tests.serving import serving

WRITERS = READERS = 16
EACH = 20
WAITED = re.compile(r"^counterclaim_write_wait_seconds_count (\S+)$", re.M)


@pytest.fixture
def server(tmp_path):
    with serving(
        tmp_path, workers="4", threads="8", busy_timeout="8000", log=tmp_path / "log"
    ) as address:
        yield address


def connected(server):
    host, port = server.removeprefix("http://").split(":")
    return closing(HTTPConnection(host, int(port), timeout=60))


def call(connection, method, address, body=None):
    data = None if body is None else json.dumps(body)
    connection.request(method, address, data, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    return answer.status, dict(answer.headers), answer.read()


def said(text):
    speaker = {"name": "Hafenamt", "kind": "organization"}
    return {"kind": "claim", "text": text, "language": "de", "speaker": speaker}


def test_sixteen_writers_and_sixteen_readers_lose_nothing_and_wait_alike(server, tmp_path):
    done = Event()

    def write(number):
        told = []
        with connected(server) as connection:
            for turn in range(EACH):
                began = monotonic()
                text = f"Kai {number} bleibt am Tag {turn} offen"
                status, _, answer = call(connection, "POST", "/v1/statements", said(text))
                told.append((status, text, json.loads(answer).get("id"), monotonic() - began))
        return told

    def read(_):
        statuses = set()
        with connected(server) as connection:
            while not done.is_set():
                statuses.add(call(connection, "GET", "/v1/statements?q=Kai&limit=20")[0])
                # A reader thinks about what it read, and leaves the cores to others.
                done.wait(0.05)
        return statuses

    with ThreadPoolExecutor(WRITERS + READERS) as pool:
        reading = [pool.submit(read, number) for number in range(READERS)]
        try:
            told = [each for one in pool.map(write, range(WRITERS)) for each in one]
        finally:
            done.set()
        assert set().union(*(each.result() for each in reading)) == {200}
    assert {status for status, *_ in told} == {201}
    with closing(sqlite3.connect(tmp_path / "ledger.db")) as ledger:
        rows = ledger.execute("SELECT id, text FROM statement").fetchall()
    assert sorted(rows) == sorted((made, text) for _, text, made, _ in told)
    took = [seconds for *_, seconds in told]
    # In SQLite's own order the last of them waits fifty times as long as most.
    assert max(took) < 15 * median(took), (max(took), median(took))
    with connected(server) as connection:
        metrics = call(connection, "GET", "/metrics")[2].decode()
    assert float(WAITED.findall(metrics)[0]) >= WRITERS * EACH


def test_a_program_that_keeps_the_ledger_locked_is_not_waited_for_forever(tmp_path):
    with (
        serving(tmp_path, workers="2", busy_timeout="700", log=tmp_path / "log") as server,
        closing(sqlite3.connect(tmp_path / "ledger.db", isolation_level=None)) as other,
    ):

        def write(number):
            with connected(server) as connection:
                return call(connection, "POST", "/v1/statements", said(f"Kai {number} ruht"))

        other.execute("BEGIN IMMEDIATE")
        with ThreadPoolExecutor(6) as pool:
            answers = list(pool.map(write, range(6)))
        for status, headers, answer in answers:
            assert status == 503
            assert int(headers["Retry-After"]) >= 1
            assert json.loads(answer)["type"].endswith("busy")
        with connected(server) as connection:
            assert call(connection, "GET", "/v1/statements")[0] == 200
        other.execute("ROLLBACK")
        assert write(7)[0] == 201
        with connected(server) as connection:
            listed = json.loads(call(connection, "GET", "/v1/statements")[2])["items"]
    assert [each["text"] for each in listed] == ["Kai 7 ruht"]
