"""A newer engine over an older ledger. The older one is played by what it left in the tables."""

import pytest

from api.contradictions import ANALYSIS_VERSION, ENGINE
from api.ledger.models import Analysis, Contradiction, Recheck, StatementKey
from api.services.contradictions.recheck import outstanding, recheck

APPROVED = "The board approved the merger"
DENIED = "The board did not approve the merger"


@pytest.fixture
def pair(record):
    """Two statements that contradict each other, and the contradiction's id."""
    record(APPROVED, language="en", speaker="Ann Lee")
    found = record(DENIED, language="en", speaker="Bo Falk")
    (contradiction,) = found["contradictions"]
    return contradiction["id"]


def run():
    return sum(recheck())


def test_every_text_is_read_and_every_statement_judged_once(pair):
    Analysis.update(version=ANALYSIS_VERSION - 1).execute()
    assert outstanding() == 4
    assert run() == 4
    assert {row.version for row in Analysis.select()} == {ANALYSIS_VERSION}


def test_what_it_newly_finds_is_added(client, pair):
    Contradiction.delete().execute()
    Analysis.update(version=ANALYSIS_VERSION - 1).execute()
    StatementKey.delete().execute()
    run()
    (found,) = client.get("/v1/contradictions").json["items"]
    assert [side["text"] for side in found["statements"]] == [APPROVED, DENIED]
    assert found["statements"][0]["contradiction_count"] == 1


def test_what_it_no_longer_would_flag_is_withdrawn(client, record, pair):
    other = record("Fishing boats moor in the old basin", language="en")
    old = Contradiction.get_by_id(pair)
    Contradiction.update(second=other["id"], detector="counterclaim/0.1.0").execute()
    run()
    assert client.get(f"/v1/contradictions/{old.id}").json["status"] == "withdrawn"
    assert client.get(f"/v1/statements/{other['id']}").json["contradiction_count"] == 0


@pytest.mark.parametrize(
    "decision",
    [{"status": "confirmed"}, {"status": "dismissed", "reason": "different_time"}],
)
def test_a_reviewed_pair_is_not_touched(client, pair, decision):
    client.patch(f"/v1/contradictions/{pair}", json=decision)
    Contradiction.update(detector="counterclaim/0.1.0", score=0.1).execute()
    before = client.get(f"/v1/contradictions/{pair}").json
    run()
    assert client.get(f"/v1/contradictions/{pair}").json == before


def test_what_a_person_put_in_stays(client, record, oppose):
    texts = ("Fishing boats moor in the old basin", "The orchestra played for an hour")
    sides = [record(text, language="en")["id"] for text in texts]
    mine = oppose(*sides)
    run()
    assert client.get(f"/v1/contradictions/{mine['id']}").json == mine


def test_a_run_that_was_stopped_goes_on_where_it_was(pair):
    Recheck.insert(detector=ENGINE, statement_id=1).execute()
    assert outstanding() == 1
    assert run() == 1
    assert outstanding() == 2, "the next run starts from the beginning"


def test_a_second_run_changes_nothing(client, pair):
    run()
    before = client.get("/v1/contradictions").headers["ETag"]
    run()
    assert client.get("/v1/contradictions").headers["ETag"] == before
