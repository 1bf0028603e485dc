"""``?dry_run=true``: the answer as if, and nothing stored."""


def test_a_dry_run_answers_as_if_and_stores_nothing(client, listing):
    change = client.get("/v1/statements").headers["ETag"]
    body = {
        "kind": "claim",
        "text": "Der Hafen bleibt offen",
        "language": "de",
        "speaker": {"name": "Anna Berg", "kind": "person"},
        "source": {"title": "Kurier"},
        "topics": ["häfen"],
    }
    answer = client.post("/v1/statements?dry_run=true", json=body)
    assert answer.status_code == 200
    assert "Location" not in answer.headers
    assert answer.json["text"] == body["text"]
    assert answer.json["id"] is answer.json["speaker"]["id"] is answer.json["source"]["id"] is None
    for address in ("/v1/statements", "/v1/speakers", "/v1/sources", "/v1/topics"):
        assert listing(address) == []
    assert client.get("/v1/statements").headers["ETag"] == change
    assert client.post("/v1/statements", json=body).json["id"] == 1


def test_a_dry_run_shows_the_contradictions_that_would_be_raised(client, record, listing):
    open_ = record("The harbour is open", language="en", said_on="2026-03-14")
    body = {
        "kind": "claim",
        "text": "The harbour is not open",
        "speaker": {"name": "Bo Falk", "kind": "person"},
        "said_on": "2026-03-14",
    }
    (raised,) = client.post("/v1/statements?dry_run=true", json=body).json["contradictions"]
    assert raised["id"] is None
    assert [side["id"] for side in raised["statements"]] == [open_["id"], None]
    assert {evidence["statement"] for evidence in raised["evidence"]} == {open_["id"], None}
    assert listing("/v1/contradictions", status="flagged") == []
    assert client.get("/v1/statements/1").json["contradiction_count"] == 0


def test_a_dry_run_of_a_known_statement_shows_it_with_its_id(client, record):
    known = record("Der Hafen bleibt offen")
    body = {
        "kind": "claim",
        "text": "Der Hafen bleibt offen",
        "language": "de",
        "speaker": {"name": "Anna Berg"},
        "source": {"title": "Kurier"},
    }
    answer = client.post("/v1/statements?dry_run=true", json=body).json
    assert (answer["id"], answer["appearances"]) == (known["id"], 1)
    assert answer["source"]["id"] is None
    assert client.get(f"/v1/statements/{known['id']}").json["appearances"] == 0
