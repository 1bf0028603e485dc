"""``POST /v1/contradictions/check``: pairs of texts held against each other, nothing stored."""

import pytest

OPEN, NOT_OPEN = {"text": "The harbour is open"}, {"text": "The harbour is not open"}


@pytest.fixture
def check(client):
    def hold(*pairs, **options):
        body = {"pairs": [{"a": a, "b": b} for a, b in pairs], **options}
        answer = client.post("/v1/contradictions/check", json=body)
        assert answer.status_code == 200, answer.text
        return answer.json["results"]

    return hold


def test_each_pair_gets_its_verdict_in_order_and_nothing_is_stored(client, check):
    unrelated = {"text": "Rents rose in spring"}
    opposed, harmless = check((OPEN, NOT_OPEN), (OPEN, unrelated))
    assert (opposed["verdict"], opposed["basis"]) == ("flagged", ["negation"])
    assert (opposed["nature"], opposed["not_comparable"]) == ("factual", None)
    assert opposed["explanation"]
    assert (harmless["verdict"], harmless["basis"], harmless["evidence"]) == ("none", [], [])
    for address in ("/v1/statements", "/v1/speakers", "/v1/contradictions"):
        assert client.get(address).json["items"] == []


def test_evidence_stands_in_both_texts_where_it_says(check):
    a, b = {"text": "🚢 The harbour is open"}, NOT_OPEN
    (verdict,) = check((a, b))
    assert {each["side"] for each in verdict["evidence"]} == {"a", "b"}
    for each in verdict["evidence"]:
        text = (a if each["side"] == "a" else b)["text"]
        assert text[each["start"] : each["end"]] == each["text"] != ""


def test_a_missing_date_is_open_and_two_apart_are_not_comparable(check):
    day = {"said_on": "2026-03-14"}
    apart = {"said_on": "2020-01-01"}
    same, one_missing, none, far = check(
        (OPEN | day, NOT_OPEN | day),
        (OPEN | day, NOT_OPEN),
        (OPEN, NOT_OPEN),
        (OPEN | day, NOT_OPEN | apart),
    )
    assert same["verdict"] == one_missing["verdict"] == none["verdict"] == "flagged"
    assert (far["verdict"], far["not_comparable"]) == ("none", "time")


def test_only_english_is_compared(check):
    german = {"language": "de"}
    first, second, explicit = check(
        (OPEN | german, NOT_OPEN), (OPEN, NOT_OPEN | german), (OPEN | {"language": "en"}, NOT_OPEN)
    )
    assert first["not_comparable"] == second["not_comparable"] == "language"
    assert (first["verdict"], first["score"]) == ("none", 0)
    assert explicit["verdict"] == "flagged"


def test_five_hundred_pairs_are_taken_and_one_more_is_refused(client, refused):
    pair = {"a": OPEN | {"language": "de"}, "b": NOT_OPEN}
    answer = client.post("/v1/contradictions/check", json={"pairs": [pair] * 500})
    assert len(answer.json["results"]) == 500
    answer = client.post("/v1/contradictions/check", json={"pairs": [pair] * 501})
    refused(answer, 422, pointer="/pairs")


def test_texts_that_are_too_long_together_are_413(client, refused, open_ledger):
    side = {"text": "x" * 20_000, "language": "de"}
    body = {"pairs": [{"a": side, "b": side}] * 12 + [{"a": side, "b": {"text": "y" * 20_000}}]}
    problem = refused(client.post("/v1/contradictions/check", json=body), 413)
    assert "500000" in problem["detail"].replace(",", "")
    small = open_ledger("small.db", max_check_characters=10).test_client()
    body = {"pairs": [{"a": {"text": "12345", "language": "de"}, "b": {"text": "6789"}}]}
    assert small.post("/v1/contradictions/check", json=body).status_code == 200
    body["pairs"][0]["b"]["text"] = "678901"
    refused(small.post("/v1/contradictions/check", json=body), 413)


def test_a_speaker_is_known_by_an_alias_of_the_ledgers(add, check):
    add("/v1/speakers", name="Anna Berg", kind="person", aliases=["Frau B."])
    a, b = OPEN | {"speaker": "Anna Berg"}, NOT_OPEN | {"speaker": "Frau B."}
    assert check((a, b))[0]["verdict"] == "flagged"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/pairs"),
        ({"pairs": []}, "/pairs"),
        ({"pairs": {}}, "/pairs"),
        ({"pairs": [{"a": OPEN}]}, "/pairs/0/b"),
        ({"pairs": [{"a": OPEN, "b": NOT_OPEN}, {"a": {}, "b": OPEN}]}, "/pairs/1/a/text"),
        ({"pairs": [{"a": {"text": ""}, "b": OPEN}]}, "/pairs/0/a/text"),
        ({"pairs": [{"a": {"text": "x" * 20_001}, "b": OPEN}]}, "/pairs/0/a/text"),
        ({"pairs": [{"a": OPEN | {"said_on": "soon"}, "b": OPEN}]}, "/pairs/0/a/said_on"),
        ({"pairs": [{"a": OPEN | {"language": "?"}, "b": OPEN}]}, "/pairs/0/a/language"),
        ({"pairs": [{"a": OPEN | {"mood": "bad"}, "b": OPEN}]}, "/pairs/0/a/mood"),
        ({"pairs": [{"a": OPEN, "b": OPEN}], "assume_same_event": 1}, "/assume_same_event"),
        ({"pairs": [{"a": OPEN, "b": OPEN}], "strict": True}, "/strict"),
    ],
)
def test_what_cannot_be_checked_is_refused_by_field(empty_client, refused, body, pointer):
    answer = empty_client.post("/v1/contradictions/check", json=body)
    refused(answer, 422, pointer=pointer)


def test_any_script_is_held_against_any(check):
    odd = ["שלום עולם", "👩‍👩‍👧", "\u200b.", "not", "“”", "e\u0301", "1" * 400, "Ab.\n\nCd"]
    results = check(*(({"text": a}, {"text": b}) for a in odd for b in odd))
    assert [each["verdict"] for each in results if each["verdict"] == "flagged"] == []


def test_a_number_that_is_a_name_tells_which_and_a_figure_how_many(check):
    other, same, figures = check(
        ({"text": "Line 2 is closed"}, {"text": "Line 3 is closed"}),
        ({"text": "Line 2 is closed"}, {"text": "Line 2 is not closed"}),
        ({"text": "Line 2 carries 40,000 riders"}, {"text": "Line 2 carries 90,000 riders"}),
    )
    assert other["verdict"] == "none"
    assert (same["verdict"], same["basis"]) == ("flagged", ["negation"])
    assert (figures["verdict"], figures["basis"]) == ("flagged", ["quantity"])
