"""A call that reads for too long is broken off, told so, and leaves everything as it was."""

import pytest

from api.ledger.storage.database import database

MANY = 60_000
COPIED = (
    "kind, text, text_key, verbatim, speaker_id, topics, language, status, created_at, updated_at"
)
COPIES = f"""
    WITH RECURSIVE copy (number) AS (
        SELECT 1 UNION ALL SELECT number + 1 FROM copy WHERE number < ?
    )
    INSERT INTO statement ({COPIED}) SELECT {COPIED} FROM statement, copy WHERE id = 1
"""
BODY = {
    "kind": "claim",
    "text": "Der Kai ruht",
    "language": "de",
    "speaker": {"name": "Anna Berg", "kind": "person"},
}


@pytest.fixture
def client(open_ledger):
    client = open_ledger(query_timeout=1).test_client()
    assert client.post("/v1/statements", json=BODY).status_code == 201
    database.execute_sql(COPIES, [MANY])
    return client


def test_what_takes_too_long_is_broken_off_and_says_how_to_narrow_it(client, refused):
    answer = client.get("/v1/statements/counts?by=month")
    assert refused(answer, 503)["type"] == "/problems/too-slow"
    assert int(answer.headers["Retry-After"]) >= 1
    assert "Narrow" in client.get("/problems/too-slow").text


def test_what_is_quick_is_answered_after_it_and_a_write_is_not_limited(client, refused):
    refused(client.get("/v1/statements/counts?by=month"), 503)
    assert client.get("/v1/statements/1").status_code == 200
    body = BODY | {"text": "Der Kai ruht nicht"}
    made = client.post("/v1/statements", json=body)
    assert made.status_code == 201
    assert client.get(made.headers["Location"]).json["text"] == body["text"]
