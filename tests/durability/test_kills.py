"""Fifty kills of the whole process group under eight writers: nothing acknowledged is lost.

At each kill one of the commands works on the ledger as well, and is killed with the server.
"""

import json
import random
import sqlite3
import time
from collections import Counter
from contextlib import closing

import pytest

from api.contradictions import candidate_keys
from api.ledger.models import StatementKey
from api.ledger.queries.statements.postings import kept, numbers
from api.ledger.storage.database import connect, disconnect
from api.services.contradictions.analysis_store import sides
from tests.durability.desks import DESKS, Desks
from tests.durability.machine import Machine, kill

pytestmark = pytest.mark.durability

KILLS = 50
LINES = 5_000
# How many kills may come before the server is ready, and how soon after it the others come.
SHARE_AT_THE_START, LATEST = 0.2, 1.8

# With rank 1 the index is held against the table that it is of.
INDEX_AGREES = "INSERT INTO statement_search (statement_search, rank) VALUES ('integrity-check', 1)"
ACTIVE = "SELECT id FROM statement WHERE status = 'active' AND language = 'en'"
TWICE = "SELECT text FROM statement GROUP BY text, speaker_id, said_on HAVING count(*) > 1"
ENTRIES = """
    SELECT count(*), count(DISTINCT text) FROM statement WHERE external_id LIKE 'entry-%'
"""


def write_lines(file):
    with file.open("w") as opened:
        for number in range(LINES):
            body = {
                "kind": "claim",
                "text": f"Eintrag {number}",
                "language": "de",
                "speaker": {"name": f"Lotse {number % 17}", "kind": "person"},
                "external_id": f"entry-{number}",
            }
            opened.write(json.dumps(body) + "\n")


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


def commands(machine, turn):
    """What works beside the server at each kill, by turns."""
    elsewhere = {"COUNTERCLAIM_DATABASE_URL": f"sqlite:///{machine.folder}/new-{turn}.db"}
    return (
        ("import", lambda: machine.begin("import", "lines.ndjson")),
        ("backup", lambda: machine.begin("backup", f"backup-{turn}.db")),
        ("migrate", lambda: machine.begin("migrate", **elsewhere)),
        ("none", lambda: None),
    )[turn % 4]


def kill_again_and_again(machine, desks, chance):
    """Gives how many kills came beside each command, and how many before the server was ready."""
    killed = Counter()
    for turn in range(KILLS):
        name, begin = commands(machine, turn)
        server, beside = machine.begin("serve"), begin()
        if chance.random() < SHARE_AT_THE_START:
            killed["before it was ready"] += 1
        else:
            machine.await_ready(server)
            desks.open()
        time.sleep(chance.uniform(0, LATEST))
        desks.shut()
        assert server.poll() is None, f"the server ended by itself at turn {turn}"
        kill(server, beside)
        killed[name] += 1
    return killed


def test_what_was_acknowledged_is_there_once_after_fifty_kills(machine, capsys):
    seed = random.randrange(1 << 32)
    write_lines(machine.folder / "lines.ndjson")
    with machine.serving():
        assert machine.is_ready()
    began = time.monotonic()
    desks = Desks(machine.port)
    desks.begin()
    killed = kill_again_and_again(machine, desks, random.Random(seed))
    with machine.serving():
        desks.open()
        desks.end()
        lost = lost_of(machine, desks.acknowledged)
    told = {
        "seed": seed,
        "kills": killed,
        "acknowledged": {name: len(found) for name, found in desks.acknowledged.items()},
        "lost": len(lost),
        "failures": len(desks.failures),
        "seconds": round(time.monotonic() - began),
    }
    with capsys.disabled():
        print(f"\n{told}")
    assert desks.failures == [], told
    assert lost == [], told
    assert min(told["acknowledged"].values()) > KILLS / 10, told
    assert len(told["acknowledged"]) == len(DESKS) - 1, "a desk wrote nothing"
    all_is_one(machine)
    finishes_what_was_killed(machine)


