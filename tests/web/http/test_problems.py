"""Every refusal is ``application/problem+json`` that says what is wrong and what would be right."""

import sqlite3
from threading import Event, Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.app import create_app
from api.ledger.storage.database import disconnect, writing
from api.settings import Settings


def test_what_is_not_there_is_404(empty_client, refused):
    for address in (
        "/nothing",
        "/v1/nothing",
        "/v1/statements/1",
        "/v1/statements/1/history",
        "/v1/statements/1/references",
        "/v1/speakers/1",
        "/v1/sources/1",
        "/v1/references/1",
        "/v1/contradictions/1",
        "/problems/nothing",
    ):
        refused(empty_client.get(address), 404)


def test_what_is_not_there_is_404_with_parameters_too(empty_client, refused):
    refused(empty_client.get("/v1/nothing?colour=red"), 404)
    refused(empty_client.put("/v1/statements?colour=red"), 405)


@pytest.mark.parametrize(
    ("method", "address", "allowed"),
    [
        ("PUT", "/v1/statements", "GET HEAD OPTIONS POST"),
        ("DELETE", "/v1/statements", "GET HEAD OPTIONS POST"),
        ("POST", "/v1/statements/1", "DELETE GET HEAD OPTIONS PATCH"),
        ("POST", "/v1/topics", "GET HEAD OPTIONS"),
        ("PATCH", "/v1/references/1", "DELETE GET HEAD OPTIONS"),
        ("DELETE", "/v1/contradictions/1", "GET HEAD OPTIONS PATCH"),
        ("GET", "/v1/speakers/1/merge", "OPTIONS POST"),
        ("GET", "/v1/contradictions/check", "OPTIONS POST"),
        ("POST", "/healthz", "GET HEAD OPTIONS"),
    ],
)
def test_a_method_that_is_not_served_is_405_with_those_that_are(
    empty_client, refused, method, address, allowed
):
    answer = empty_client.open(address, method=method)
    refused(answer, 405)
    assert sorted(answer.headers["Allow"].split(", ")) == allowed.split()


def test_options_tells_the_methods(empty_client):
    answer = empty_client.options("/v1/statements")
    assert answer.status_code in (200, 204)
    assert {"GET", "HEAD", "POST"} <= set(answer.headers["Allow"].split(", "))


def test_head_answers_like_get_without_a_body(client, record):
    address = f"/v1/statements/{record()['id']}"
    for path in (address, "/v1/statements?limit=1", "/v1/topics", "/healthz"):
        get, head = client.get(path), client.head(path)
        assert (head.status_code, head.data) == (200, b"")
        for name in ("ETag", "Content-Type", "Content-Length", "Link"):
            assert head.headers.get(name) == get.headers.get(name), (path, name)
    assert client.head("/v1/statements/99").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/v1/statements",
        "/v1/statements/1/appearances",
        "/v1/statements/1/references",
        "/v1/statements/1/history",
        "/v1/speakers",
        "/v1/sources",
        "/v1/topics",
        "/v1/references",
        "/v1/contradictions",
        "/v1/statements/1",
        "/v1/speakers/1",
    ],
)
def test_an_unknown_parameter_is_refused_by_name(client, record, refused, address):
    record()
    refused(client.get(f"{address}?colour=red"), 422, parameter="colour")


def test_an_unknown_parameter_of_a_write_is_refused_and_nothing_stored(empty_client, refused):
    body = {"kind": "claim", "text": "So", "language": "de"}
    body["speaker"] = {"name": "Anna Berg", "kind": "person"}
    for query, parameter in (("colour=red", "colour"), ("dry_run=maybe", "dry_run")):
        refused(empty_client.post(f"/v1/statements?{query}", json=body), 422, parameter=parameter)
    assert empty_client.get("/v1/statements").json["items"] == []


def test_every_wrong_field_is_named_at_once(empty_client, refused):
    body = {"kind": "rumour", "text": "", "speaker": {"kind": "alien"}, "mood": 1, "topics": [""]}
    problem = refused(empty_client.post("/v1/statements", json=body), 422)
    pointers = {error["pointer"] for error in problem["errors"]}
    assert {"/kind", "/text", "/speaker/kind", "/mood", "/topics/0"} <= pointers
    assert all(error["detail"] for error in problem["errors"])


def test_a_pointer_is_escaped_as_json_pointer_says(empty_client, refused):
    body = {"kind": "claim", "text": "So", "speaker": {"name": "A"}, "a/b~c": 1}
    refused(empty_client.post("/v1/statements", json=body), 422, pointer="/a~1b~0c")


