"""Crowds are not people: they are unnamed, whatever kind they are given, and nobody's reversal."""

import json

import pytest

from tests.resources.articles.ferry import post

YES, NO = "The ferry will close in June", "The ferry will not close in June"
CROWDS = ["Multiple sources", "Varias fuentes", "Unknown", "N/A", "Social media users", "网友"]


def said_by(record, name, text, kind="person", **fields):
    return record(text, speaker={"name": name, "kind": kind}, language="en", **fields)


def scopes(client, statement):
    found = client.get(f"/v1/contradictions?statement={statement['id']}").json["items"]
    return [each["scope"] for each in found]


@pytest.mark.parametrize("name", CROWDS)
@pytest.mark.parametrize("kind", ["person", "organization", "document", "unnamed"])
def test_a_statement_of_a_crowd_is_an_unnamed_ones(record, name, kind):
    first, second = (said_by(record, name, text, kind) for text in (YES, "It rains in Ellery"))
    assert first["speaker"] == second["speaker"]
    assert (first["speaker"]["name"], first["speaker"]["kind"]) == (name, "unnamed")


def test_a_crowd_never_contradicts_itself(client, record):
    said_by(record, "Multiple sources", YES, said_on="2026-05-02")
    later = said_by(record, "Multiple sources", NO, said_on="2026-05-02")
    assert scopes(client, later) == ["cross_speaker"]
    tied = client.get(f"/v1/statements/{later['id']}/references").json
    assert tied["same_speaker"] == []
    positions = client.get(f"/v1/speakers/{later['speaker']['id']}/positions").json["items"]
    assert all(each["changes"] == [] for each in positions)


def test_by_hand_it_is_not_one_speakers_either(record, oppose):
    texts = (YES, "It rains in Ellery")
    first, second = (said_by(record, "Varias fuentes", text) for text in texts)
    assert oppose(first["id"], second["id"])["scope"] == "cross_speaker"


def test_what_is_checked_of_a_crowd_is_of_nobody_known(client):
    def checked(speaker):
        texts = ("I will retire when the bridge opens", "I retired before the bridge opened")
        sides = [{"text": text, **({"speaker": speaker} if speaker else {})} for text in texts]
        body = {"pairs": [dict(zip("ab", sides, strict=True))]}
        return client.post("/v1/contradictions/check", json=body).json["results"]

    assert checked("Multiple sources") == checked(None)


def test_fact_checks_give_crowds_types(client):
    for number, (kind, name) in enumerate(
        [("Person", "Multiple sources"), ("Organization", "Varias fuentes"), ("Person", "N/A")]
    ):
        body = {
            "@type": "ClaimReview",
            "url": f"https://facts.example/{number}",
            "author": {"@type": "Organization", "name": "Quay Facts"},
            "claimReviewed": YES,
            "itemReviewed": {"@type": "Claim", "author": {"@type": kind, "name": name}},
            "reviewRating": {"@type": "Rating", "alternateName": "False"},
        }
        answer = client.post("/v1/reviews/import", json=body).json["outcomes"][0]
        statement = client.get(f"/v1/statements/{answer['statement']}").json
        assert (statement["speaker"]["name"], statement["speaker"]["kind"]) == (name, "unnamed")


def test_lines_of_an_import_do_so_too(client):
    lines = [
        {"kind": "claim", "text": text, "speaker": {"name": "Several", "kind": "person"}}
        for text in (YES, NO)
    ]
    data = "\n".join(map(json.dumps, lines))
    answer = client.post(
        "/v1/statements/import", data=data, content_type="application/x-ndjson"
    ).get_data(as_text=True)
    told = [json.loads(line) for line in answer.splitlines()]
    assert [each["outcome"] for each in told] == ["created", "created"]
    statement = client.get(f"/v1/statements/{told[0]['id']}").json
    assert statement["speaker"]["kind"] == "unnamed"
    again = client.post("/v1/statements/import", data=data, content_type="application/x-ndjson")
    assert '"unchanged"' in again.get_data(as_text=True)


def test_an_article_does_so_too(client):
    text = (
        "Multiple Sources said the ferry will close. Social Media Users denied that it will close."
    )
    answer = post(client, text)
    assert answer["statements"]
    assert {each["speaker"]["kind"] for each in answer["statements"]} == {"unnamed"}


def test_somebody_may_bear_such_a_name(client, record, add):
    known = add("/v1/speakers", name="Anonymous", kind="organization", distinct=True)
    assert known["kind"] == "organization"
    said = said_by(record, "Anonymous", YES, kind="organization")
    assert said["speaker"]["id"] == known["id"]
    assert said_by(record, "Anonymous", YES, kind="person")["speaker"]["kind"] == "unnamed"
    known = add("/v1/speakers", name="Several", kind="person", wikidata="Q42")
    assert known["kind"] == "person"
    (found,) = post(client, "Several said that the bridge will fall.")["statements"]
    assert (found["outcome"], found["speaker"]["kind"]) == ("unresolved", "unnamed")
    assert [each["id"] for each in found["candidates"]] == [known["id"]]


def test_nobody_is_made_somebody_without_saying_so(client, add):
    made = add("/v1/speakers", name="Unknown", kind="person")
    assert made["kind"] == "unnamed"
    at = f"/v1/speakers/{made['id']}"
    refused = client.patch(at, json={"kind": "person"})
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/kind")
    assert "distinct" in refused.json["detail"]
    assert client.patch(at, json={"kind": "person", "distinct": True}).json["kind"] == "person"


def test_a_kind_that_is_revised_is_what_contradictions_go_by(client, record):
    first = said_by(record, "The Lamp Club", YES, said_on="2026-05-02")
    said_by(record, "The Lamp Club", NO, said_on="2026-05-02")
    assert scopes(client, first) == ["same_speaker"]
    at = f"/v1/speakers/{first['speaker']['id']}"
    assert client.patch(at, json={"kind": "unnamed"}).status_code == 200
    assert scopes(client, first) == ["cross_speaker"]
    assert client.patch(at, json={"kind": "organization"}).status_code == 200
    assert scopes(client, first) == ["same_speaker"]
