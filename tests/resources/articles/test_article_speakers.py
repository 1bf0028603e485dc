"""Whom an article's statements are attributed to: nobody is guessed, and the caller may choose."""

import pytest

from tests.resources.articles.ferry import SOURCE, one, post

BERGS = """Two Bergs disagree over the bridge

Anna Berg and Tom Berg met in Ellery on Monday.

“The bridge will close in June,” Berg said.
"""
BERG = "Berg speaks\n\n“The bridge will close in June,” Berg said on Monday.\n"
ANNA = "Anna speaks\n\n“The bridge will close in June,” Anna Berg said on Monday.\n"


def statement(answer):
    return one(answer, "bridge will close")


def test_an_alias_leads_to_its_speaker(client, add):
    known = add("/v1/speakers", name="Anna Lindqvist", kind="person", aliases=["Anna Berg"])
    assert statement(post(client, ANNA))["speaker"]["id"] == known["id"]


def test_a_name_of_another_kind_is_still_the_name(client, add):
    known = add("/v1/speakers", name="Anna Berg", kind="organization")
    assert statement(post(client, ANNA))["speaker"]["id"] == known["id"]


def test_a_name_that_fits_several_is_left_open(client, add):
    both = [
        add("/v1/speakers", name="Anna Berg", kind="person", distinct=True)["id"] for _ in range(2)
    ]
    found = statement(post(client, ANNA))
    assert found["outcome"] == "unresolved"
    assert [each["id"] for each in found["candidates"]] == both
    assert (found["speaker"]["name"], found["speaker"]["kind"]) == ("Anna Berg", "unnamed")
    assert found["confidence"] < 0.7


def test_what_the_article_leaves_open_names_those_it_may_be(client, add):
    known = add("/v1/speakers", name="Anna Berg", kind="person")
    found = statement(post(client, BERGS))
    assert (found["outcome"], found["speaker"]["kind"]) == ("unresolved", "unnamed")
    assert [(each["id"], each["name"]) for each in found["candidates"]] == [
        (known["id"], "Anna Berg"),
        (None, "Tom Berg"),
    ]


def test_a_bare_surname_is_not_taken_for_the_one_who_bears_it(client, add):
    known = add("/v1/speakers", name="Anna Berg", kind="person")
    found = statement(post(client, BERG))
    assert (found["outcome"], found["speaker"]["name"]) == ("unresolved", "Berg")
    assert [each["id"] for each in found["candidates"]] == [known["id"]]


def test_what_was_left_open_stands_in_nobodys_way(client, add, ids):
    found = statement(post(client, BERGS))
    known = add("/v1/speakers", name="Berg", kind="person")
    assert ids("/v1/statements", speaker="Berg") == []
    changed = client.patch(f"/v1/statements/{found['id']}", json={"speaker": {"id": known["id"]}})
    assert changed.status_code == 200
    assert ids("/v1/statements", speaker="Berg") == [found["id"]]


@pytest.mark.parametrize("named", [True, False])
def test_the_caller_chooses_who_is_meant(client, add, named):
    known = add("/v1/speakers", name="Anna Berg", kind="person")
    speaker = {"name": "Anna Berg", "kind": "person"} if named else {"id": known["id"]}
    found = statement(post(client, BERGS, speakers=[{"mention": "Berg", "speaker": speaker}]))
    assert (found["outcome"], found["speaker"]["id"]) == ("created", known["id"])
    assert found["candidates"] == []


def test_a_choice_that_comes_later_makes_a_version(client):
    before = statement(post(client, BERGS))
    speaker = {"name": "Anna Berg", "kind": "person"}
    chosen = {"speakers": [{"mention": "Berg", "speaker": speaker}], "status": 200}
    found = statement(post(client, BERGS, **chosen))
    assert (found["id"], found["outcome"]) == (before["id"], "anchored")
    assert (found["speaker"]["name"], found["version"]) == ("Anna Berg", 2)
    assert statement(post(client, BERGS, **chosen))["outcome"] == "unchanged"
    later = statement(post(client, BERGS, status=200))
    assert (later["speaker"]["name"], later["version"]) == ("Anna Berg", 2)


def test_a_choice_does_not_undo_what_a_person_revised(client):
    found = statement(post(client, BERGS))
    revised = {"speaker": {"name": "Tom Berg", "kind": "person"}}
    assert client.patch(f"/v1/statements/{found['id']}", json=revised).status_code == 200
    choice = {"mention": "Berg", "speaker": {"name": "Anna Berg", "kind": "person"}}
    again = statement(post(client, BERGS, status=200, speakers=[choice]))
    assert (again["speaker"]["name"], again["outcome"]) == ("Tom Berg", "unchanged")


def test_a_choice_that_makes_two_statements_one_is_refused(client, refused):
    said = statement(post(client, ANNA))
    source = SOURCE | {"url": "https://courier.example/2"}
    text = BERGS.replace("Berg said", "Berg said on Monday")
    post(client, text, source=source)
    choice = {"mention": "Berg", "speaker": {"id": said["speaker"]["id"]}}
    body = {"source": source, "text": text, "speakers": [choice]}
    assert refused(client.post("/v1/articles", json=body), 409)["statement"] == said["id"]
