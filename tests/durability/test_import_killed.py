"""An import of articles killed half way and run again: nothing twice, nothing lost."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

COMMAND = str(Path(sys.executable).parent / "counterclaim")
PLACES = (
    "Ellery",
    "Norland",
    "Fernley",
    "Haddow",
    "Oxbury",
    "Tarn",
    "Wyvern",
    "Lorne",
    "Ost",
    "Cray",
)
THINGS = (
    "ferry",
    "school",
    "bridge",
    "library",
    "market",
    "airport",
    "prison",
    "museum",
    "mill",
    "mine",
)
GIVEN = ("Ada", "Tom", "Eva", "Bo", "Ida", "Max", "Uma", "Leo", "Nora", "Finn")
SURNAMES = ("Brook", "Reed", "Lund", "Falk", "Hale", "Stone", "Berg", "Moss", "Dale", "Frost")
KILLED_AFTER = 40


def articles():
    """A hundred articles: in each somebody of its own promises, and a council may deny it."""
    people = [" ".join(names) for names in product(GIVEN, SURNAMES)]
    for number, (place, thing) in enumerate(product(PLACES, THINGS)):
        not_ = "not " if number % 3 else ""
        yield {
            "source": {
                "title": f"{thing} {number}",
                "published_on": f"2026-03-{number % 28 + 1:02}",
            },
            "text": f"The {thing} in {place}\n\n"
            f"“The {thing} in {place} will close,” {people[number]} said on Monday.\n\n"
            f"The {place} Council said that the {thing} in {place} will {not_}close.\n",
        }


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    file = tmp_path_factory.mktemp("articles") / "articles.jsonl"
    file.write_text("".join(json.dumps(article) + "\n" for article in articles()))
    return file


def start(ledger, file, processes):
    return subprocess.Popen(
        [COMMAND, "import", "--articles", str(file), "--processes", str(processes)],
        env={"PATH": os.environ["PATH"], "COUNTERCLAIM_DATABASE_URL": f"sqlite:///{ledger}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        text=True,
    )


def finish(ledger, file, processes):
    process = start(ledger, file, processes)
    told = [json.loads(line) for line in process.stdout]
    assert process.wait(timeout=60) == 0
    return told


def held(ledger):
    """What a ledger holds, by words instead of ids."""
    said = "s.text || '|' || p.name || '|' || p.kind || '|' || ifnull(s.said_on, '')"
    of = "FROM statement s JOIN speaker p ON p.id = s.speaker_id"
    queries = {
        "statements": f"SELECT {said}, s.confidence, s.contradiction_count, s.version {of}",
        "appearances": f"SELECT {said}, o.title, a.text, a.position {of} "
        "JOIN appearance a ON a.statement_id = s.id JOIN source o ON o.id = a.source_id",
        "contradictions": f"SELECT (SELECT {said} {of} WHERE s.id = first_id), "
        f"(SELECT {said} {of} WHERE s.id = second_id), nature, basis, scope, status, score, "
        "explanation FROM contradiction",
        "speakers": "SELECT name, kind, aliases FROM speaker",
        "changes": "SELECT subject, action, count(*) FROM change GROUP BY 1, 2",
    }
    with sqlite3.connect(ledger) as connection:
        return {name: sorted(connection.execute(query)) for name, query in queries.items()}


def test_killed_half_way_and_run_again_it_is_as_if_it_had_not_been(file, tmp_path):
    whole, broken = tmp_path / "whole.db", tmp_path / "broken.db"
    assert len(finish(whole, file, 1)) == 100

    killed = start(broken, file, 2)
    for _ in range(KILLED_AFTER):
        assert killed.stdout.readline()
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    killed.stdout.close()
    before = held(broken)
    assert 0 < len(before["statements"]) < len(held(whole)["statements"])

    told = finish(broken, file, 2)
    unchanged = [each for each in told if set(each["statements"]) == {"unchanged"}]
    assert KILLED_AFTER <= len(unchanged) < 100
    assert held(broken) == held(whole)
    assert len(held(whole)["contradictions"]) >= 50