def lost_of(machine, acknowledged):
    """What was acknowledged and is not there, or not as it was acknowledged, or twice."""
    found = Found(machine.folder / "ledger.db")
    lost = []
    for text, made in acknowledged["statement"].items():
        lost += [] if found.by_text[text] == [(made, "active")] else [text]
    for text, made in acknowledged["retraction"].items():
        lost += [] if found.by_text[text] == [(made, "retracted")] else [text]
    for name, made in acknowledged["line"].items():
        lost += [] if found.by_external_id[name] == [made] else [name]
    for url, ids in acknowledged["article"].items():
        lost += [] if ids and set(ids) <= found.by_source[url] else [url]
    for name, made in acknowledged["decision"].items():
        lost += [] if found.dismissed[name] == [made] else [name]
    for url, made in acknowledged["review"].items():
        lost += [] if found.reviews[url] == [made] else [url]
    revised = [int(number) for number in acknowledged["revision"]]
    (context,) = {found.contexts[made] for made in acknowledged["revision"].values()}
    lost += [] if int(context.split()[1]) >= max(revised) else [context]
    return lost


class Found:
    """What is in the ledger's file."""

    def __init__(self, file):
        with closing(sqlite3.connect(file)) as ledger:
            read = ledger.execute
            self.by_text = several(read("SELECT text, id, status FROM statement"), pairs=True)
            self.by_external_id = several(read("SELECT external_id, id FROM statement"))
            self.dismissed = several(
                read("SELECT note, id FROM contradiction WHERE status = 'dismissed'")
            )
            self.reviews = several(read("SELECT url, id FROM review"))
            self.contexts = dict(read("SELECT id, context FROM statement"))
            appeared = several(
                read("SELECT url, statement_id FROM appearance JOIN source ON source.id=source_id")
            )
        self.by_source = {url: set(ids) for url, ids in appeared.items()}


def several(rows, pairs=False):
    found = {}
    for key, *rest in rows:
        found.setdefault(key, []).append(tuple(rest) if pairs else rest[0])
    return found


def all_is_one(machine):
    """The chain verifies; the full-text index and the stored analyses agree with the rows."""
    status, told = machine.run("verify")
    assert status == 0, told
    with closing(sqlite3.connect(machine.folder / "ledger.db")) as ledger:
        assert ledger.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        ledger.execute(INDEX_AGREES)
        active = [each for (each,) in ledger.execute(ACTIVE)]
        assert ledger.execute(TWICE).fetchall() == []
    connect(machine.environment["COUNTERCLAIM_DATABASE_URL"], 5_000)
    try:
        read = sides(active)
        assert read.keys() == set(active)
        assert all(
            list(kept(each)) == numbers(candidate_keys(side.analysis))
            for each, side in read.items()
        )
        rows = StatementKey.select(StatementKey.key, StatementKey.statement).tuples()
        assert sorted(rows) == sorted((key, each) for each in active for key in kept(each) or ())
    finally:
        disconnect()


def finishes_what_was_killed(machine):
    """What the commands had begun is whole, or not there; each one then comes to its end."""
    for backup in machine.folder.glob("backup-*.db"):
        url = {"COUNTERCLAIM_DATABASE_URL": f"sqlite:///{backup}"}
        assert machine.run("verify", **url)[0] == 0, backup
    for new in machine.folder.glob("new-*.db"):
        url = {"COUNTERCLAIM_DATABASE_URL": f"sqlite:///{new}"}
        assert machine.run("migrate", **url)[0] == 0, new
        assert machine.run("verify", **url)[0] == 0, new
    status, told = machine.run("import", "lines.ndjson")
    assert status == 0, told
    with closing(sqlite3.connect(machine.folder / "ledger.db")) as ledger:
        assert ledger.execute(ENTRIES).fetchall() == [(LINES, LINES)]
