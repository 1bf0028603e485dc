"""A ledger with every kind of thing in it, filled through the front door."""

from api.ledger.storage.database import database, writing
from api.services.admin import keys
from api.services.webhooks import webhook_registry

REASON = {"reason": "At the request of a witness."}


def fill(client):
    """Fill a new ledger; its last call makes a key, after which strangers only read."""

    def call(method, address, expected, /, **body):
        answer = client.open(address, method=method, json=body or None)
        assert answer.status_code == expected, f"{address}: {answer.text}"
        return answer.json

    def say(text, speaker="Anna Berg", **fields):
        by = {"name": speaker, "kind": "person"}
        fields = {"kind": "claim", "language": "en", **fields}
        return call("POST", "/v1/statements", 201, text=text, speaker=by, **fields)["id"]

    harbour = {
        "source": {
            "title": "Harbour news",
            "publisher": "The Harbour",
            "url": "https://h.example/1",
        }
    }
    # 1 and 2 contradict each other, so do 3 and 4.
    say(
        "The harbour will stay open in winter",
        said_on="2026-03-14~",
        topics=["harbour", "winter"],
        external_id="h-1",
        role="harbour master",
        **harbour,
    )
    say("The harbour will not stay open in winter", said_on="2026-03-20", topics=["harbour"])
    say("The bridge cost 40 million euros", "Bo Falk", said_on="2026-01", external_id="h-3")
    say("The bridge cost 90 million euros", "Bo Falk", said_on="2026-02", confidence=0.7)
    say("Der Hafen bleibt offen", "Cy Moe", language="de", kind="quote", **harbour)
    # 6 is retracted, 7 redacted, 8 and 9 reworded.
    say("The ferry runs on Sundays", "Cy Moe", external_id="h-6", topics=["ferry"])
    say("The quokkas nibbled tulips", "Dee Ott", topics=["quokkas"], **harbour)
    say("The school has 400 pupils", "Dee Ott")
    say("The school has 500 pupils", "Dee Ott")
    say("The mayor visited the school in May", "Ann Berg", said_on="2025-05/2025-06")
    again = {"kind": "claim", "language": "en", "text": "The bridge cost 40 million euros"}
    again |= {"speaker": {"name": "Bo Falk"}, "said_on": "2026-01", "external_id": "h-3b"}
    call("POST", "/v1/statements", 200, source={"title": "Bridge news"}, **again)
    call(
        "POST",
        "/v1/statements/5/appearances",
        201,
        source={"title": "Bote"},
        text="offen",
        cue="sagte",
    )
    call(
        "POST",
        "/v1/references",
        201,
        from_statement=1,
        to_statement=3,
        kind="qualifies",
        note="See",
    )
    gone = call("POST", "/v1/references", 201, from_statement=2, to_statement=3, kind="corrects")[
        "id"
    ]
    call("DELETE", f"/v1/references/{gone}", 204)
    for address, text in (
        ("/v1/propositions", "The harbour stays open"),
        ("/v1/propositions", "A"),
    ):
        call("POST", address, 201, text=text, topics=["harbour"], note="Ours")
    call("PUT", "/v1/statements/1/stances/1", 201, stance="affirms", note="Plain")
    call("PUT", "/v1/statements/8/stances/1", 201, stance="denies", note="in May")
    call("PUT", "/v1/statements/7/stances/1", 201, stance="conditional", condition="quokkas")
    for number, statement in enumerate((1, 3, 7)):
        call(
            "POST",
            "/v1/reviews",
            201,
            statement=statement,
            url=f"https://checks.example/{number}",
            author={"name": "Checks", "url": "https://checks.example"},
            rating={"value": 2, "best": 5, "worst": 1, "label": "Mostly False"},
            published_on="2026-04",
            claim="So it was said",
            claimant="Anna Berg",
        )
    call("PATCH", "/v1/statements/8", 200, text="The school has 450 pupils")
    call("PATCH", "/v1/statements/9", 200, text="The school has 555 pupils", topics=["school"])
    manual = call("POST", "/v1/contradictions", 201, statements=[1, 4], nature="factual", note="Hm")
    by_hand = call("POST", "/v1/contradictions", 201, statements=[7, 10], nature="position")
    pairs = call("GET", "/v1/contradictions?status=flagged&status=candidate", 200)["items"]
    assert len(pairs) >= 3
    for pair in (manual, by_hand):
        decided = {"status": "confirmed", "reviewed_by": "Eve", "note": "Indeed"}
        call("PATCH", f"/v1/contradictions/{pair['id']}", 200, **decided)
    other = next(each["id"] for each in pairs if each["id"] not in (manual["id"], by_hand["id"]))
    decided = {"status": "dismissed", "reason": "different_time"}
    call("PATCH", f"/v1/contradictions/{other}", 200, **decided)
    call("DELETE", "/v1/statements/6", 204)
    call("POST", "/v1/statements/7/redaction", 200, **REASON)
    spoken = {each["name"]: each["id"] for each in call("GET", "/v1/speakers", 200)["items"]}
    call("PATCH", f"/v1/speakers/{spoken['Bo Falk']}", 200, aliases=["B. Falk"], wikidata="Q42")
    merged = f"/v1/speakers/{spoken['Ann Berg']}/merge"
    call("POST", merged, 200, into=spoken["Anna Berg"])
    client.post("/v1/propositions", json={"text": "Kept"}, headers={"Idempotency-Key": "an answer"})
    events = ["statement.created", "contradiction.flagged"]
    webhook_registry.create({"url": "https://hooks.example/1", "events": events})
    webhook_registry.create({"url": "https://hooks.example/2", "events": events[:1]})
    keys.create("newsroom", ["write"])
    keys.create("reader", ["read"])
    keys.revoke("reader")
    with writing():
        database.execute_sql("INSERT INTO recheck (detector, statement_id) VALUES ('none', 1)")
        database.execute_sql(
            "INSERT INTO webhook_delivery (webhook_id, change_id, event, subject, subject_id, "
            "status, created_at, updated_at) "
            "VALUES (1, 1, 'speaker.created', 'speaker', 1, 'waiting', ?, ?)",
            ["2026-01-01T00:00:00.000000Z"] * 2,
        )
