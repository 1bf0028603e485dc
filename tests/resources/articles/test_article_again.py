"""An article posted again: what is still there stays, what changed is told, nothing is lost."""

import pytest

from api.ledger.storage.database import database
from tests.resources.articles.ferry import SOURCE, TEXT, UNION, one, outcomes, post

REWORDED = TEXT.replace("no future here", "no place here")


def history(client, statement):
    return client.get(f"/v1/statements/{statement['id']}/history").json["items"]


def changes(version):
    return {each["field"]: (each["was"], each["is"]) for each in version["changes"]}


@pytest.mark.parametrize("url", [SOURCE["url"], None])
def test_the_same_text_changes_nothing(client, url):
    first = post(client, source=SOURCE | {"url": url})
    head = client.get("/v1/statements").headers["ETag"]
    again = post(client, source=SOURCE | {"url": url}, status=200)
    assert outcomes(again) == dict.fromkeys(outcomes(first), "unchanged")
    assert client.get("/v1/statements").headers["ETag"] == head
    same = ("id", "text", "mention", "cue", "position", "version")
    for before, after in zip(first["statements"], again["statements"], strict=True):
        assert [before[name] for name in same] == [after[name] for name in same]


def test_words_in_their_place_are_anchored_and_words_elsewhere_moved(client):
    first = post(client)
    last = one(first, "Nobody asked us")
    text = TEXT.replace("According to", "On Friday, the council met. According to")
    again = post(client, text, status=200)
    moved = one(again, "Nobody asked us")
    assert (moved["outcome"], moved["version"]) == ("moved", 2)
    assert moved["position"]["start"] == last["position"]["start"] + 28
    assert one(again, "no future")["outcome"] == "anchored"
    assert one(again, "no future")["version"] == 1
    assert client.get(f"/v1/statements/{last['id']}").json["position"] == moved["position"]


def test_a_reworded_statement_is_a_new_version_with_both_wordings(client):
    before = one(post(client), "no future")
    again = post(client, REWORDED, status=200)
    found = one(again, "no place")
    assert (found["id"], found["outcome"]) == (before["id"], "altered")
    assert (found["was"], found["version"]) == ("The boats have no future here", 2)
    assert found["verbatim"] == ["The boats have no place here"]
    latest = history(client, found)[-1]
    assert latest["action"] == "altered"
    assert changes(latest)["text"] == (before["text"], found["text"])
    assert outcomes(post(client, REWORDED, status=200))[found["id"]] == "unchanged"


def test_a_reworded_statement_is_judged_anew(client, record):
    record("The city will close the ferry line in June", language="en", said_on="2026-03")
    assert post(client)["contradictions"] == []
    again = post(client, TEXT.replace("will close", "will not close"), status=200)
    (found,) = again["contradictions"]
    altered = one(again, "will not close the ferry line in June")
    assert altered["outcome"] == "altered"
    assert altered["id"] in [side["id"] for side in found["statements"]]
    assert post(client, status=200)["contradictions"] == []


def test_what_is_gone_is_kept_without_a_place(client):
    before = one(post(client), "insult")
    again = post(client, TEXT.replace(UNION, ""), status=200)
    gone = one(again, "insult")
    assert (gone["id"], gone["outcome"]) == (before["id"], "orphaned")
    assert (gone["position"], gone["mention"], gone["status"]) == (None, None, "active")
    assert again["statements"][-1] == gone
    (appearance,) = client.get(f"/v1/statements/{gone['id']}/appearances").json["items"]
    assert (appearance["position"], appearance["version"]) == (None, 2)
    assert "insult" in appearance["text"]
    back = one(post(client, status=200), "insult")
    assert (back["id"], back["outcome"], back["position"]) == (
        before["id"],
        "moved",
        before["position"],
    )


def test_what_is_gone_is_told_once(client):
    post(client)
    text = TEXT.replace(UNION, "")
    gone = one(post(client, text, status=200), "insult")["id"]
    assert gone not in outcomes(post(client, text, status=200))


