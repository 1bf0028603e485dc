"""``/v1/statements/{id}/stances``: what stand a statement takes, as a person read it."""

import pytest

from api.ledger.models import Change

CLOSE = "Der Hafen soll geschlossen werden"


@pytest.fixture
def close(add):
    return add("/v1/propositions", text=CLOSE)["id"]


def test_a_stance_is_set_changed_listed_and_taken_back(client, record, close):
    said = record()["id"]
    address = f"/v1/statements/{said}/stances/{close}"
    assert client.get(address).status_code == 404
    body = {"stance": "conditional", "condition": "wenn es Geld gibt", "note": "S. 3"}
    answer = client.put(address, json=body)
    assert (answer.status_code, answer.headers["Location"]) == (201, address)
    assert {name: answer.json[name] for name in body} == body
    assert answer.json["proposition"] == {"id": close, "text": CLOSE}
    assert (answer.json["statement"], answer.json["stale"]) == (said, False)
    shown = client.get(address)
    assert (shown.json, shown.headers["ETag"]) == (answer.json, answer.headers["ETag"])
    answer = client.put(address, json={"stance": "denies"})
    assert (answer.status_code, answer.json["version"]) == (200, 2)
    assert answer.json["condition"] is answer.json["note"] is None
    assert client.get(f"/v1/statements/{said}/stances").json["items"] == [answer.json]
    same = client.put(address, json={"stance": "denies", "condition": None})
    assert (same.status_code, same.json) == (200, answer.json)
    assert client.delete(address).status_code == 204
    assert client.delete(address).status_code == 404
    assert client.get(f"/v1/statements/{said}/stances").json["items"] == []
    kept = Change.select().where(Change.subject == "stance").order_by(Change.id)
    assert [each.action for each in kept] == ["created", "revised", "deleted"]


def test_a_stance_is_held_to_the_version_that_was_read(client, record, close, refused):
    address = f"/v1/statements/{record()['id']}/stances/{close}"
    affirms, denies = {"stance": "affirms"}, {"stance": "denies"}
    refused(client.put(address, json=affirms, headers={"If-Match": "*"}), 412)
    first = client.put(address, json=affirms).headers["ETag"]
    second = client.put(address, json=denies, headers={"If-Match": first}).headers["ETag"]
    refused(client.put(address, json=affirms, headers={"If-Match": first}), 412)
    refused(client.delete(address, headers={"If-Match": first}), 412)
    assert client.get(address).json["stance"] == "denies"
    assert client.delete(address, headers={"If-Match": second}).status_code == 204


def test_who_saw_other_words_does_not_set_a_stance_on_the_new_ones(client, record, close, refused):
    said = record()["id"]
    address = f"/v1/statements/{said}/stances/{close}"
    seen = client.put(address, json={"stance": "affirms"}).headers["ETag"]
    client.patch(f"/v1/statements/{said}", json={"text": "Der Hafen bleibt offen"})
    answer = client.put(address, json={"stance": "conditional"}, headers={"If-Match": seen})
    refused(answer, 412)


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/stance"),
        ({"stance": "supports"}, "/stance"),
        ({"stance": None}, "/stance"),
        ({"stance": "affirms", "condition": "wenn"}, "/condition"),
        ({"stance": "conditional", "condition": " "}, "/condition"),
        ({"stance": "conditional", "note": 7}, "/note"),
        ({"stance": "affirms", "proposition": 1}, "/proposition"),
    ],
)
def test_what_no_stance_can_be_is_refused_by_field(client, record, close, refused, body, pointer):
    address = f"/v1/statements/{record()['id']}/stances/{close}"
    refused(client.put(address, json=body), 422, pointer=pointer)
    assert client.get(address).status_code == 404


def test_a_stance_needs_its_statement_and_its_proposition(client, record, close, refused):
    said = record()["id"]
    for address in (f"/v1/statements/99/stances/{close}", f"/v1/statements/{said}/stances/99"):
        for method in ("GET", "PUT", "DELETE"):
            body = {"stance": "affirms"} if method == "PUT" else None
            problem = refused(client.open(address, method=method, json=body), 404)
            assert "99" in problem["detail"]
    refused(client.get("/v1/statements/99/stances"), 404)
    refused(client.get("/v1/propositions/99/stances"), 404)
    wrong = client.get(f"/v1/statements/{said}/stances/one")
    refused(wrong, 404, parameter="proposition")
    refused(client.get(f"/v1/statements/x/stances/{close}"), 404, parameter="id")


def test_a_retracted_statement_takes_no_new_stand(client, record, close, take, refused):
    said = record()["id"]
    take(said, close, "affirms")
    client.delete(f"/v1/statements/{said}")
    address = f"/v1/statements/{said}/stances/{close}"
    assert refused(client.put(address, json={"stance": "denies"}), 409)["statement"] == said
    assert client.delete(address).status_code == 204


def test_who_stands_where_is_listed_with_the_statements(client, record, close, take, listing):
    said = [record() for _ in range(4)]
    for each, stance in zip(said, ("affirms", "denies", "unclear", "denies"), strict=True):
        take(each["id"], close, stance)
    client.delete(f"/v1/statements/{said[3]['id']}")
    address = f"/v1/propositions/{close}/stances"
    found = listing(address, limit=2)
    assert [each["statement"]["text"] for each in found] == [each["text"] for each in said[:3]]
    assert [each["stance"] for each in found] == ["affirms", "denies", "unclear"]
    found = listing(address, stance=["denies", "unclear"])
    assert [each["statement"]["id"] for each in found] == [said[1]["id"], said[2]["id"]]
