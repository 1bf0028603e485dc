"""Lists whose filters pass over much: pages look at a bounded number of rows, and go on."""

import pytest

from api.ledger.history import changes
from api.ledger.queries import reviews
from api.ledger.queries.statements import statement_filters, statement_pages
from api.ledger.storage import keyset_pages

STATEMENTS = "/v1/statements"


@pytest.fixture(autouse=True)
def _short_ways(monkeypatch):
    for module in (statement_filters, reviews):
        monkeypatch.setattr(module, "MOST", 0)
    monkeypatch.setattr(keyset_pages, "LOOKED_AT", 3)
    monkeypatch.setattr(statement_pages, "_MOST_FOUND", 3)
    monkeypatch.setattr(changes, "_LOOKED_AT", 3)
    monkeypatch.setattr(statement_pages, "_AHEAD", 1)
    monkeypatch.setattr(statement_pages, "_FURTHER", 1)


@pytest.fixture
def said(record):
    """Twelve statements of three speakers on four topics, each of the days in two kinds of span."""
    return [
        record(
            f"Der Hafen {number}",
            speaker=f"Sprecher {number % 3}",
            topics=[f"topic-{number % 4}"],
            kind="quote" if number == 3 else "claim",
            said_on=f"2026-01-{number + 1:02}" if number % 2 else f"2026-{number // 2 + 1:02}",
        )["id"]
        for number in range(12)
    ]


@pytest.mark.parametrize("sort", ["-said_on", "said_on", "-created_at", "relevance"])
@pytest.mark.parametrize(
    ("filters", "left"),
    [
        ({"speaker": "Sprecher 0", "topic": "topic-3"}, {3}),
        ({"kind": "quote"}, {3}),
        ({"topic": "topic-1", "contradicted": "false"}, {1, 5, 9}),
        ({"topic": ["topic-1", "topic-2"], "speaker": ["Sprecher 1", "Sprecher 2"]}, {1, 2, 5, 10}),
        ({"kind": "quote", "said_from": "2026-01-02", "said_to": "2026-01-31"}, {3}),
        ({"said_to": "2026-01-10", "topic": "topic-0"}, {0}),
        ({"said_from": "2026-03-01", "said_match": "within", "topic": "topic-0"}, {4, 8}),
    ],
)
def test_what_is_far_between_is_listed_whole(ids, said, sort, filters, left):
    for q in ({"q": "hafen"},) if sort == "relevance" else ({}, {"q": "hafen"}):
        found = ids(STATEMENTS, sort=sort, limit=2, **filters, **q)
        assert sorted(found) == sorted(said[number] for number in left), q
        assert len(set(found)) == len(found)


def test_what_is_found_and_reaches_beyond_a_day_comes_before_what_ends_by_it(
    ids, said, monkeypatch
):
    monkeypatch.setattr(statement_filters, "MOST", 2)
    found = ids(STATEMENTS, q="hafen", said_to="2026-01-10", limit=2)
    assert found == [said[number] for number in (0, 9, 7, 5, 3, 1)]


@pytest.mark.sqlite
def test_a_page_ends_where_it_has_looked_at_enough(client, said):
    answer = client.get(STATEMENTS, query_string={"kind": "quote", "sort": "-created_at"}).json
    assert (answer["items"], answer["next"] is None) == ([], False)


def test_the_order_is_that_of_one_page(ids, said, monkeypatch):
    filters = {"topic": ["topic-1", "topic-2"], "speaker": ["Sprecher 1", "Sprecher 2"]}
    in_parts = [ids(STATEMENTS, sort=sort, **filters) for sort in statement_pages.ORDERS]
    monkeypatch.setattr(keyset_pages, "LOOKED_AT", 100)
    monkeypatch.setattr(statement_pages, "_MOST_FOUND", 100)
    assert in_parts == [ids(STATEMENTS, sort=sort, **filters) for sort in statement_pages.ORDERS]


def test_references_of_a_kind_are_listed_whole(add, ids, said):
    for number, kind in enumerate(["supports"] * 5 + ["corrects"] + ["supports"] * 3):
        sides = {"from_statement": said[number], "to_statement": said[number + 1]}
        add("/v1/references", kind=kind, **sides)
    assert ids("/v1/references", kind="corrects") == [6]


@pytest.mark.parametrize("sort", ["-created_at", "-published_on"])
@pytest.mark.parametrize("name", ["label", "author", "speaker"])
def test_reviews_under_a_filter_are_listed_whole(add, ids, said, name, sort):
    for number in range(8):
        label = "Rare" if number in (0, 6) else "False"
        add(
            "/v1/reviews",
            statement=said[0 if number in (0, 6) else 1],
            url=f"https://desk.example/{number}",
            author={"name": label, "kind": "organization"},
            rating={"label": label},
            published_on=f"2026-02-{number + 1:02}",
        )
    wanted = "Sprecher 0" if name == "speaker" else "Rare"
    assert ids("/v1/reviews", sort=sort, **{name: wanted}) == [7, 1]


def test_changes_of_a_kind_are_followed_to_the_end(client, said):
    found, answer = [], client.get("/v1/changes?subject=speaker").json
    assert answer["next"] is not None
    while answer["next"] is not None:
        found += answer["items"]
        answer = client.get(answer["next"]).json
    found += answer["items"]
    assert [each["record"]["name"] for each in found] == [f"Sprecher {n}" for n in range(3)]
    assert client.get(f"/v1/changes?subject=speaker&since={answer['since']}").json["items"] == []
