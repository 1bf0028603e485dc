"""Full-text search: words are joined by AND, ``"…"`` is a phrase, all else is literal."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.ledger.queries.statements import relevance


@pytest.fixture
def found(listing):
    def read(q, **parameters):
        return [item["text"] for item in listing("/v1/statements", q=q, **parameters)]

    return read


def test_every_word_must_stand_in_the_text_in_any_order(record, found):
    record("The harbour stays open")
    record("The harbour is closed")
    assert sorted(found("harbour")) == ["The harbour is closed", "The harbour stays open"]
    assert found("open harbour") == ["The harbour stays open"]
    assert found("harbour shipyard") == []


def test_a_phrase_must_stand_together(record, found):
    record("will not give up")
    record("give way and not up")
    assert found('"not give up"') == ["will not give up"]
    assert len(found("not give up")) == 2
    assert found('will "give up"') == ["will not give up"]


def test_case_accents_and_endings_do_not_matter_and_the_original_is_given(record, found):
    record("Die Häfen von São Tomé schlossen")
    record("They discussed concessions")
    assert found("hafen SAO tome") == ["Die Häfen von São Tomé schlossen"]
    assert found("discussing concession") == ["They discussed concessions"]


@pytest.mark.parametrize(
    "q",
    [
        "NEAR(open harbour)",
        "open AND harbour NOT",
        "harbour*",
        "open OR harbour",
        '"unbalanced harbour',
        "text:harbour",
        "^harbour",
        "har-bour + {open}",
        "harbour'; DROP TABLE statement; --",
    ],
)
def test_the_query_language_of_the_index_is_literal_text(client, record, q):
    record("the harbour is open")
    record(q)
    answer = client.get("/v1/statements", query_string={"q": q})
    assert answer.status_code == 200
    assert q in [item["text"] for item in answer.json["items"]]


def test_an_operator_is_a_word_like_any_other(record, found):
    record("open harbour")
    record("open or harbour")
    assert found("open OR harbour") == ["open or harbour"]
    assert found("har*") == []


@pytest.mark.parametrize(
    ("text", "q"),
    [
        ("שלום עולם", "עולם"),
        ("مرحبا بالعالم", "مرحبا"),
        ("Der Hafen 🚢 bleibt", "🚢 hafen"),
        ("“Das Wort” gilt", "“Das Wort”"),
        ("Росія передала пропозиції", "РОСІЯ"),
        ("0.77 percent", "0.77"),
        ("the U.S. said", "U.S."),
    ],
)
def test_any_script_is_searched_as_it_was_sent(record, found, text, q):
    record(text)
    record("something else")
    assert found(q) == [text]


@pytest.mark.parametrize("q", ["", " ", "!?", '""', "🚢", "-", "'", "\u200b", "\0", "***"])
def test_a_search_without_a_letter_or_digit_is_refused(empty_client, refused, q):
    refused(empty_client.get("/v1/statements", query_string={"q": q}), 422, parameter="q")
    refused(empty_client.get("/v1/speakers", query_string={"q": q}), 422, parameter="q")


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(q=st.text(max_size=30))
def test_no_search_breaks_the_server(client, q):
    for address in ("/v1/statements", "/v1/speakers"):
        answer = client.get(address, query_string={"q": q})
        assert answer.status_code in (200, 422), (q, answer.text)


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(text=st.text(st.characters(categories=["Lu", "Ll", "Nd"], max_codepoint=0x24F), min_size=1))
def test_a_word_is_found_by_itself(client, record, text):
    answer = client.post(
        "/v1/statements",
        json={
            "kind": "claim",
            "text": text,
            "language": "de",
            "speaker": {"name": "Anna Berg", "kind": "person"},
        },
    )
    found = client.get("/v1/statements", query_string={"q": text, "limit": 200}).json["items"]
    assert answer.json["id"] in [item["id"] for item in found]


def test_relevance_puts_the_best_match_first(record, found):
    record(
        "harbour and shipyard and lighthouse and quay and customs and pier", said_on="2026-03-01"
    )
    record("harbour harbour", said_on="2026-01-01")
    record("no such word", said_on="2026-02-01")
    assert found("harbour")[0].startswith("harbour and shipyard")
    assert found("harbour", sort="relevance")[0] == "harbour harbour"
    assert len(found("harbour", sort="relevance")) == 2


@pytest.fixture
def few_ranked(monkeypatch):
    monkeypatch.setattr(relevance, "MOST_RANKED", 5)


def test_of_what_is_found_those_said_last_are_ranked_and_the_answer_says_so(
    client, record, few_ranked
):
    record("harbour harbour harbour", said_on="2026-01-01")
    for day in range(2, 9):
        record(f"harbour {'and quay ' * day}", said_on=f"2026-01-0{day}")
    page = client.get("/v1/statements?q=harbour&sort=relevance").json
    assert [item["id"] for item in page["items"]] == [4, 5, 6, 7, 8, 3, 2, 1]
    assert page["ranked"] == {"of": 5, "capped": True}
    narrow = client.get("/v1/statements?q=harbour&sort=relevance&said_to=2026-01-03").json
    assert [item["id"] for item in narrow["items"]] == [1, 2, 3]
    assert narrow["ranked"] == {"of": 3, "capped": False}
    assert "ranked" not in client.get("/v1/statements?q=harbour").json


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 8])
def test_a_ranking_gives_each_once_while_the_ledger_changes(client, record, few_ranked, limit):
    """How well a text fits depends on all others: what is written between pages moves it."""
    before = [
        record(f"harbour {'quay ' * (n % 4)}{'harbour ' * (n % 3)}{n}", said_on=f"2026-01-{n + 1}")
        for n in range(9, 19)
    ]
    address, found = f"/v1/statements?q=harbour&sort=relevance&limit={limit}", []
    while address:
        page = client.get(address).json
        found += [item["id"] for item in page["items"]]
        address = page["next"]
        record(f"{len(found)} {'lighthouse ' * 40}")
        if len(found) < 5:
            record(f"{'the harbour ' * len(found)}", said_on="2026-02-01")
    assert len(set(found)) == len(found)
    assert {item["id"] for item in before} <= set(found)


@pytest.mark.parametrize("sort", ["-said_on", "said_on", "-created_at"])
def test_what_is_found_comes_in_the_order_of_the_list(record, listing, sort):
    for number in range(3):
        for said_on in ("2026-03-14", "2026-03", "../2026-02-01", "2025-12-30/..", None, "2024"):
            record(f"harbour {number}", said_on=said_on)
    every = [item["id"] for item in listing("/v1/statements", sort=sort)]
    for limit in (1, 4, 200):
        found = listing("/v1/statements", q="harbour", sort=sort, limit=limit)
        assert [item["id"] for item in found] == every


def test_a_revised_text_or_date_is_found_where_it_belongs(client, record, found):
    first = record("harbour one", said_on="2026-01-01")
    record("harbour two", said_on="2026-01-02")
    client.patch(f"/v1/statements/{first['id']}", json={"said_on": "2026-01-03"})
    assert found("harbour") == ["harbour one", "harbour two"]
    client.patch(f"/v1/statements/{first['id']}", json={"text": "quay one"})
    assert (found("harbour"), found("quay")) == (["harbour two"], ["quay one"])


def test_a_search_is_joined_with_the_filters(record, found):
    record("harbour one", speaker="Anna Berg")
    record("harbour two", speaker="Bo Falk")
    assert found("harbour", speaker="Bo Falk") == ["harbour two"]
    assert found("harbour", speaker="Bo Falk", sort="relevance") == ["harbour two"]


def test_a_retracted_text_is_found_only_when_it_is_asked_for(client, record, found):
    gone = record("harbour one")
    client.delete(f"/v1/statements/{gone['id']}")
    assert found("harbour") == found("harbour", sort="relevance") == []
    assert found("harbour", status="retracted") == ["harbour one"]
