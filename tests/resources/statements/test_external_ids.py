"""The callers' own names for statements."""


def test_an_external_id_finds_its_statement_and_no_other_text(client, record, refused):
    first = record("Der Hafen bleibt offen", external_id="a1")
    assert record("Der Hafen bleibt offen", external_id="a1", status=200)["id"] == first["id"]
    body = {
        "kind": "claim",
        "text": "Der Hafen wird geschlossen",
        "language": "de",
        "external_id": "a1",
        "speaker": {"name": "Anna Berg"},
    }
    problem = refused(client.post("/v1/statements", json=body), 409)
    assert problem["statement"] == first["id"]
    assert len(client.get("/v1/statements").json["items"]) == 1


def test_an_external_id_is_added_to_a_statement_that_is_there(record, ids):
    first = record("Der Hafen bleibt offen")
    again = record("Der Hafen bleibt offen", external_id="a1", status=200)
    also = record("Der Hafen bleibt offen", external_id="b2", status=200)
    assert (again["external_id"], also["external_id"]) == ("a1", "a1")
    assert ids("/v1/statements", external_id="a1") == [first["id"]]
    assert ids("/v1/statements", external_id="b2") == [first["id"]]


def test_revising_to_an_external_id_that_is_held_is_refused(client, record, refused):
    holder, other = record(external_id="a1"), record()
    answer = client.patch(f"/v1/statements/{other['id']}", json={"external_id": "a1"})
    assert refused(answer, 409)["statement"] == holder["id"]


def test_a_second_external_id_is_a_version_and_finds_the_statement(client, record, ids):
    first = record("So ist es", external_id="a")
    empty = client.get("/v1/statements?external_id=b")
    record("So ist es", external_id="b", status=200)
    held = {"If-None-Match": empty.headers["ETag"]}
    assert client.get("/v1/statements?external_id=b", headers=held).status_code == 200
    assert ids("/v1/statements", external_id="b") == [first["id"]]
    (_, added) = client.get(f"/v1/statements/{first['id']}/history").json["items"]
    assert added["changes"] == [{"field": "external_ids", "was": ["a"], "is": ["a", "b"]}]


def test_a_retracted_statements_external_id_is_no_other_speakers(client, record):
    client.delete(f"/v1/statements/{record('So', external_id='q')['id']}")
    assert record("So", speaker="Fred Ott", external_id="q", status=409)["statement"] == 1


def test_an_external_id_goes_to_what_was_recorded_anew(client, record, ids):
    client.delete(f"/v1/statements/{record('So', external_id='z')['id']}")
    anew = record("So")
    assert record("So", external_id="z", status=200)["external_id"] == "z"
    assert ids("/v1/statements", external_id="z") == [anew["id"]]
