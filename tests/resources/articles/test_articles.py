"""An article in, its attributed statements and their contradictions out."""

from pathlib import Path

import pytest

from tests.resources.articles.ferry import SOURCE, TEXT, one, outcomes, post

NEWS = (Path(__file__).parents[2] / "extraction" / "pages" / "news.html").read_text("utf-8")
BRIDGE = "“The bridge will close in June,” Anna Berg said.\n"


def test_each_statement_is_recorded_as_the_article_has_it(client):
    answer = post(client)
    found = one(answer, "no future")
    assert found["speaker"]["name"] == "Ada Brook"
    assert (found["kind"], found["verbatim"]) == ("quote", ["The boats have no future here"])
    assert (found["said_on"], found["role"]) == ("2026-03-03", "Mayor")
    assert (found["outcome"], found["was"], found["candidates"]) == ("created", None, [])
    for words in (found["mention"], found["cue"]):
        assert TEXT[words["start"] : words["end"]] == words["text"]
    assert (found["mention"]["text"], found["cue"]["text"]) == ("Brook", "said")
    assert "no future" in TEXT[found["position"]["start"] : found["position"]["end"]]
    assert "text" not in answer


def test_what_is_stored_is_what_was_answered(client):
    found = one(post(client), "no future")
    stored = client.get(f"/v1/statements/{found['id']}").json
    shown = {name: found[name] for name in stored}
    assert shown == stored | {"cue": found["cue"]}
    assert stored["cue"] == found["cue"]["text"]
    assert stored["confidence"] > 0.5
    assert stored["context"] and stored["topics"]


def test_the_answer_tells_where_the_source_is(client):
    answer = client.post("/v1/articles", json={"source": SOURCE, "text": TEXT})
    source = client.get(answer.headers["Location"])
    assert source.json == answer.json["source"]
    assert {name: source.json[name] for name in SOURCE} == SOURCE
    tag = answer.headers["ETag"]
    revised = client.patch(
        answer.headers["Location"], json={"title": "x"}, headers={"If-Match": tag}
    )
    assert revised.status_code == 200


def test_statements_come_in_the_order_of_the_text(client):
    starts = [each["position"]["start"] for each in post(client)["statements"]]
    assert starts == sorted(starts)
    assert len(starts) >= 4


def test_statements_of_one_article_are_held_against_each_other(client):
    text = (
        "Anna Berg said on Monday that the city will close the ferry line.\n\n"
        "Tom Reed said on Monday that the city will not close the ferry line.\n"
    )
    answer = post(client, text)
    (found,) = answer["contradictions"]
    assert found["status"] == "flagged"
    assert [side["id"] for side in found["statements"]] == list(outcomes(answer))
    assert [each["contradiction_count"] for each in answer["statements"]] == [1, 1]


def test_statements_are_held_against_the_ledger(client, record):
    known = record("The city will not close the ferry line in June", language="en")
    (found,) = post(client)["contradictions"]
    assert known["id"] in [side["id"] for side in found["statements"]]


def test_what_is_said_twice_is_one_statement(client, ids):
    text = "Anna Berg said: “The bridge will close in June.”\n\n" + BRIDGE
    answer = post(client, text)
    assert len(answer["statements"]) == 1
    assert len(ids("/v1/statements")) == 1


def test_a_dry_run_answers_as_if_and_stores_nothing(empty_client):
    answer = post(empty_client, dry_run=True)
    assert answer["source"]["id"] is None
    for each in answer["statements"]:
        assert (each["id"], each["speaker"]["id"], each["source"]["id"]) == (None, None, None)
        assert each["outcome"] == "created"


def test_a_dry_run_shows_what_is_there_by_its_id(client):
    ids = outcomes(post(client))
    assert outcomes(post(client, dry_run=True)) == dict.fromkeys(ids, "unchanged")


def test_a_key_that_is_repeated_gets_the_same_answer(client):
    headers = {"Idempotency-Key": "ferry-1"}
    answers = [
        client.post("/v1/articles", json={"source": SOURCE, "text": TEXT}, headers=headers)
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].data == answers[1].data


def test_a_page_tells_what_the_caller_leaves_out(client):
    answer = post(client, None, html=NEWS, source={"publisher": "The Wire"})
    assert answer["source"]["publisher"] == "The Wire"
    assert answer["source"]["url"] == "https://post.example/2024/03/bridge"
    assert answer["source"]["published_on"] == "2024-03-05"
    assert answer["source"]["language"] == "en-gb"
    for each in answer["statements"]:
        start, end = each["mention"]["start"], each["mention"]["end"]
        assert answer["text"][start:end] == each["mention"]["text"]
        assert each["language"] == "en"


@pytest.mark.parametrize("page", ["news", "live", "interview"])
def test_a_page_posted_again_changes_nothing(client, page):
    html = (Path(__file__).parents[2] / "extraction" / "pages" / f"{page}.html").read_text("utf-8")
    source = {"url": "https://post.example/page"}
    first = post(client, None, html=html, source=source)
    again = post(client, None, html=html, source=source, status=200)
    assert first["statements"]
    assert outcomes(again) == dict.fromkeys(outcomes(first), "unchanged")


def test_two_clients_posting_one_article_at_once_record_it_once(at_once, ids):
    def call(client):
        return client.post("/v1/articles", json={"source": SOURCE, "text": TEXT})

    answers = at_once(call, call)
    assert sorted(answer.status_code for answer in answers) == [200, 201]
    found = [{each["id"] for each in answer.json["statements"]} for answer in answers]
    assert found[0] == found[1] == set(ids("/v1/statements"))
    assert len(ids("/v1/sources")) == 1
