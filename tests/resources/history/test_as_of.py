"""The ledger as it was: single things and the list of statements at a moment of the past."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from api.ledger.models import Change

REASON = {"reason": "Asked for by a witness."}


def now():
    return datetime.now(UTC).isoformat().replace("+00:00", "Z")


@pytest.fixture
def then(client):
    """Reads an address as it was at a moment."""

    def read(address, as_of, expected=200, **parameters):
        answer = client.get(address, query_string={"as_of": as_of, **parameters})
        assert answer.status_code == expected, answer.text
        return answer.json

    return read


@pytest.fixture
def moments(client, record):
    """A statement revised twice and retracted: what it read as, after each, by the moment."""
    seen = {}
    address = f"/v1/statements/{record('Der Hafen bleibt', source={'title': 'Bote'})['id']}"
    for change in (
        lambda: None,
        lambda: client.patch(address, json={"text": "Der Hafen geht", "said_on": "2026-03"}),
        lambda: client.patch(address, json={"speaker": {"name": "Bo Falk", "kind": "person"}}),
        lambda: client.delete(address),
    ):
        change()
        seen[now()] = client.get(address).json
    return address, seen


def test_a_statement_revised_twice_and_retracted_is_seen_as_it_was(moments, then):
    address, seen = moments
    assert [each["version"] for each in seen.values()] == [1, 2, 3, 4]
    for moment, shown in seen.items():
        assert then(address, moment) == shown
        # The very moment of a change is one at which it had been made.
        assert then(address, shown["updated_at"]) == shown


def test_the_list_has_it_while_it_was_active(moments, then):
    _, seen = moments
    *active, retracted = seen.items()
    for moment, shown in active:
        assert then("/v1/statements", moment)["items"] == [shown]
        assert then("/v1/statements", moment, status="retracted")["items"] == []
    moment, shown = retracted
    assert then("/v1/statements", moment)["items"] == []
    assert then("/v1/statements", moment, status="retracted")["items"] == [shown]


def test_a_speaker_has_what_was_attributed_to_it_then(moments, then):
    _, seen = moments
    (_, second), (third_moment, third) = list(seen.items())[1:3]
    was, became = second["speaker"]["id"], third["speaker"]["id"]
    listed = {
        (moment, speaker): [
            each["id"] for each in then("/v1/statements", moment, speaker=speaker)["items"]
        ]
        for moment in (second["updated_at"], third_moment)
        for speaker in (was, became)
    }
    assert list(listed.values()) == [[1], [], [], [1]]


def test_before_the_first_change_there_is_nothing(then, record, refused, client):
    record()
    moment = "1999-12-31T23:59:59Z"
    assert then("/v1/statements", moment) == {"items": [], "next": None}
    refused(client.get(f"/v1/statements/1?as_of={moment}"), 404)
    refused(client.get(f"/v1/speakers/1?as_of={moment}"), 404)


@pytest.mark.parametrize("path", ["statements", "statements/1", "speakers/1", "contradictions/1"])
@pytest.mark.parametrize(
    "moment",
    [
        "2999-01-01T00:00:00Z",
        "2026-03-14",
        "2026-03-14T09:30:00",
        "2026-03-14 09:30:00Z",
        "2026-02-30T09:30:00Z",
        "0001-01-01T00:00:00%2B14:00",
        "yesterday",
        "",
    ],
)
def test_what_is_no_moment_of_the_past_is_refused_by_name(empty_client, refused, path, moment):
    answer = empty_client.get(f"/v1/{path}?as_of={moment}")
    assert refused(answer, 422, parameter="as_of")["errors"][0]["detail"]


def test_moments_may_have_any_offset_and_any_fraction(then, record):
    made = datetime.fromisoformat(record()["created_at"])
    for written in (
        made.astimezone().isoformat(),
        (made + timedelta(hours=-7)).isoformat().replace("+00:00", "-07:00"),
        (made + timedelta(seconds=1)).isoformat(timespec="seconds").replace("+00:00", "z"),
    ):
        if datetime.fromisoformat(written.upper()) <= datetime.now(UTC):
            assert then("/v1/statements/1", written)["id"] == 1


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("q", "hafen"),
        ("kind", "claim"),
        ("topic", "hafen"),
        ("said_from", "2026-01-01"),
        ("contradicted", "true"),
        ("speaker", "Anna Berg"),
        ("speaker", "0"),
        ("sort", "said_on"),
    ],
)
def test_a_filter_that_the_past_has_not_is_refused_by_name(empty_client, refused, parameter, value):
    asked = {"as_of": "2026-01-01T00:00:00Z", parameter: value}
    refused(empty_client.get("/v1/statements", query_string=asked), 422, parameter=parameter)


def test_the_order_may_be_named(then, record):
    record()
    assert then("/v1/statements", now(), sort="-created_at")["items"]


def test_the_past_is_paged_and_listed_whole(client, record, ids):
    recorded = [record()["id"] for _ in range(7)]
    client.delete("/v1/statements/4")
    moment = now()
    record()
    client.delete("/v1/statements/6")
    expected = [i for i in reversed(recorded) if i != 4]
    assert ids("/v1/statements", as_of=moment, limit=2) == expected
    whole = client.get(
        "/v1/statements",
        query_string={"as_of": moment, "all": "true"},
        headers={"Accept": "text/csv"},
    )
    assert len(whole.text.splitlines()) == 1 + len(expected)
    both = {"as_of": moment, "status": ["active", "retracted"], "limit": 3}
    assert ids("/v1/statements", **both) == recorded[::-1]
    assert ids("/v1/statements", as_of=moment, status="retracted", limit=1) == [4]


def test_a_copy_of_the_past_is_fresh_until_the_ledger_changes(client, record):
    record()
    path = f"/v1/statements/1?as_of={now()}"
    tag = client.get(path).headers["ETag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    client.patch("/v1/statements/1", json={"cue": "sagte"})
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    stale = client.patch("/v1/statements/1", json={"cue": "so"}, headers={"If-Match": tag})
    assert stale.status_code == 412
    client.post("/v1/statements/1/redaction", json=REASON)
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 200


def test_redacted_words_are_gone_from_the_past_as_well(client, record, oppose, then):
    said = record("Die Quokkas nagen", cue="sagte sie", source={"title": "Bote"})["id"]
    pair = oppose(said)["id"]
    before = now()
    assert then(f"/v1/statements/{said}", before)["contradiction_count"] == 1
    client.patch(f"/v1/statements/{said}", json={"text": "Die Quokkas nagten"})
    client.post(f"/v1/statements/{said}/redaction", json=REASON)
    shown = then(f"/v1/statements/{said}", before)
    assert (shown["text"], shown["cue"], shown["status"]) == ("[redacted]", None, "retracted")
    assert (shown["version"], shown["appearances"]) == (1, 1)
    assert shown["speaker"]["name"] == "Anna Berg"
    assert then(f"/v1/contradictions/{pair}", before)["status"] == "withdrawn"
    assert said not in [each["id"] for each in then("/v1/statements", before)["items"]]
    listed = then("/v1/statements", before, status="retracted")["items"]
    assert listed == [shown]
    assert "quokkas" not in str([shown, listed]).lower()


def test_everything_that_has_a_history_is_read_as_it_was(
    client, record, oppose, take, add, then, moments
):
    first, other = record("Eins")["id"], record(speaker="Cora Lund")["id"]
    pair = oppose(first, other)["id"]
    reference = add("/v1/references", kind="quotes", from_statement=first, to_statement=other)["id"]
    author = {"name": "Checks"}
    url = "https://checks.example/1"
    review = add("/v1/reviews", statement=first, url=url, author=author, rating={"label": "Falsch"})
    proposition = add("/v1/propositions", text="Der Hafen bleibt")["id"]
    take(first, proposition, "affirms")
    source = add("/v1/sources", title="Kurier")["id"]
    addresses = [
        f"/v1/statements/{first}",
        f"/v1/statements/{other}",
        f"/v1/contradictions/{pair}",
        f"/v1/references/{reference}",
        f"/v1/reviews/{review['id']}",
        f"/v1/propositions/{proposition}",
        f"/v1/statements/{first}/stances/{proposition}",
        f"/v1/sources/{source}",
        "/v1/speakers/1",
    ]
    was = {address: client.get(address).json for address in addresses}
    assert was[f"/v1/propositions/{proposition}"]["stances"]["affirms"] == 1
    moment = now()
    decision = {"status": "dismissed", "reason": "misread"}
    client.patch(f"/v1/contradictions/{pair}", json=decision)
    client.delete(f"/v1/references/{reference}")
    client.delete(f"/v1/reviews/{review['id']}")
    client.delete(f"/v1/statements/{first}/stances/{proposition}")
    client.delete(f"/v1/propositions/{proposition}")
    client.delete(f"/v1/sources/{source}")
    client.patch("/v1/speakers/1", json={"name": "Anna Berg-Moe"})
    client.delete(f"/v1/statements/{first}")
    for address, shown in was.items():
        assert client.get(address).json != shown, address
        assert then(address, moment) == shown, address
        assert then(address, "1999-01-01T00:00:00Z", 404)["detail"]


def test_a_merged_speaker_is_itself_until_it_was_merged(client, record, add, then):
    record()
    duplicate = add("/v1/speakers", name="A. Berg", kind="person")["id"]
    said = record(speaker="A. Berg")["id"]
    was, apart = client.get(f"/v1/speakers/{duplicate}").json, now()
    client.post(f"/v1/speakers/{duplicate}/merge", json={"into": 1})
    merged = now()
    assert then(f"/v1/speakers/{duplicate}", apart) == was
    assert then(f"/v1/statements/{said}", apart)["speaker"]["id"] == duplicate
    answer = client.get(f"/v1/speakers/{duplicate}?as_of={merged}")
    assert answer.status_code == 308
    assert answer.headers["Location"] == f"/v1/speakers/1?as_of={merged}"


def test_a_transaction_has_one_moment_and_no_other_has_it(client, record, oppose):
    oppose(record("Eins", source={"title": "Bote"})["id"])
    client.delete("/v1/statements/1")
    made = list(Change.select().order_by(Change.id))
    of_first = {change.at for change in made[:4]}
    assert len(of_first) == 1
    assert [each.subject for each in made[:3]] == ["speaker", "source", "statement"]
    retracted, withdrawn = made[-2:]
    assert (retracted.action, withdrawn.action) == ("retracted", "withdrawn")
    assert retracted.at == withdrawn.at
    calls = [change.at for change in made if change.version == 1 and change.subject == "statement"]
    assert len(set(calls)) == 2


def test_what_the_list_answered_under_random_writes_is_what_it_was(client, record, listing, oppose):
    dice = random.Random(7)
    seen = {}

    def some(path="statements", status="active"):
        items = client.get(f"/v1/{path}", query_string={"limit": 200, "status": status}).json[
            "items"
        ]
        return dice.choice(items)["id"] if items else 1

    def merge():
        speakers = client.get("/v1/speakers").json["items"]
        one, other = dice.sample([each["id"] for each in speakers], 2)
        client.post(f"/v1/speakers/{one}/merge", json={"into": other})

    writes = [
        *[lambda: record(speaker=f"Rednerin {dice.randrange(9)}", source=source())] * 5,
        lambda: client.patch(f"/v1/statements/{some()}", json={"said_on": "2026-03", "cue": "so"}),
        lambda: client.patch(
            f"/v1/statements/{some()}", json={"speaker": {"id": dice.randrange(1, 4)}}
        ),
        lambda: client.patch(f"/v1/statements/{some()}", json={"source": source()}),
        lambda: client.delete(f"/v1/statements/{some()}"),
        lambda: client.post(
            f"/v1/statements/{some()}/appearances", json={"source": {"title": f"{dice.random()}"}}
        ),
        lambda: client.post(
            "/v1/contradictions",
            json={"statements": [some(), some()], "nature": "factual"},
        ),
        lambda: client.patch(
            f"/v1/contradictions/{some('contradictions', 'flagged')}",
            json={"status": "dismissed", "reason": "other"},
        ),
        lambda: client.patch("/v1/sources/1", json={"publisher": f"Verlag {dice.random()}"}),
        merge,
    ]

    def source():
        return dice.choice((None, {"title": f"Bote {dice.randrange(4)}"}))

    everything = {"sort": "-created_at", "status": ["active", "retracted"], "limit": 7}
    for speaker in range(4):
        record(speaker=f"Rednerin {speaker}", source={"title": "Bote 0"})
    oppose(1, 2)
    for turn in range(90):
        dice.choice(writes)()
        if turn % 6 == 0:
            by_one = listing("/v1/statements", speaker=2, sort="-created_at")
            # Of one who was merged, the list of today has the other's statements.
            is_there = client.get("/v1/speakers/2").status_code == 200
            seen[now()] = (listing("/v1/statements", **everything), by_one if is_there else [])
    assert len({str(each) for each in seen.values()}) > 10
    for moment, (shown, by_one) in seen.items():
        assert listing("/v1/statements", as_of=moment, **everything) == shown
        active = [each for each in shown if each["status"] == "active"]
        assert listing("/v1/statements", as_of=moment, limit=5) == active
        assert listing("/v1/statements", as_of=moment, speaker=2, limit=3) == by_one
