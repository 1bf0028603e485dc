"""Words that were taken out are nowhere any more, and the chain still holds."""

import pytest

from api.ledger.models import Change
from api.ledger.storage.database import database
from api.services.proof.verify import outstanding, verify

WORDS = "quokkas nibbled the zinnias"
REASON = {"reason": "Asked for by a witness."}


@pytest.fixture
def quoted(client, record, oppose, add):
    """A statement whose words stand wherever words can stand; gives its id."""
    said = record(
        f"The {WORDS} in May",
        language="en",
        said_on="2026-05-02",
        cue=f"{WORDS}, she said",
        context=f"Asked, she said: {WORDS}",
        topics=["quokkas nibbled"],
        source={"title": "Blatt"},
        external_id="q-1",
    )["id"]
    other = record("The quokkas nibbled nothing in May", language="en", speaker="Bo Falk")["id"]
    client.patch(f"/v1/statements/{said}", json={"text": f"The {WORDS} in June", "cue": WORDS})
    source = {"source": {"title": "Bote"}, "text": f"the {WORDS}", "cue": WORDS}
    add(f"/v1/statements/{said}/appearances", **source)
    pair = oppose(
        said,
        other,
        explanation=f"One says that {WORDS}.",
        evidence=[{"statement": said, "start": 0, "end": 20}],
    )
    decision = {"status": "confirmed", "note": f"{WORDS}, indeed"}
    assert client.patch(f"/v1/contradictions/{pair['id']}", json=decision).status_code == 200
    link = {"from_statement": said, "to_statement": other, "kind": "quotes", "note": WORDS}
    deleted = add("/v1/references", **link)["id"]
    client.delete(f"/v1/references/{deleted}")
    add("/v1/references", **link)
    add(
        "/v1/reviews",
        statement=said,
        url="https://checks.example/1",
        author={"name": "Checks"},
        rating={"label": "False", "explanation": f"No {WORDS}."},
        claim=WORDS,
    )
    proposition = add("/v1/propositions", text="Animals eat flowers")["id"]
    stance = {"stance": "conditional", "condition": WORDS, "note": WORDS}
    put = client.put(f"/v1/statements/{said}/stances/{proposition}", json=stance)
    assert put.status_code == 201, put.text
    body = {
        "kind": "claim",
        "text": f"All {WORDS}",
        "speaker": {"name": "Cy Moe", "kind": "person"},
    }
    kept = client.post("/v1/statements", json=body, headers={"Idempotency-Key": "k-1"})
    client.post(f"/v1/statements/{kept.json['id']}/redaction", json=REASON)
    return said


def redact(client, statement, **headers):
    return client.post(f"/v1/statements/{statement}/redaction", json=REASON, headers=headers)


def test_the_words_are_in_no_table(app, client, quoted):
    answer = redact(client, quoted)
    assert answer.status_code == 200, answer.text
    dump = "\n".join(
        repr(row)
        for table in database.get_tables()
        for row in database.execute_sql(f'SELECT * FROM "{table}"').fetchall()
    )
    dump += "\n".join(change.record or "" for change in Change.select())
    assert "[redacted]" in dump
    for word in ("nibbled the", "zinnia"):
        assert word not in dump


@pytest.mark.sqlite
def test_the_words_are_in_no_byte_of_the_files(app, client, quoted):
    records = [bytes(each.packed) for each in Change.select() if "zinnia" in (each.record or "")]
    assert len(records) > 8
    redact(client, quoted)
    path = app.config["SETTINGS"].database_url.removeprefix("sqlite:///")
    for file in (path, f"{path}-wal"):
        with open(file, "rb") as opened:
            held = opened.read()
        assert b"zinnia" not in held, file
        assert not any(record in held for record in records), file


def test_the_statement_stays_without_them(client, quoted):
    shown = redact(client, quoted).json
    assert (shown["text"], shown["verbatim"], shown["status"]) == ("[redacted]", [], "retracted")
    assert (shown["speaker"]["name"], shown["said_on"]) == ("Anna Berg", "2026-05-02")
    assert shown["cue"] is shown["context"] is None
    assert client.get("/v1/statements?q=zinnias&status=retracted").json["items"] == []
    (pair,) = client.get(f"/v1/contradictions?statement={quoted}&status=withdrawn").json["items"]
    assert (pair["explanation"], pair["evidence"]) == ("[redacted]", [])


def test_the_chain_still_holds_and_tells_of_the_redaction(client, quoted):
    before = client.get("/v1/ledger/head").json
    redact(client, quoted)
    assert sum(verify()) == outstanding()
    proof = client.get(f"/v1/ledger/proofs/consistency?first={before['size']}").json
    assert proof["first_root"] == before["root"]
    history = client.get(f"/v1/statements/{quoted}/history").json["items"]
    assert (history[-1]["action"], history[-1]["why"]) == ("redacted", REASON["reason"])


def test_once_more_changes_nothing(client, quoted):
    redact(client, quoted)
    size = client.get("/v1/ledger/head").json["size"]
    assert redact(client, quoted).status_code == 200
    assert client.get("/v1/ledger/head").json["size"] == size


def test_the_feed_goes_on_over_it(client, quoted):
    redact(client, quoted)
    feed = client.get("/v1/changes?limit=200").json
    assert feed["next"] is None
    assert WORDS not in str(feed)


def test_its_external_id_does_not_bring_it_back(client, quoted, record):
    redact(client, quoted)
    body = {"external_id": "q-1", "said_on": "2026-05-02", "language": "en"}
    record(f"The {WORDS} in June", status=409, **body)


@pytest.mark.parametrize("body", [{}, {"reason": ""}, {"reason": "x", "text": "y"}])
def test_a_reason_must_be_given(client, record, body):
    answer = client.post(f"/v1/statements/{record()['id']}/redaction", json=body)
    assert answer.status_code == 422


def test_a_stale_version_is_refused(client, record):
    assert redact(client, record()["id"], **{"If-Match": '"9.x"'}).status_code == 412
    assert redact(client, 99).status_code == 404
