"""The server that takes writes is killed under writers, and a standby goes on in its place.

What a cluster manager does is done by the test: it kills the server, and lets the synchronous
standby take writes. Clients do what careful clients do: they repeat what was not acknowledged,
under the same name.
"""

import json
import time
from collections import Counter
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from threading import Event, Thread

import pytest

from tests.durability.machine import Machine
from tests.standbys import group, kill

pytestmark = pytest.mark.durability
WRITERS = 8
SECONDS = 8
# For which a manager looks again and again, until it takes the server for dead.
UNNOTICED_SECONDS = 1
_LINES = 10


class Writers:
    """Eight clients; two of them send lines, each acknowledged as it is stored."""

    def __init__(self, port):
        self._port, self._over = port, Event()
        self.acknowledged, self.times, self.statuses = {}, [], Counter()
        self._threads = [Thread(target=self._write, args=(each,)) for each in range(WRITERS)]
        for thread in self._threads:
            thread.start()

    def end(self):
        """Each finishes what it is at."""
        self._over.set()
        for thread in self._threads:
            thread.join(60)
            assert not thread.is_alive(), "a writer does not come to an end"

    def _write(self, writer):
        number = 0
        while not self._over.is_set():
            number += 1
            names = [f"{writer}-{number}"]
            if writer % 4 == 0:
                names = [f"{writer}-{number}-{line}" for line in range(_LINES)]
            while not all(name in self.acknowledged for name in names):
                try:
                    self._send(names)
                except (OSError, HTTPException):
                    self.statuses["cut"] += 1
                    time.sleep(0.1)

    def _send(self, names):
        bodies = [_body(name) for name in names]
        if len(names) > 1:
            lines = "".join(json.dumps(body) + "\n" for body in bodies)
            for told in self._answered("/v1/statements/import", lines, "application/x-ndjson"):
                if told["id"] is not None:
                    self._note(told["external_id"], told["id"])
        else:
            data, kind = json.dumps(bodies[0]), "application/json"
            told = self._answered("/v1/statements", data, kind, names[0])
            for statement in told:
                self._note(names[0], statement["id"])

    def _answered(self, address, data, kind, name=None):
        sent = {"Content-Type": kind, **({"Idempotency-Key": name} if name else {})}
        with closing(HTTPConnection("127.0.0.1", self._port, timeout=60)) as line:
            line.request("POST", address, data.encode(), sent)
            answer = line.getresponse()
            self.statuses[answer.status] += 1
            if answer.status not in (200, 201):
                answer.read()
                # Sooner than it says: what is measured is the server.
                time.sleep(0.1)
                return
            for told in answer if kind.endswith("ndjson") else [answer.read()]:
                yield json.loads(told)

    def _note(self, name, id):
        self.acknowledged[name] = id
        self.times.append(time.monotonic())


def _body(name):
    speaker = {"name": f"Speaker {name[0]}", "kind": "person"}
    text = f"Ferry {name} is {'not ' * (int(name[0]) % 2)}late"
    return {"kind": "claim", "text": text, "speaker": speaker, "external_id": name}


def test_nothing_acknowledged_is_lost_when_the_server_is_killed_and_a_standby_goes_on(tmp_path):
    with group() as servers:
        with servers.primary.connect() as connection:
            connection.execute("CREATE DATABASE ledger")
        machine = Machine(tmp_path)
        machine.environment["COUNTERCLAIM_DATABASE_URL"] = servers.url("ledger")
        with machine.serving():
            writers = Writers(machine.port)
            time.sleep(SECONDS)
            before = len(writers.acknowledged)
            kill(servers.primary)
            killed = time.monotonic()
            time.sleep(UNNOTICED_SECONDS)
            servers.synchronous.promote()
            promoted = time.monotonic()
            time.sleep(SECONDS)
            writers.end()
        exported = machine.run("export")[1]
        verified, told = machine.run("verify")
    found = Counter()
    for line in exported.splitlines():
        row = json.loads(line)
        if row.get("table") == "statement":
            found[row["row"]["external_id"], row["row"]["id"]] += 1
    names = Counter(name for name, _ in found)
    lost = [each for each in writers.acknowledged.items() if found[each] != 1]
    doubled = [name for name, times in names.items() if times > 1]
    first = min(at for at in writers.times if at > promoted)
    print(
        f"\nacknowledged {len(writers.acknowledged)} ({before} before the kill), lost {len(lost)}, "
        f"doubled {len(doubled)}; without writes {first - killed:.2f} s, of them "
        f"{promoted - killed:.2f} s until the standby took them; answers {dict(writers.statuses)}"
    )
    assert lost == doubled == []
    assert verified == 0, told
    assert set(writers.statuses) <= {200, 201, 503, "cut"}
    assert 0 < before < len(writers.acknowledged)
