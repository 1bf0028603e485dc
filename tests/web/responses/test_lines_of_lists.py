"""Lists as CSV and as NDJSON: pages and whole lists, cells that do nothing, one moment."""

import csv
import io
import json
from threading import Thread

import pytest

from api.ledger.storage.database import disconnect
from api.web.responses import pages

CSV, NDJSON = "text/csv", "application/x-ndjson"
LISTS = (
    "/v1/statements",
    "/v1/statements/1/appearances",
    "/v1/statements/1/history",
    "/v1/statements/1/stances",
    "/v1/statements/counts?by=kind",
    "/v1/speakers",
    "/v1/sources",
    "/v1/topics",
    "/v1/references",
    "/v1/contradictions",
    "/v1/propositions",
    "/v1/reviews",
    "/v1/reviews",
)


@pytest.fixture
def ask(client):
    """Asks for a list in a media type; gives the answer."""

    def get(address, accept, **parameters):
        return client.get(address, query_string=parameters or None, headers={"Accept": accept})

    return get


def rows(answer):
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.data.decode(), newline="")))


def lines(answer):
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == NDJSON
    return [json.loads(line) for line in answer.text.splitlines()]


@pytest.mark.parametrize("address", LISTS)
def test_every_list_is_served_as_rows_and_lines_of_its_own_tag(ask, record, oppose, address):
    oppose(record(source={"title": "Hafenpost"}, topics=["hafen"])["id"])
    items = ask(address, "application/json").json["items"]
    assert lines(ask(address, NDJSON)) == items
    found = rows(ask(address, CSV))
    assert len(found) == len(items)
    tags = {ask(address, each).headers["ETag"] for each in (CSV, NDJSON, "application/json")}
    assert len(tags) == 3


def test_columns_are_the_same_whether_there_is_anything_or_not(ask, record):
    empty = ask("/v1/statements", CSV).text
    assert empty.startswith("id,kind,text,verbatim,speaker_id,speaker_name,speaker_kind,role,")
    assert empty.endswith(",version,created_at,updated_at\r\n")
    record()
    assert ask("/v1/statements", CSV).text.startswith(empty)


def test_cells_hold_what_members_do(ask, record):
    made = record(
        '„Ja“, sagte sie,\n"nein" sie | später',
        speaker="=cmd|' /C calc'!A0",
        topics=["hafen", "kai"],
        confidence=0.5,
        position={"start": 3, "end": 9},
    )
    (row,) = rows(ask("/v1/statements", CSV))
    assert row["text"] == made["text"]
    assert row["speaker_name"] == "'=cmd|' /C calc'!A0"
    assert (row["topics"], row["verbatim"]) == ("hafen|kai", "")
    assert (row["confidence"], row["position_start"], row["position_end"]) == ("0.5", "3", "9")
    assert (row["source_id"], row["source_title"], row["role"]) == ("", "", "")


def test_both_sides_of_a_contradiction_are_columns(ask, oppose):
    oppose(explanation="@risk")
    (row,) = rows(ask("/v1/contradictions", CSV))
    assert (row["statements_1_id"], row["statements_2_speaker_name"]) == ("1", "Bo Falk")
    assert (row["basis"], row["evidence"], row["explanation"]) == ("manual", "", "'@risk")


def test_pages_are_followed_by_link(ask, record, client):
    for _ in range(3):
        record()
    answer = ask("/v1/statements", CSV, limit=2)
    assert len(rows(answer)) == 2
    following = answer.headers["Link"].partition(">")[0].lstrip("<")
    assert len(rows(client.get(following, headers={"Accept": CSV}))) == 1


@pytest.mark.parametrize(("accept", "read"), [(CSV, rows), (NDJSON, lines)])
def test_a_whole_list_is_under_its_filters_and_in_its_order(
    ask, record, ids, monkeypatch, accept, read
):
    monkeypatch.setattr(pages, "_AT_ONCE", 2)
    for number in range(7):
        record(said_on=f"2026-03-{10 + number % 3}", kind="claim" if number % 3 else "quote")
    query = {"kind": "claim", "sort": "said_on"}
    found = [int(each["id"]) for each in read(ask("/v1/statements", accept, all="true", **query))]
    assert found == ids("/v1/statements", **query)
    assert len(found) == 4


def test_a_whole_list_is_as_it_was_when_it_was_asked_for(app, record, ids, monkeypatch):
    monkeypatch.setattr(pages, "_AT_ONCE", 2)
    kept = [record()["id"] for _ in range(6)]

    def write():
        client = app.test_client()
        client.delete(f"/v1/statements/{kept[0]}")
        client.patch(f"/v1/statements/{kept[1]}", json={"text": "Ganz anders"})
        body = {"kind": "claim", "text": "Neu", "language": "de", "speaker": {"id": 1}}
        client.post("/v1/statements", json=body)
        disconnect()

    answer = app.test_client().get("/v1/statements?all=true", headers={"Accept": NDJSON})
    parts = answer.iter_encoded()
    read = next(parts)
    writer = Thread(target=write)
    writer.start()
    writer.join()
    read += b"".join(parts)
    answer.close()
    found = [json.loads(line) for line in read.splitlines()]
    assert sorted(each["id"] for each in found) == kept
    assert "Ganz anders" not in [each["text"] for each in found]
    assert ids("/v1/statements") != kept


def test_a_whole_list_that_is_known_is_not_sent_again(client, record):
    record()
    headers = {"Accept": NDJSON}
    tag = client.get("/v1/statements?all=true", headers=headers).headers["ETag"]
    headers["If-None-Match"] = tag
    assert client.get("/v1/statements?all=true", headers=headers).status_code == 304
    record()
    assert client.get("/v1/statements?all=true", headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("accept", "query", "parameter", "said"),
    [
        ("application/json", {"all": "true"}, "all", "text/csv or application/x-ndjson"),
        (CSV, {"all": "true", "limit": 5}, "limit", "no pages"),
        (NDJSON, {"all": "true", "sort": "relevance"}, "sort", "q"),
        (NDJSON, {"all": "yes"}, "all", "boolean"),
    ],
)
def test_a_whole_list_that_cannot_be_is_refused(
    empty_client, refused, accept, query, parameter, said
):
    answer = empty_client.get("/v1/statements", query_string=query, headers={"Accept": accept})
    problem = refused(answer, 422, parameter=parameter)
    assert said in problem["errors"][0]["detail"]


def test_what_no_list_is_served_as_is_refused_with_what_is(empty_client, refused):
    answer = empty_client.get("/v1/sources", headers={"Accept": "application/pdf"})
    assert refused(answer, 406)["available"] == ["application/json", CSV, NDJSON]
