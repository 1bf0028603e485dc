"""``/v1/propositions``: sentences that people take a stand on."""

import pytest

TEXT = "Der Hafen soll geschlossen werden"


def test_a_proposition_is_added_read_revised_and_deleted(client):
    body = {"text": TEXT, "topics": ["Häfen und Schiffe"], "note": "S. 3", "language": "de"}
    answer = client.post("/v1/propositions", json=body)
    assert answer.status_code == 201
    address = answer.headers["Location"]
    shown = client.get(address)
    assert shown.json == answer.json
    assert shown.json["topics"] == ["häfen-und-schiffe"]
    assert shown.json["stances"] == {"affirms": 0, "denies": 0, "conditional": 0, "unclear": 0}
    tag = {"If-Match": shown.headers["ETag"]}
    revised = client.patch(address, json={"text": f"{TEXT}, bald", "note": None}, headers=tag)
    assert (revised.status_code, revised.json["version"]) == (200, 2)
    assert (revised.json["text"], revised.json["note"]) == (f"{TEXT}, bald", None)
    assert client.patch(address, json={"note": "x"}, headers=tag).status_code == 412
    assert client.delete(address, headers=tag).status_code == 412
    assert client.delete(address).status_code == 204
    assert client.get(address).status_code == 404


def test_the_same_words_are_one_proposition(client, add, ids):
    first = add("/v1/propositions", text=TEXT)
    again = client.post("/v1/propositions", json={"text": f" der  HAFEN{TEXT[9:]} ", "note": "x"})
    assert (again.status_code, again.json) == (200, first)
    assert ids("/v1/propositions") == [first["id"]]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/text"),
        ({"text": " "}, "/text"),
        ({"text": "x" * 1001}, "/text"),
        ({"text": TEXT, "topics": ["–"]}, "/topics/0"),
        ({"text": TEXT, "language": "deutsch!"}, "/language"),
        ({"text": TEXT, "speaker": 1}, "/speaker"),
    ],
)
def test_what_no_proposition_can_be_is_refused_by_field(empty_client, refused, body, pointer):
    refused(empty_client.post("/v1/propositions", json=body), 422, pointer=pointer)


def test_words_that_another_proposition_has_are_refused(client, add, refused):
    first = add("/v1/propositions", text=TEXT)
    second = add("/v1/propositions", text="Der Hafen soll wachsen")
    address = f"/v1/propositions/{second['id']}"
    problem = refused(client.patch(address, json={"text": TEXT.upper()}), 409)
    assert problem["proposition"] == first["id"]


def test_the_words_stay_while_a_stand_is_taken_on_them(client, add, record, take, refused):
    said, proposition = record()["id"], add("/v1/propositions", text=TEXT)["id"]
    take(said, proposition, "affirms")
    address = f"/v1/propositions/{proposition}"
    problem = refused(client.patch(address, json={"text": "Der Hafen soll wachsen"}), 409)
    assert problem["resting"] == {"statements": [said]}
    assert client.patch(address, json={"text": TEXT.upper(), "note": "x"}).status_code == 200
    problem = refused(client.delete(address), 409)
    assert problem["resting"] == {"statements": [said]}
    client.delete(f"/v1/statements/{said}/stances/{proposition}")
    assert client.delete(address).status_code == 204


def test_propositions_are_found_by_words_topic_statement_and_speaker(
    client, add, record, take, ids, refused
):
    said, other = record(), record(speaker="Bo Falk")
    harbour = add("/v1/propositions", text="The harbours should be closed", topics=["harbour"])
    ferry = add("/v1/propositions", text="The ferry should run", topics=["harbour-line"])
    take(said["id"], harbour["id"], "affirms")
    take(other["id"], ferry["id"], "unclear")
    for parameters, found in (
        ({}, [harbour, ferry]),
        ({"q": "harbour closed"}, [harbour]),
        ({"q": '"should run"'}, [ferry]),
        ({"q": "ferry OR harbours"}, []),
        ({"topic": "harbour"}, [harbour]),
        ({"topic": ["Harbour", "harbour line"]}, [harbour, ferry]),
        ({"statement": said["id"]}, [harbour]),
        ({"speaker": "bo falk"}, [ferry]),
        ({"speaker": said["speaker"]["id"]}, [harbour]),
        ({"speaker": "Nobody"}, []),
        ({"speaker": "Bo Falk", "topic": "harbour"}, []),
    ):
        assert ids("/v1/propositions", **parameters) == [each["id"] for each in found], parameters
    refused(client.get("/v1/propositions?q=–"), 422, parameter="q")
    client.patch(f"/v1/propositions/{harbour['id']}", json={"topics": []})
    assert ids("/v1/propositions", topic="harbour") == []


def test_a_search_knows_the_words_a_proposition_has_now(client, add, ids):
    first = add("/v1/propositions", text="The ferry should run")
    second = add("/v1/propositions", text="The lamp should be lit")
    client.patch(f"/v1/propositions/{first['id']}", json={"text": "The bus should run"})
    client.delete(f"/v1/propositions/{second['id']}")
    assert ids("/v1/propositions", q="ferry") == ids("/v1/propositions", q="lamp") == []
    assert ids("/v1/propositions", q="bus") == [first["id"]]


def test_a_proposition_counts_who_stands_where(client, add, record, take):
    proposition = add("/v1/propositions", text=TEXT)["id"]
    said = [record()["id"] for _ in range(4)]
    for statement, stance in zip(
        said, ("affirms", "affirms", "conditional", "denies"), strict=True
    ):
        take(statement, proposition, stance)
    client.delete(f"/v1/statements/{said[0]}")
    client.patch(f"/v1/statements/{said[3]}", json={"text": "Ganz anders"})
    shown = client.get(f"/v1/propositions/{proposition}").json
    assert shown["stances"] == {"affirms": 1, "denies": 0, "conditional": 1, "unclear": 0}
