"""Who asks the same is answered the same, by whichever way and however often, from the ledger."""

import pytest

# Nobody's word on a proxy is taken here.
PROXY = {"Via": "1.1 proxy"}
LISTS = (
    "/v1/statements",
    "/v1/statements?limit=2",
    "/v1/statements?sort=said_on&limit=3",
    "/v1/statements?sort=-created_at&limit=1",
    "/v1/statements?sort=relevance",
    "/v1/statements?kind=quote",
    "/v1/statements?speaker=Anna+Berg",
    "/v1/statements?limit=0",
    "/v1/statements?unknown=1",
    "/v1/statements?cursor=none",
    "/v1/statements/1",
    "/v1/statements/2",
    "/v1/statements/3?as_of=2020-01-01T00:00:00Z",
    "/v1/statements/99",
    "/v1/statements/9223372036854775808",
    "/v1/statements/counts?by=kind",
)


@pytest.fixture
def varied(record):
    """Statements that JSON could go wrong with."""
    record(
        'Er sagte "nein\\ja" / \u2028 \U0001f600 ü <b>',
        said_on="2026-03-01/2026-03-04",
        confidence=0.1234567890123456,
        context="Zeile\nund\tZeile",
        topics=["hafen", "brücke"],
        source={"title": "Ein „Titel“", "published_on": "2026-03"},
    )
    record(kind="quote", said_on="../2020", confidence=1e-7, position={"start": 0, "end": 5})
    record(
        confidence=1,
        said_on=None,
        external_id="a-1",
        source={"url": "https://gazette.example/1", "publisher": 'The "Gazette"'},
    )
    for day in range(1, 4):
        record(said_on=f"2026-04-0{day}")


def _told(answer):
    own = ("X-Request-Id", "traceresponse")
    return (
        answer.status_code,
        answer.data,
        sorted(each for each in answer.headers.items() if each[0] not in own),
    )


@pytest.mark.parametrize("address", LISTS)
def test_what_is_asked_again_is_answered_alike(client, varied, address):
    while address is not None:
        forwarded = client.get(address, headers=PROXY)
        assert _told(client.get(address)) == _told(client.get(address))
        if forwarded.status_code == 200:
            assert _told(client.get(address)) == _told(forwarded)
        tag = forwarded.headers.get("ETag", '"0.0"')
        for sent in (tag, f"W/{tag}", '"0.0"', f'"0.0", {tag}', "*", "none", ""):
            asked = {"If-None-Match": sent}
            again = client.get(address, headers=asked)
            assert again.status_code == client.get(address, headers=asked | PROXY).status_code
            if again.status_code in (200, 304):
                assert _told(again) == _told(client.get(address, headers=asked | PROXY))
        address = forwarded.json.get("next")


def test_it_is_read_again_and_not_kept(client, record):
    made = record()["id"]
    for address in ("/v1/statements", f"/v1/statements/{made}"):
        first, second = client.get(address), client.get(address)
        assert second.data == first.data
    client.patch(f"/v1/statements/{made}", json={"context": "Mehr."})
    assert client.get(f"/v1/statements/{made}").json["context"] == "Mehr."
    assert client.get("/v1/statements").json["items"][0]["context"] == "Mehr."
    client.delete(f"/v1/statements/{made}")
    assert client.get("/v1/statements").json["items"] == []
    assert client.get(f"/v1/statements/{made}").json["status"] == "retracted"


def test_media_types_and_methods_are_told_apart(client, record):
    record()
    for _ in range(2):
        assert client.get("/v1/statements").mimetype == "application/json"
        lines = client.get("/v1/statements", headers={"Accept": "application/x-ndjson"})
        assert lines.mimetype == "application/x-ndjson"
        assert client.get("/v1/statements", headers={"Accept": "image/png"}).status_code == 406
        assert client.head("/v1/statements").data == b""
        assert client.get("/v1/statements/1", headers={"Accept": "*/*"}).json["id"] == 1


def test_a_wrong_key_is_refused_however_often_it_was_read_without(client, record):
    record()
    client.get("/v1/statements"), client.get("/v1/statements")
    answer = client.get("/v1/statements", headers={"Authorization": "Bearer cc_wrong"})
    assert answer.status_code == 401


def test_where_reading_needs_a_key_it_always_does(open_ledger):
    client = open_ledger(reads_need_key="yes").test_client()
    assert [client.get("/v1/statements").status_code for _ in range(3)] == [401] * 3


def test_a_cursor_of_another_list_is_refused_however_often_that_list_was_read(client, record):
    for _ in range(4):
        record()
    lists = [f"/v1/statements?limit=1&sort={sort}" for sort in ("said_on", "-said_on")]
    one, other = (client.get(client.get(each).json["next"]).json["next"] for each in lists)
    cursor = one.partition("cursor=")[2]
    altered = f"{other.partition('cursor=')[0]}cursor={cursor}"
    for address in (altered, other[:-1], f"{other}&cursor={cursor}", f"{other}~"):
        answers = [client.get(address, headers=headers) for headers in ({}, PROXY)]
        assert [answer.status_code for answer in answers] == [422, 422], address
        assert answers[0].json["errors"] == answers[1].json["errors"]


@pytest.mark.parametrize("narrowing", ["speaker=Anna+Berg", "topic=hafen", "q=hafen", "kind=claim"])
def test_the_same_filter_goes_in_each_order_with_each_value(client, record, narrowing):
    """What is kept of a query is its SQL: neither its order nor its values go over to another."""
    days = ("2026-04-02", "2026-04-01", "2026-04-03")
    for day in days:
        record("Der Hafen wird geschlossen", speaker="Anna Berg", said_on=day, topics=["hafen"])
        record("Die Brücke bleibt", kind="quote", speaker="Bo", said_on=day, topics=["brücke"])
    in_order = {
        "-said_on": sorted(days, reverse=True),
        "said_on": sorted(days),
        "-created_at": [*reversed(days)],
    }
    for sort, said in [*in_order.items()] * 2:
        address, found = f"/v1/statements?{narrowing}&sort={sort}&limit=2", []
        while address is not None:
            page = client.get(address).json
            found += [(each["said_on"], each["speaker"]["name"]) for each in page["items"]]
            address = page["next"]
        assert found == [(day, "Anna Berg") for day in said], sort
    others = {"Anna+Berg": "Bo", "hafen": "br%C3%BCcke", "claim": "quote"}
    name, _, value = narrowing.partition("=")
    other = others[value] if name != "q" else "bleibt"
    items = client.get(f"/v1/statements?{name}={other}").json["items"]
    assert {each["speaker"]["name"] for each in items} == {"Bo"}


def test_the_database_writes_what_python_does(client, varied, oppose):
    """Of the past, statements and contradictions are told in Python: with the same members."""
    opposed = oppose()
    moment = opposed["updated_at"]
    ids = [each["id"] for each in client.get("/v1/statements").json["items"]]
    addresses = [f"/v1/statements/{each}" for each in ids]
    for address in (*addresses, f"/v1/contradictions/{opposed['id']}"):
        now, then = client.get(address), client.get(f"{address}?as_of={moment}")
        assert now.status_code == then.status_code == 200
        assert now.json == then.json
        assert list(now.json) == list(then.json)
    confidences = {client.get(each).json["confidence"] for each in addresses}
    assert confidences == {None, 0.1234567890123456, 1e-7, 1.0}
