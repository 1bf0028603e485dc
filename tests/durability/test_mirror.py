"""A mirror kept from the feed equals the ledger, while several write to it at once."""

import json
import random
import sqlite3
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from tests.mirroring import Mirror
from tests.serving import serving

WRITERS = 4
TURNS = 45
SPEAKERS = ("Anna Berg", "Bo Falk", "Cora Lund", "Dag Moe")
TOPICS = ("hafen", "steuer", "wahl")


def call(url, method="GET", body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, json.loads(answer.read() or b"null")
    except urllib.error.HTTPError as error:
        # Where a speaker was merged meanwhile, the answer is its new address alone.
        return error.code, json.loads(error.read() or b"null")


class Writer:
    """Makes random calls of every kind that changes the ledger; some of them are refused."""

    def __init__(self, server, number):
        self.server = server
        self.number = number
        self.dice = random.Random(number)
        self.statuses = set()

    def write(self):
        for turn in range(TURNS):
            self.dice.choice(
                [self.record] * 4
                + [self.revise, self.retract, self.oppose, self.decide]
                + [self.refer, self.unrefer, self.publish, self.speak, self.merge, self.correct]
                + [self.check, self.check, self.rate, self.uncheck, self.redact]
            )(f"{self.number}.{turn}")
        # Links may all have been taken away again: one is left at the least.
        self.refer("last")
        self.refer("at last")
        self.check("last")
        self.withdraw()

    def send(self, method, path, body=None):
        status, answer = call(f"{self.server}/v1/{path}", method, body)
        self.statuses.add(status)
        assert status < 500, answer
        return answer

    def one(self, path):
        items = self.send("GET", path)["items"]
        return self.dice.choice(items) if items else {"id": 1, "statements": [{"id": 1}] * 2}

    def said(self):
        return self.one("statements?status=active&limit=40&sort=-created_at")["id"]

    def record(self, name):
        source = {"title": f"Bote {self.dice.randrange(6)}", "publisher": "Verlag"}
        english = {"text": f"The board did {self.dice.choice(('', 'not '))}approve plan {name[0]}"}
        german = {"text": f"Aussage {name}", "language": "de"}
        self.send(
            "POST",
            "statements",
            {
                "kind": "claim",
                **self.dice.choice((english, german, german)),
                "speaker": {"name": self.dice.choice(SPEAKERS), "kind": "person"},
                "said_on": self.dice.choice(("2026-03-14", "2026-03", "2026-03-01/2026-03-09")),
                "topics": self.dice.sample(TOPICS, 2),
                "source": self.dice.choice((None, source)),
            },
        )

    def revise(self, name):
        changes = self.dice.choice(
            ({"context": name}, {"topics": ["neu"]}, {"text": f"Anders {name}", "said_on": None})
        )
        self.send("PATCH", f"statements/{self.said()}", changes)

    def retract(self, name):
        self.send("DELETE", f"statements/{self.said()}")

    def redact(self, name):
        self.send("POST", f"statements/{self.said()}/redaction", {"reason": name})

    def oppose(self, name):
        sides = [self.said(), self.said()]
        self.send("POST", "contradictions", {"statements": sides, "nature": "factual"})

    def withdraw(self):
        """Oppose two statements, and retract one: chance alone may do so too rarely."""
        speaker = {"name": f"Redner {self.number}", "kind": "person"}
        said = {"kind": "claim", "language": "de", "speaker": speaker}
        texts = (f"Zuletzt {self.number}", f"Nicht zuletzt {self.number}")
        sides = [self.send("POST", "statements", {**said, "text": text})["id"] for text in texts]
        self.send("POST", "contradictions", {"statements": sides, "nature": "factual"})
        self.send("DELETE", f"statements/{sides[0]}")

    def decide(self, name):
        decision = {"status": "dismissed", "reason": "misread", "reviewed_by": name}
        self.send("PATCH", f"contradictions/{self.one('contradictions')['id']}", decision)

    def refer(self, name):
        ends = {"from_statement": self.said(), "to_statement": self.said()}
        self.send("POST", "references", {"kind": "quotes", **ends})

    def unrefer(self, name):
        self.send("DELETE", f"references/{self.one('references')['id']}")

    def publish(self, name):
        source = {"title": f"Kurier {self.dice.randrange(6)}"}
        self.send("POST", f"statements/{self.said()}/appearances", {"source": source})

    def speak(self, name):
        self.send("POST", "speakers", {"name": f"Redner {name}", "kind": "person"})

    def merge(self, name):
        duplicate, into = self.one("speakers")["id"], self.one("speakers")["id"]
        self.send("POST", f"speakers/{duplicate}/merge", {"into": into})

    def correct(self, name):
        source = self.one("sources")["id"]
        self.send("PATCH", f"sources/{source}", {"publisher": f"Verlag {name}"})

    def check(self, name):
        rating = self.dice.choice(({"label": "Falsch"}, {"value": 2}, {"value": 1, "best": 7}))
        author = {"name": f"Prüfer {self.dice.randrange(3)}"}
        review = {"url": f"https://pruefer.example/{name}", "author": author, "rating": rating}
        self.send("POST", "reviews", {"statement": self.said(), **review})

    def rate(self, name):
        changes = {"rating": {"label": name}, "published_on": "2026-03"}
        self.send("PATCH", f"reviews/{self.one('reviews')['id']}", changes)

    def uncheck(self, name):
        self.send("DELETE", f"reviews/{self.one('reviews')['id']}")


def follow(server, mirror, done):
    """Reads the feed as it grows, until the writers are done and nothing more comes."""
    pages = 0
    while True:
        was_done = done.is_set()
        limit = f"limit={pages % 7 + 1}"
        since = f"&since={mirror.since}" if mirror.since else ""
        status, page = call(f"{server}/v1/changes?{limit}{since}")
        assert status == 200, page
        mirror.take(page)
        pages += 1
        if was_done and page["next"] is None:
            return pages


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    """A server that four writers have written to, with a mirror that was kept meanwhile."""
    folder = tmp_path_factory.mktemp("mirror")
    with serving(folder) as server, ThreadPoolExecutor(WRITERS + 1) as pool:
        mirror, done = Mirror(), Event()
        reader = pool.submit(follow, server, mirror, done)
        writers = [Writer(server, number) for number in range(WRITERS)]
        try:
            list(pool.map(Writer.write, writers))
        finally:
            done.set()
        pages = reader.result()
        yield server, mirror, pages, folder / "ledger.db", writers


def everything(server, path):
    items, following = [], f"{server}/v1/{path}"
    while following:
        _, page = call(following)
        items += page["items"]
        following = page["next"]
    return {item["id"]: item for item in items}


def test_the_writers_did_what_they_are_there_for(ledger):
    _, _, pages, file, writers = ledger
    assert pages > 30
    assert {200, 201, 204} <= set().union(*(writer.statuses for writer in writers))
    with sqlite3.connect(file) as connection:
        actions = {row[0] for row in connection.execute("SELECT DISTINCT action FROM change")}
    assert {"recorded", "revised", "retracted", "merged", "took over another"} <= actions
    assert {"raised", "put in by hand", "dismissed", "withdrawn", "deleted"} <= actions


def test_the_feed_left_no_change_out_and_told_none_twice(ledger):
    _, mirror, _, file, _ = ledger
    with sqlite3.connect(file) as connection:
        rows = connection.execute(
            "SELECT subject, subject_id, max(version) FROM change GROUP BY 1, 2"
        )
        assert {(subject, i): version for subject, i, version in rows} == mirror.versions


@pytest.mark.parametrize(
    ("subject", "lists"),
    [
        ("statement", ["statements?status=active&status=retracted&limit=200"]),
        ("source", ["sources?limit=200"]),
        ("cross_reference", ["references?limit=200"]),
        ("review", ["reviews?limit=200"]),
        (
            "contradiction",
            [
                f"contradictions?limit=200&status={status}"
                for status in ("candidate", "flagged", "confirmed", "dismissed", "withdrawn")
            ],
        ),
    ],
)
def test_the_mirror_shows_what_the_ledger_shows(ledger, subject, lists):
    server, mirror, *_ = ledger
    shown = {}
    for path in lists:
        shown |= everything(server, path)
    assert shown
    assert mirror.shown(subject) == shown


def test_the_mirror_has_the_speakers_and_knows_who_was_merged_into_whom(ledger):
    server, mirror, *_ = ledger
    merged = {
        i: each["merged_into_id"]
        for i, each in mirror.things["speaker"].items()
        if each["merged_into_id"]
    }
    assert merged
    present = everything(server, "speakers?limit=200")
    own = {i: each for i, each in mirror.shown("speaker").items() if i not in merged}
    assert own == present
    for duplicate in merged:
        final = duplicate
        while final in merged:
            final = merged[final]
        assert call(f"{server}/v1/speakers/{duplicate}")[1] == present[final]


def test_the_mirror_has_every_appearance(ledger):
    server, mirror, *_ = ledger
    shown = {}
    for statement in mirror.things["statement"]:
        shown |= everything(server, f"statements/{statement}/appearances")
    assert shown
    assert mirror.shown("appearance") == shown


def test_read_once_more_from_its_beginning_it_is_the_same(ledger):
    server, mirror, *_ = ledger
    again, following = Mirror(), f"{server}/v1/changes?limit=200"
    while following:
        _, page = call(following)
        again.take(page)
        following = page["next"]
    assert again.things == mirror.things
    assert again.since == mirror.since
