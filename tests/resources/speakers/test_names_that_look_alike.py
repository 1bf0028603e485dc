"""Names that differ in what nobody sees are one name, and are shown without it."""

import pytest

from tests.resources.articles.ferry import post

UNSEEN = ["\u200b", "\u202e", "\u00ad", "\u2060", "\ufeff", "\u2066", "\u200e", "\U000e0041"]


@pytest.mark.parametrize("mark", UNSEEN)
def test_a_speaker_that_looks_alike_is_the_same(client, record, mark):
    one = record(speaker="Anna Berg")["speaker"]
    assert record(speaker=f"An{mark}na Berg")["speaker"] == one
    taken = client.post("/v1/speakers", json={"name": f"{mark}Anna Berg", "kind": "person"})
    assert taken.status_code == 409
    found = client.get("/v1/statements", query_string={"speaker": f"Anna{mark} Berg"}).json
    assert len(found["items"]) == 2
    found = client.get("/v1/speakers", query_string={"q": f"An{mark}na"}).json["items"]
    assert [each["id"] for each in found] == [one["id"]]


@pytest.mark.parametrize("mark", UNSEEN)
def test_what_is_shown_is_what_is_seen(client, record, add, mark):
    speaker = add("/v1/speakers", name=f"Bo{mark} Falk", kind="person", aliases=[f"B.{mark} Falk"])
    assert (speaker["name"], speaker["aliases"]) == ("Bo Falk", ["B. Falk"])
    source = {"title": f"Bla{mark}tt", "publisher": f"Har{mark}bour"}
    shown = record(source=source, topics=[f"fer{mark}ry"])
    assert (shown["source"]["title"], shown["source"]["publisher"]) == ("Blatt", "Harbour")
    assert shown["topics"] == ["ferry"]
    assert record(source={"title": "Blatt", "publisher": "Harbour"})["source"] == shown["source"]
    renamed = client.patch(f"/v1/speakers/{speaker['id']}", json={"name": f"B{mark}o Fa{mark}lk"})
    assert renamed.json["name"] == "Bo Falk"


def test_a_name_of_which_nothing_is_seen_is_refused(client):
    for name in ("\u200b", "\u00ad \u2060", "\u200d"):
        answer = client.post("/v1/speakers", json={"name": name, "kind": "person"})
        assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/name")


def test_an_articles_names_are_read_so_too(client):
    text = "Anna Berg said the ferry stays. “It sinks,” said Anna\u200b Berg on Monday."
    statements = post(client, text)["statements"]
    assert {each["speaker"]["name"] for each in statements} == {"Anna Berg"}


def test_joiners_that_writing_needs_stay(record):
    name = "علی\u200cرضا"
    one = record(speaker=name)["speaker"]
    assert one["name"] == name
    assert record(speaker="علیرضا")["speaker"] == one
