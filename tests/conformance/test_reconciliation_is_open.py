"""``/v1/reconcile``: open to pages of every origin, and to what it does not know."""

import json

import pytest

from tests.conformance.reconciliation import EXTENSION, RESULTS, conforms

SERVICE = "/v1/reconcile"


@pytest.mark.parametrize(
    ("more", "count"),
    [
        ({"type": "Q5"}, 0),
        ({"type": ["Q5", "person"]}, 1),
        ({"type": ["Q5", "person"], "type_strict": "all"}, 0),
        ({"type": ["Q5", "human"]}, 0),
        ({"type": {"id": "person", "name": "Person"}}, 1),
        ({"type": "organization"}, 0),
        ({"properties": [{"pid": "P569", "v": "1955-11-11"}]}, 1),
        ({"properties": [{"pid": "role", "v": None}]}, 1),
        ({"properties": [{"pid": "P31", "v": {"id": "Q5"}}, {"pid": "role", "v": "x"}]}, 1),
        ({"colour": 1}, 1),
    ],
)
def test_what_one_query_has_that_is_unknown_refuses_no_batch(ask, people, more, count):
    queries = {"q0": {"query": "Friedrich Merz", **more}, "q1": {"query": "Friedrich Merz"}}
    answer = conforms(ask(queries), RESULTS)
    assert len(answer["q0"]["result"]) == count
    assert len(answer["q1"]["result"]) == 1


def test_unknown_properties_alone_find_nobody(ask, people):
    queries = {"q0": {"properties": [{"pid": "P569", "v": "1955"}]}, "q1": {"query": "Merz"}}
    answer = conforms(ask(queries), RESULTS)
    assert answer["q0"]["result"] == []
    assert answer["q1"]["result"]


def test_a_property_that_is_unknown_is_given_for_nobody(client, people):
    wanted = {
        "ids": [str(people[1])],
        "properties": [{"id": "P569"}, {"id": "role", "settings": {"limit": "1"}}],
    }
    answer = conforms(client.post(SERVICE, data={"extend": json.dumps(wanted)}), EXTENSION)
    assert answer["meta"][0] == {"id": "P569", "name": "P569"}
    assert answer["rows"][str(people[1])] == {
        "P569": [],
        "role": [{"str": "Chancellor of Germany"}],
    }


def test_nobody_is_completed_of_a_kind_that_is_unknown(client, people):
    def found(types):
        return client.get(f"{SERVICE}/suggest/entity?prefix=mer{types}").json["result"]

    assert found("&type=Q5") == []
    assert found("&type=Q5&type=person") == found("") != []


@pytest.mark.parametrize("cors_origins", ["", "https://desk.example"])
@pytest.mark.parametrize("origin", ["https://desk.example", "https://other.example", "null", None])
def test_pages_of_every_origin_may_ask(open_ledger, cors_origins, origin):
    client = open_ledger(cors_origins=cors_origins).test_client()
    headers = {"Origin": origin} if origin else {}
    for answer in (
        client.get(SERVICE, headers=headers),
        client.head(SERVICE, headers=headers),
        client.post(SERVICE, data={"queries": '{"q0": {"query": "a"}}'}, headers=headers),
        client.post(SERVICE, data={"queries": "{"}, headers=headers),
        client.get(f"{SERVICE}/suggest/entity?prefix=a", headers=headers),
        client.get(f"{SERVICE}/suggest/entity", headers=headers),
        client.get(f"{SERVICE}/properties", headers=headers),
        client.get(f"{SERVICE}/preview/99", headers=headers),
    ):
        assert answer.headers.getlist("Access-Control-Allow-Origin") == ["*"]
        assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize("cors_origins", ["", "https://desk.example"])
@pytest.mark.parametrize("path", ["", "/suggest/type", "/preview/1"])
def test_a_browser_that_asks_first_is_told_what_it_may_send(open_ledger, cors_origins, path):
    client = open_ledger(cors_origins=cors_origins).test_client()
    asked = {
        "Origin": "https://other.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
        "Access-Control-Request-Private-Network": "true",
    }
    answer = client.options(SERVICE + path, headers=asked)
    assert answer.status_code == 200
    assert answer.headers.getlist("Access-Control-Allow-Origin") == ["*"]
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert "content-type" in answer.headers["Access-Control-Allow-Headers"].lower()
    assert "authorization" not in answer.headers["Access-Control-Allow-Headers"].lower()
    # A public page that reaches for this machine is let in by nobody here.
    assert "Access-Control-Allow-Private-Network" not in answer.headers
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_nothing_else_is_open_to_pages(client):
    for path in ("/v1/speakers", "/v1/reconciled", "/v1/statements"):
        headers = client.get(path, headers={"Origin": "https://other.example"}).headers
        assert "Access-Control-Allow-Origin" not in headers
