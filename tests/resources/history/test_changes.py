"""The feed of changes: every version in order, read on from any place."""

import shutil

import pytest

from api.ledger.history import decisions
from api.ledger.models import Change, Subject
from api.ledger.storage.database import disconnect
from schemas.changes import SUBJECTS


@pytest.fixture
def feed(client):
    """A page of the feed."""

    def read(**parameters):
        answer = client.get("/v1/changes", query_string=parameters)
        assert answer.status_code == 200, answer.text
        return answer.json

    return read


def test_an_empty_ledger_gives_a_place_to_come_back_with(feed, record):
    empty = feed()
    assert (empty["items"], empty["next"]) == ([], None)
    record()
    assert len(feed(since=empty["since"])["items"]) == 2


def test_each_change_says_what_was_changed_how_when_and_to_what(client, feed, record):
    made = record("Der Hafen bleibt", said_on="2026-03")
    client.patch(f"/v1/statements/{made['id']}", json={"cue": "sagte"})
    speaker, first, second = feed()["items"]
    assert (speaker["subject"], speaker["record"]["name"]) == ("speaker", "Anna Berg")
    assert first["action"] == "recorded"
    assert (first["subject"], first["id"], first["version"]) == ("statement", made["id"], 1)
    assert first["at"] == made["created_at"]
    assert first["record"]["speaker_id"] == speaker["id"]
    assert (first["record"]["cue"], second["record"]["cue"]) == (None, "sagte")
    assert (second["version"], second["action"], second["who"]) == (2, "revised", None)


def test_a_decision_names_who_made_it(client, feed, oppose):
    decision = {"status": "dismissed", "reason": "misread", "reviewed_by": "A. Editor"}
    client.patch(f"/v1/contradictions/{oppose()['id']}", json=decision)
    last = feed()["items"][-1]
    assert (last["action"], last["who"], last["record"]["reason"]) == (
        "dismissed",
        "A. Editor",
        "misread",
    )


def test_what_was_deleted_has_no_record(client, feed, add):
    source = add("/v1/sources", title="Bote")
    client.delete(f"/v1/sources/{source['id']}")
    last = feed()["items"][-1]
    assert (last["subject"], last["id"], last["version"]) == ("source", source["id"], 2)
    assert (last["action"], last["record"]) == ("deleted", None)


def test_pages_lead_to_the_end_and_from_there_on_to_what_is_new(client, feed, record, listing):
    for _ in range(3):
        record()
    whole = feed()
    assert len(whole["items"]) == 4
    assert listing("/v1/changes", limit=1) == listing("/v1/changes", limit=3) == whole["items"]
    page = client.get("/v1/changes?limit=3")
    assert page.headers["Link"] == f'<{page.json["next"]}>; rel="next"'
    assert feed(since=page.json["since"])["items"] == whole["items"][3:]
    again = feed(since=whole["since"])
    assert (again["items"], again["next"], again["since"]) == ([], None, whole["since"])
    new = record()
    (change,) = feed(since=whole["since"])["items"]
    assert change["id"] == new["id"]


def test_of_one_kind_it_leads_past_the_others(feed, record):
    record()
    record()
    page = feed(subject="speaker")
    assert [change["subject"] for change in page["items"]] == ["speaker"]
    assert page["since"] == feed()["since"]
    both = feed(subject=["speaker", "statement"], limit=2)
    assert [change["subject"] for change in both["items"]] == ["speaker", "statement"]
    assert "subject=speaker&subject=statement" in both["next"]


def test_a_dry_run_and_a_refusal_leave_no_change(client, feed, record):
    record()
    before = feed()
    body = {"kind": "claim", "text": "So", "speaker": {"name": "Neu", "kind": "person"}}
    assert client.post("/v1/statements?dry_run=true", json=body).status_code == 200
    assert client.post("/v1/statements", json=body | {"kind": "x"}).status_code == 422
    assert feed() == before


def test_a_follower_who_has_everything_gets_a_304(client, feed, record):
    record()
    address = f"/v1/changes?since={feed()['since']}"
    tag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    record()
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("since", ["", "0", "nonsense", "WzEsIiJd.x", "[1]", "🚢", "a" * 4000])
def test_what_is_no_place_is_refused_by_name(empty_client, refused, since):
    answer = empty_client.get("/v1/changes", query_string={"since": since})
    problem = refused(answer, 422, parameter="since")
    assert "begin without it" in problem["detail"]


def test_an_altered_place_is_refused(client, feed, record, refused):
    record()
    since = feed()["since"]
    for altered in (since[:-1], since + "x", since.swapcase(), since[1:]):
        refused(client.get(f"/v1/changes?since={altered}"), 422, parameter="since")


def test_a_place_in_another_ledger_is_refused(open_ledger, refused):
    def since(app):
        return app.test_client().get("/v1/changes").json["since"]

    other = since(open_ledger("other"))
    own = open_ledger("own.db")
    refused(own.test_client().get(f"/v1/changes?since={other}"), 422, parameter="since")


@pytest.mark.sqlite
def test_a_place_that_a_restored_ledger_has_no_more_is_410(open_ledger, tmp_path, refused):
    def record(client, text):
        speaker = {"name": "Anna Berg", "kind": "person"}
        body = {"kind": "claim", "text": text, "language": "de", "speaker": speaker}
        assert client.post("/v1/statements", json=body).status_code == 201
        return client.get("/v1/changes").json["since"]

    client = open_ledger().test_client()
    kept = record(client, "Eins")
    disconnect()
    shutil.copy(tmp_path / "ledger.db", tmp_path / "backup.db")
    lost = record(client, "Zwei")
    disconnect()
    (tmp_path / "ledger.db-wal").unlink(missing_ok=True)
    shutil.copy(tmp_path / "backup.db", tmp_path / "ledger.db")

    problem = refused(client.get(f"/v1/changes?since={lost}"), 410)
    assert problem["type"] == "/problems/history-gone"
    assert "without since" in problem["detail"]
    assert client.get(f"/v1/changes?since={kept}").json["items"] == []
    # The same number again, but another change.
    assert record(client, "Drei") != lost
    refused(client.get(f"/v1/changes?since={lost}"), 410)


@pytest.mark.parametrize(
    ("parameters", "named"),
    [({"subject": "quote"}, "subject"), ({"limit": 0}, "limit"), ({"cursor": "x"}, "cursor")],
)
def test_a_parameter_that_cannot_be_is_refused_by_name(empty_client, refused, parameters, named):
    refused(empty_client.get("/v1/changes", query_string=parameters), 422, parameter=named)


def test_the_feed_can_be_asked_for_every_kind_that_has_a_history(app):
    kinds = {kind._meta.table_name for kind in Subject.__subclasses__()}
    assert set(SUBJECTS) == kinds | {decisions.NAME}


@pytest.mark.sqlite
def test_a_page_is_read_from_its_place_on(app, record):
    sql, values = Change.select().where(Change.id > 1).order_by(Change.id).sql()
    plan = Change._meta.database.execute_sql(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
    assert "SEARCH" in plan[0][-1]