def test_every_problem_type_is_explained_at_its_address(empty_client, refused):
    problems = [
        empty_client.get("/v1/statements/1"),
        empty_client.get("/v1/statements?limit=0"),
        empty_client.post("/v1/statements", data="{", content_type="application/json"),
        empty_client.post("/v1/statements", data="x", content_type="text/plain"),
        empty_client.get("/v1/statements", headers={"Accept": "image/png"}),
    ]
    for answer in problems:
        explained = empty_client.get(answer.json["type"])
        assert explained.status_code == 200
        assert answer.json["title"] in explained.text


def test_a_defect_of_ours_is_told_without_its_inside(client, app, refused, monkeypatch):
    def broken(*_):
        raise RuntimeError("secret of the inside")

    monkeypatch.setattr("api.services.reading.queries.statement", broken)
    problem = refused(client.get("/v1/statements/1"), 500)
    assert "secret" not in str(problem)


def test_the_probes_answer(empty_client):
    assert (
        empty_client.get("/healthz").status_code == empty_client.get("/readyz").status_code == 200
    )


@pytest.mark.sqlite
def test_a_program_that_stands_in_no_line_makes_a_ledger_busy(open_ledger, tmp_path, refused):
    client = open_ledger(busy_timeout=50).test_client()
    writer = sqlite3.connect(tmp_path / "ledger.db", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    refused(client.post("/v1/speakers", json={"name": "Anna Berg", "kind": "person"}), 503)
    writer.close()


def test_a_ledger_that_is_not_migrated_is_not_ready(ledgers, tmp_path, refused):
    client = create_app(Settings(**ledgers.new("new", tmp_path))).test_client()
    assert client.get("/healthz").status_code == 200
    answer = client.get("/readyz")
    refused(answer, 503)
    assert answer.headers["Retry-After"]
    disconnect()


def test_a_busy_ledger_is_503_with_when_to_try_again(open_ledger, refused):
    client = open_ledger(busy_timeout=50).test_client()
    body = {"name": "Anna Berg", "kind": "person"}
    writes, may_end = Event(), Event()

    def write():
        with writing():
            writes.set()
            may_end.wait(10)
        disconnect()

    other = Thread(target=write)
    other.start()
    writes.wait(10)
    answer = client.post("/v1/speakers", json=body)
    refused(answer, 503)
    assert answer.headers["Retry-After"]
    assert client.get("/v1/speakers").status_code == 200
    may_end.set()
    other.join()
    assert client.post("/v1/speakers", json=body).status_code == 201


NAMES = {
    "/v1/statements": "q kind speaker source publisher topic language external_id status said_from "
    "said_to said_match contradicted sort limit cursor",
    "/v1/contradictions": "speaker between topic nature basis scope status min_score statement "
    "said_from said_to sort limit cursor",
    "/v1/speakers": "q kind wikidata limit cursor",
    "/v1/sources": "url publisher limit cursor",
    "/v1/references": "statement kind limit cursor",
}
PARAMETERS = st.sampled_from(
    [(address, name) for address, names in NAMES.items() for name in names.split()]
)


@settings(max_examples=100, suppress_health_check=list(HealthCheck))
@given(parameter=PARAMETERS, value=st.text(max_size=20) | st.integers().map(str))
def test_no_parameter_breaks_the_server(empty_client, parameter, value):
    address, name = parameter
    answer = empty_client.get(address, query_string={name: value})
    assert answer.status_code in (200, 422), (address, name, value, answer.text)


def test_bytes_that_are_no_text_break_no_list(client, record):
    record()
    for query in ("q=%FFa", "topic=%ED%A0%80", "speaker=%FF", "external_id=%00", "publisher=%C3"):
        assert client.get(f"/v1/statements?{query}").status_code == 200, query
    assert client.get("/v1/statements/%FF").status_code == 404


@pytest.mark.parametrize("method", ["GET", "HEAD", "DELETE", "PATCH", "POST", "PUT", "TRACE", "X"])
def test_every_method_at_every_address_is_answered(client, method):
    for address in (*NAMES, "/v1/statements/1", "/v1/contradictions/check", "/openapi.json"):
        answer = client.open(address, method=method, json={})
        assert answer.status_code < 500, (method, address, answer.text)
        if answer.status_code >= 400 and method != "HEAD":
            assert answer.mimetype == "application/problem+json"
