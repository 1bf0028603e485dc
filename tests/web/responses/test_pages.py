"""Lists: pages by an opaque cursor, each item once, with the next address in body and ``Link``."""

from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

DATES = ["2026-03-14", "2026-03", "../2026-03-14", "2026-03-14/..", None, "2026-03-14~", "2025"]


@pytest.fixture
def many(record):
    """Twenty-one statements with many ties in every order; a word that all of them have."""
    return [
        record(f"Hafen {'Hafen ' * (number % 3)}{number}", said_on=DATES[number % len(DATES)])["id"]
        for number in range(21)
    ]


def pages(client, address):
    while address:
        answer = client.get(address)
        assert answer.status_code == 200, answer.text
        yield answer
        address = answer.json["next"]


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(
    limit=st.integers(1, 25),
    sort=st.sampled_from(["-said_on", "said_on", "-created_at", "relevance"]),
)
def test_paging_through_any_limit_gives_every_item_once_in_order(client, many, limit, sort):
    query = urlencode({"q": "hafen", "sort": sort})
    whole = [item["id"] for item in client.get(f"/v1/statements?{query}").json["items"]]
    assert sorted(whole) == many
    found = list(pages(client, f"/v1/statements?{query}&limit={limit}"))
    assert [item["id"] for page in found for item in page.json["items"]] == whole
    assert {len(page.json["items"]) for page in found[:-1]} <= {limit}
    assert len(found) == -(-len(whole) // limit)


@pytest.mark.parametrize("sort", ["-score", "-created_at"])
def test_contradictions_of_equal_score_are_paged_through(record, oppose, ids, sort):
    first = record()["id"]
    for _ in range(5):
        oppose(first, record(speaker="Bo Falk")["id"])
    for limit in (1, 2, 4, 5):
        assert ids("/v1/contradictions", sort=sort, limit=limit) == [5, 4, 3, 2, 1]


@pytest.mark.parametrize("limit", [1, 2, 3, 7])
def test_speakers_sources_and_references_are_paged_through(record, add, listing, limit):
    names = ["Ähre", "alpha", "Beta", "beta", "Gamma", "Омега"]
    for name in names:
        add("/v1/speakers", name=name, kind="person", distinct=True)
        add("/v1/sources", title=name)
    found = [item["name"] for item in listing("/v1/speakers", limit=limit)]
    assert found == ["alpha", "Beta", "beta", "Gamma", "Ähre", "Омега"]
    assert [item["title"] for item in listing("/v1/sources", limit=limit)] == names
    first, *others = (record()["id"] for _ in range(4))
    for other in others:
        add("/v1/references", kind="quotes", from_statement=first, to_statement=other)
    found = listing("/v1/references", limit=limit)
    assert [item["to_statement"] for item in found] == others


def test_the_next_address_is_in_the_body_and_in_link(client, many):
    first = client.get("/v1/statements?limit=20&kind=claim&kind=quote")
    assert first.headers["Link"] == f'<{first.json["next"]}>; rel="next"'
    kept = parse_qs(urlsplit(first.json["next"]).query)
    assert (kept["limit"], kept["kind"]) == (["20"], ["claim", "quote"])
    last = client.get(first.json["next"])
    assert (len(last.json["items"]), last.json["next"]) == (1, None)
    assert "Link" not in last.headers


def test_without_a_limit_a_page_has_fifty_and_two_hundred_are_the_most(record, client):
    for _ in range(51):
        record()
    assert len(client.get("/v1/statements").json["items"]) == 50
    assert len(client.get("/v1/statements?limit=200").json["items"]) == 51


def test_an_exactly_full_page_is_the_last(client, record):
    record(), record()
    answer = client.get("/v1/statements?limit=2").json
    assert (len(answer["items"]), answer["next"]) == (2, None)


def test_an_empty_list_is_an_empty_page(client):
    answer = client.get("/v1/statements")
    assert answer.json == {"items": [], "next": None}
    assert "Link" not in answer.headers


def test_what_is_recorded_between_two_pages_drops_and_doubles_nothing(client, record):
    made = [record(said_on=f"2026-03-{day:02}")["id"] for day in range(1, 7)]
    first = client.get("/v1/statements?limit=3").json
    record(said_on="2026-12-31")
    client.delete(f"/v1/statements/{first['items'][0]['id']}")
    rest = client.get(first["next"]).json
    found = [item["id"] for item in first["items"] + rest["items"]]
    assert found == made[::-1]


@pytest.fixture
def cursor(client, many):
    address = client.get("/v1/statements?limit=5&kind=claim").json["next"]
    return parse_qs(urlsplit(address).query)["cursor"][0]


def test_a_cursor_may_be_followed_with_another_limit(client, cursor):
    query = urlencode({"kind": "claim", "limit": 2, "cursor": cursor})
    assert len(client.get(f"/v1/statements?{query}").json["items"]) == 2


def test_an_altered_cursor_is_refused(client, cursor, refused):
    middle = len(cursor) // 2
    other = "A" if cursor[middle] != "A" else "B"
    for altered in (
        cursor[:middle] + other + cursor[middle + 1 :],
        cursor[1:],
        cursor[:-1],
        cursor + "A",
        cursor.split(".")[0],
        "e30.e30",
        "\u0661",
        "\0",
        "x" * 5000,
    ):
        query = {"kind": "claim", "limit": 5, "cursor": altered}
        refused(client.get("/v1/statements", query_string=query), 422, parameter="cursor")


@pytest.mark.parametrize(
    ("address", "query"),
    [
        ("/v1/statements", {}),
        ("/v1/statements", {"kind": "quote"}),
        ("/v1/statements", {"kind": "claim", "sort": "said_on"}),
        ("/v1/statements", {"kind": "claim", "q": "hafen"}),
        ("/v1/speakers", {}),
        ("/v1/contradictions", {}),
        ("/v1/statements/1/history", {}),
    ],
)
def test_a_cursor_of_another_query_or_list_is_refused(client, cursor, refused, address, query):
    answer = client.get(address, query_string={**query, "cursor": cursor})
    refused(answer, 422, parameter="cursor")


def test_a_cursor_of_one_statements_history_is_not_anothers(client, record, refused):
    for statement in (record(), record()):
        client.patch(f"/v1/statements/{statement['id']}", json={"cue": "sagte"})
    following = client.get("/v1/statements/1/history?limit=1").json["next"]
    assert client.get(following).status_code == 200
    other = following.replace("/statements/1/", "/statements/2/")
    refused(client.get(other), 422, parameter="cursor")


def test_a_cursor_of_another_ledger_is_refused(client, cursor, open_ledger, refused):
    other = open_ledger("other").test_client()
    answer = other.get("/v1/statements", query_string={"kind": "claim", "cursor": cursor})
    refused(answer, 422, parameter="cursor")


def test_a_cursor_outlives_a_restart(open_ledger):
    before = open_ledger().test_client()
    for name in ("Anna Berg", "Bo Falk"):
        before.post("/v1/speakers", json={"name": name, "kind": "person"})
    following = before.get("/v1/speakers?limit=1").json["next"]
    after = open_ledger().test_client()
    assert [each["name"] for each in after.get(following).json["items"]] == ["Bo Falk"]