def test_new_words_are_new_statements(client):
    first = post(client)
    text = TEXT + "\n“We shall sail to the end,” Captain Bo Falk said on Thursday.\n"
    again = post(client, text)
    added = one(again, "sail")
    assert (added["outcome"], added["id"] in outcomes(first)) == ("created", False)


def test_what_a_person_revised_stays(client):
    found = one(post(client), "no future")
    revised = {"said_on": "2026-03-04", "role": "Mayor of Ellery"}
    assert client.patch(f"/v1/statements/{found['id']}", json=revised).status_code == 200
    for text in (TEXT, REWORDED, TEXT):
        post(client, text, status=200)
        kept = client.get(f"/v1/statements/{found['id']}").json
        assert {name: kept[name] for name in revised} == revised
    assert kept["text"] == "The boats have no future here"


def test_what_a_person_worded_is_not_put_on_other_words(client):
    found = one(post(client), "no future")
    own = {"text": "The ferries have no future in Ellery", "verbatim": ["have no future"]}
    assert client.patch(f"/v1/statements/{found['id']}", json=own).status_code == 200
    assert outcomes(post(client, status=200))[found["id"]] == "unchanged"
    again = post(client, REWORDED)
    assert outcomes(again)[found["id"]] == "orphaned"
    assert one(again, "no place")["outcome"] == "created"
    assert client.get(f"/v1/statements/{found['id']}").json["text"] == own["text"]


def test_what_a_person_retracted_stays_retracted(client, ids):
    found = one(post(client), "no future")
    client.delete(f"/v1/statements/{found['id']}")
    again = post(client, status=200)
    assert outcomes(again)[found["id"]] == "unchanged"
    assert found["id"] not in ids("/v1/statements")
    assert len(ids("/v1/statements")) == len(again["statements"]) - 1


def test_the_same_words_in_another_paper_are_an_appearance(client):
    first = post(client)
    again = post(client, source=SOURCE | {"url": "https://courier.example/7"})
    assert outcomes(again) == dict.fromkeys(outcomes(first), "appearance")
    assert {each["appearances"] for each in again["statements"]} == {2}
    assert {each["version"] for each in again["statements"]} == {1}


def test_only_the_first_source_speaks_for_the_wording(client):
    courier = SOURCE | {"url": "https://courier.example/7"}
    first = one(post(client), "no future")
    post(client, source=courier)
    again = post(client, REWORDED, source=courier)
    assert outcomes(again)[first["id"]] == "orphaned"
    assert one(again, "no place")["id"] != first["id"]
    kept = client.get(f"/v1/statements/{first['id']}").json
    assert (kept["text"], kept["position"]) == (first["text"], first["position"])


def test_a_statement_recorded_by_hand_is_found_in_the_article(client, record):
    known = record(
        "The boats have no future here",
        language="en",
        speaker="Ada Brook",
        said_on="2026-03-03",
        source=SOURCE,
    )
    found = one(post(client), "no future")
    assert (found["id"], found["outcome"]) == (known["id"], "anchored")
    assert outcomes(post(client, status=200))[known["id"]] == "unchanged"


def test_reading_an_article_again_asks_the_ledger_no_more_for_more_statements(client, monkeypatch):
    def asked(text):
        post(client, text, source=SOURCE | {"url": f"https://post.example/{len(text)}"})
        made = []
        execute = database.execute_sql
        with monkeypatch.context() as patch:
            patch.setattr(
                database.obj, "execute_sql", lambda *a, **k: (made.append(a), execute(*a, **k))[1]
            )
            post(
                client,
                text,
                source=SOURCE | {"url": f"https://post.example/{len(text)}"},
                status=200,
            )
        return len(made)

    few = "“The bridge will close,” Anna Berg said.\n"
    many = few + "".join(
        f"\n“The school in {place} will open,” {who} said.\n"
        for place, who in zip(
            ("Ellery", "Norland", "Quay"), ("Bo Falk", "Eva Lund", "Tom Reed"), strict=True
        )
    )
    assert asked(many) == asked(few) <= 25
