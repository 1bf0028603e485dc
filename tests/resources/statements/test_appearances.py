"""``/v1/statements/{id}/appearances``: where else a statement was published."""

import pytest


@pytest.fixture
def address(record):
    return f"/v1/statements/{record('Der Hafen bleibt offen')['id']}/appearances"


def test_an_appearance_is_added_and_listed(client, address, listing):
    given = {
        "source": {"title": "Kurier", "published_on": "2026-03-15"},
        "text": "Der Hafen bleibe offen",
        "cue": "schrieb",
        "position": {"start": 10, "end": 32},
    }
    answer = client.post(address, json=given)
    assert answer.status_code == 201
    assert answer.headers["Location"].endswith(address)
    (shown,) = listing(address)
    assert shown == answer.json
    assert {name: shown[name] for name in ("text", "cue", "position")} == {
        name: given[name] for name in ("text", "cue", "position")
    }
    assert shown["source"]["title"] == "Kurier"
    assert client.get(address.removesuffix("/appearances")).json["appearances"] == 1


def test_the_same_source_again_is_the_same_appearance(client, address, listing):
    first = client.post(address, json={"source": {"title": "Kurier"}})
    again = client.post(address, json={"source": {"title": "Kurier"}, "cue": "sagte"})
    assert (again.status_code, again.json) == (200, first.json)
    assert len(listing(address)) == 1


def test_the_first_appearance_becomes_the_statements_source(client, address, listing):
    statement = address.removesuffix("/appearances")
    client.post(address, json={"source": {"title": "Kurier"}})
    client.post(address, json={"source": {"title": "Bote"}})
    shown = client.get(statement).json
    assert (shown["source"]["title"], shown["appearances"]) == ("Kurier", 2)
    (change,) = listing(f"{statement}/history")[-1]["changes"]
    assert (change["field"], change["is"]) == ("source_id", shown["source"]["id"])


def test_appearances_are_paged_in_the_order_they_were_recorded(client, address, listing):
    titles = [f"Blatt {number}" for number in range(5)]
    for title in titles:
        client.post(address, json={"source": {"title": title}})
    for limit in (1, 2, 5):
        assert [each["source"]["title"] for each in listing(address, limit=limit)] == titles


def test_what_an_appearance_cannot_be_is_refused(client, address, refused, listing):
    refused(client.post(address, json={}), 422, pointer="/source")
    refused(client.post(address, json={"source": {"id": 9}}), 422, pointer="/source/id")
    refused(client.post(address, json={"source": {"url": "ftp://a.example"}}), 422)
    blank = {"source": {"title": "Kurier"}, "text": " "}
    refused(client.post(address, json=blank), 422, pointer="/text")
    refused(client.post("/v1/statements/99/appearances", json={"source": {"title": "K"}}), 404)
    refused(client.get("/v1/statements/99/appearances"), 404)
    assert listing(address) == listing("/v1/sources") == []


def test_the_same_appearance_at_once_is_added_once(address, at_once, listing, client):
    body = {"source": {"title": "Kurier"}}
    answers = at_once(*[lambda caller: caller.post(address, json=body)] * 4)
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]
    assert len(listing(address)) == 1
    assert client.get(address.removesuffix("/appearances")).json["appearances"] == 1
