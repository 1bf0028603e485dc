"""Opposed stances on one proposition are a contradiction, with what a person or the engine said."""

import pytest

from api.services.contradictions.recheck import recheck

CLOSE = "The harbour should be closed"
WILL, WILL_NOT = "The city will close the harbour", "The city will not close the harbour"
ALL = ["candidate", "flagged", "confirmed", "dismissed", "withdrawn"]
DISMISSAL = {"status": "dismissed", "reason": "different_time"}


@pytest.fixture
def close(add):
    return add("/v1/propositions", text=CLOSE)["id"]


@pytest.fixture
def opposed(record, close, take):
    """Two statements in German, of which one affirms what the other denies."""
    first = record("Der Hafen ist alt", speaker="Ada Brook")
    second = record("Der Hafen ist gut", speaker="Bo Falk")
    take(first["id"], close, "affirms")
    take(second["id"], close, "denies")
    return first, second


@pytest.fixture
def pairs(listing):
    """All contradictions of the ledger, or those of some statuses."""
    return lambda *status: listing("/v1/contradictions", status=list(status) or ALL)


def test_opposed_stances_are_a_contradiction(client, opposed, pairs):
    first, second = opposed
    (found,) = pairs("flagged")
    shown = {
        "nature": "position",
        "basis": ["curated"],
        "scope": "cross_speaker",
        "status": "flagged",
        "score": 1.0,
        "detector": "curated",
        "explanation": "On “The harbour should be closed”: Ada Brook affirms it (“Der Hafen ist "
        "alt”); Bo Falk denies it (“Der Hafen ist gut”).",
        "evidence": [
            {"statement": each["id"], "start": 0, "end": 17, "text": each["text"], "role": role}
            for each, role in ((first, "affirms"), (second, "denies"))
        ],
    }
    assert {name: found[name] for name in shown} == shown
    assert [side["id"] for side in found["statements"]] == [first["id"], second["id"]]
    assert [side["contradiction_count"] for side in found["statements"]] == [1, 1]
    assert client.get("/v1/contradictions?basis=curated").json["items"] == [found]


@pytest.mark.parametrize("stance", ["affirms", "conditional", "unclear"])
def test_nothing_else_is_opposed(record, close, take, pairs, stance):
    for taken in ("affirms", stance):
        take(record()["id"], close, taken)
    take(record()["id"], close, "conditional", condition="wenn es Geld gibt")
    assert pairs() == []


def test_stands_on_two_propositions_are_not_opposed(add, record, close, take, pairs):
    other = add("/v1/propositions", text="The ferry should run")["id"]
    take(record()["id"], close, "affirms")
    take(record()["id"], other, "denies")
    assert pairs() == []


def test_one_speakers_own_opposed_stands_are_a_reversal(record, close, take, pairs):
    for stance in ("affirms", "denies"):
        take(record(speaker="Ada Brook")["id"], close, stance)
    (found,) = pairs()
    assert found["scope"] == "same_speaker"
    assert "Ada Brook affirms it" in found["explanation"]
    assert "and denies it elsewhere" in found["explanation"]


def test_officials_are_not_said_to_have_reversed(record, close, take, pairs):
    for stance in ("affirms", "denies"):
        take(record(speaker={"name": "Officials", "kind": "unnamed"})["id"], close, stance)
    (found,) = pairs()
    assert found["scope"] == "cross_speaker"
    assert "Officials denies it" in found["explanation"]


def test_a_long_text_is_quoted_in_part_and_shown_whole(record, close, take, pairs):
    long = "Der Hafen " * 100 + "ist alt"
    take(record(long)["id"], close, "affirms")
    take(record()["id"], close, "denies")
    (found,) = pairs()
    assert "Hafen…”" in found["explanation"] and len(found["explanation"]) < 500
    assert found["evidence"][0]["text"] == long


@pytest.mark.parametrize("stance", ["conditional", "unclear", "affirms", None])
def test_it_is_withdrawn_with_the_stance_and_returns_with_it(
    client, opposed, close, take, pairs, stance
):
    second = opposed[1]["id"]
    if stance is None:
        client.delete(f"/v1/statements/{second}/stances/{close}")
    else:
        take(second, close, stance)
    (found,) = pairs()
    assert found["status"] == "withdrawn"
    assert client.get(f"/v1/statements/{second}").json["contradiction_count"] == 0
    take(second, close, "denies")
    (again,) = pairs()
    assert (again["id"], again["status"]) == (found["id"], "flagged")
    assert again["statements"][1]["contradiction_count"] == 1


def test_two_opposed_on_two_propositions_stay_so_on_one(client, add, opposed, close, take, pairs):
    other = add("/v1/propositions", text="The ferry should run")["id"]
    take(opposed[0]["id"], other, "denies")
    take(opposed[1]["id"], other, "affirms")
    (found,) = pairs()
    assert found["explanation"].endswith("They are opposed on another proposition too.")
    client.delete(f"/v1/statements/{opposed[0]['id']}/stances/{close}")
    (found,) = pairs()
    assert found["status"] == "flagged"
    assert found["explanation"].startswith("On “The ferry should run”: Bo Falk affirms it")


def test_a_retracted_statement_takes_its_contradictions_along(client, opposed, close, take, pairs):
    client.delete(f"/v1/statements/{opposed[0]['id']}")
    (found,) = pairs()
    assert found["status"] == "withdrawn"
    take(opposed[1]["id"], close, "denies", note="wieder")
    assert [each["status"] for each in pairs()] == ["withdrawn"]


def test_reworded_a_statement_keeps_its_stance_for_a_person_to_look_at_again(
    client, opposed, close, take, pairs
):
    said = opposed[1]["id"]
    client.patch(f"/v1/statements/{said}", json={"text": "Der Hafen ist teuer"})
    (stance,) = client.get(f"/v1/statements/{said}/stances").json["items"]
    assert (stance["stance"], stance["stale"], stance["version"]) == ("denies", True, 2)
    (found,) = pairs()
    assert (found["status"], found["basis"]) == ("candidate", ["curated"])
    assert found["explanation"].endswith("look again.")
    assert pairs("flagged", "confirmed") == []
    take(said, close, "denies")
    (found,) = pairs("flagged")
    assert found["evidence"][1]["text"] == "Der Hafen ist teuer"
    assert "look again" not in found["explanation"]


def test_a_stale_stance_raises_nothing_new(client, record, opposed, close, take, pairs):
    client.patch(f"/v1/statements/{opposed[1]['id']}", json={"text": "Der Hafen ist teuer"})
    take(record()["id"], close, "affirms")
    assert len(pairs()) == 1


def test_words_that_return_bring_their_stance_back(client, opposed, pairs):
    address = f"/v1/statements/{opposed[1]['id']}"
    for text in ("Der Hafen ist teuer", "Der  HAFEN ist gut"):
        client.patch(address, json={"text": text})
    assert [each["status"] for each in pairs()] == ["flagged"]
    assert client.get(f"{address}/stances").json["items"][0]["stale"] is False


@pytest.mark.parametrize(
    "changes",
    [
        {"said_on": "2026-03"},
        {"language": "fr"},
        {"speaker": {"name": "Cy Holm", "kind": "person"}},
        {"text": "Der  HAFEN ist gut"},
        {"topics": ["häfen"]},
    ],
)
def test_while_the_words_stay_so_does_the_contradiction(client, opposed, pairs, changes):
    client.patch(f"/v1/statements/{opposed[1]['id']}", json=changes)
    (found,) = pairs()
    assert (found["status"], found["basis"]) == ("flagged", ["curated"])
    speaker = changes.get("speaker", {"name": "Bo Falk"})["name"]
    assert f"{speaker} denies it" in found["explanation"]


@pytest.mark.parametrize("review", [DISMISSAL, {"status": "confirmed"}])
def test_a_persons_decision_holds(client, opposed, close, take, pairs, review):
    (raised,) = pairs()
    client.patch(f"/v1/contradictions/{raised['id']}", json=review)
    decided = pairs()
    take(opposed[0]["id"], close, "affirms", note="noch einmal")
    client.delete(f"/v1/statements/{opposed[1]['id']}/stances/{close}")
    take(opposed[1]["id"], close, "denies")
    assert pairs() == decided
    client.patch(f"/v1/statements/{opposed[1]['id']}", json={"said_on": "2026-03"})
    (anew,) = pairs()
    assert (anew["status"], anew["reason"]) == ("flagged", None)


@pytest.fixture
def raised(record):
    """Two statements in English that the engine holds against each other."""
    first = record(WILL, language="en", speaker="Ada Brook", said_on="2026-03-14")
    second = record(WILL_NOT, language="en", speaker="Bo Falk", said_on="2026-03-14")
    (found,) = second["contradictions"]
    return first["id"], second["id"], found


def test_what_the_engine_raised_is_joined_and_outlives_the_stance(
    client, raised, close, take, pairs
):
    first, second, engines = raised
    take(first, close, "affirms")
    take(second, close, "denies")
    (joined,) = pairs()
    assert joined["id"] == engines["id"]
    assert joined["basis"] == [*engines["basis"], "curated"]
    assert joined["nature"] == engines["nature"]
    assert (joined["status"], joined["score"]) == ("flagged", 1.0)
    assert joined["evidence"] == engines["evidence"]
    assert joined["explanation"].startswith("On “The harbour should be closed”: Ada Brook affirms")
    assert joined["explanation"].endswith(engines["explanation"])
    assert joined["detector"] == f"{engines['detector']}+curated"
    assert sum(recheck()) == 2
    assert pairs() == [joined]
    client.delete(f"/v1/statements/{first}/stances/{close}")
    (left,) = pairs()
    changing = {"version", "updated_at", "statements"}
    assert {name: left[name] for name in left.keys() - changing} == {
        name: engines[name] for name in engines.keys() - changing
    }


def test_what_the_engine_no_longer_raises_stays_while_the_stances_do(
    client, raised, close, take, pairs
):
    first, second, _ = raised
    client.patch(f"/v1/statements/{second}", json={"text": "The lighthouse is tall"})
    assert [each["status"] for each in pairs()] == ["withdrawn"]
    take(first, close, "affirms")
    take(second, close, "denies")
    (found,) = pairs()
    assert (found["status"], found["basis"], found["detector"]) == (
        "flagged",
        ["curated"],
        "curated",
    )
    sum(recheck())
    assert pairs() == [found]


def test_engine_and_stale_stance_are_the_engines_alone(client, raised, close, take, pairs):
    first, second, engines = raised
    take(first, close, "affirms")
    take(second, close, "denies")
    client.patch(
        f"/v1/statements/{second}", json={"text": "The city will not close the old harbour"}
    )
    (found,) = pairs()
    assert found["basis"] == engines["basis"]
    assert found["detector"] == engines["detector"]


def test_a_dismissed_pair_is_not_raised_by_stances(client, raised, close, take, pairs):
    first, second, engines = raised
    client.patch(f"/v1/contradictions/{engines['id']}", json=DISMISSAL)
    decided = pairs()[0]["version"]
    take(first, close, "affirms")
    take(second, close, "denies")
    (found,) = pairs()
    assert (found["status"], found["basis"], found["version"]) == (
        "dismissed",
        engines["basis"],
        decided,
    )


def test_what_a_person_put_in_is_joined_and_outlives_the_stance(
    client, record, oppose, close, take, pairs
):
    first, second = record()["id"], record(speaker="Bo Falk")["id"]
    mine = oppose(first, second, explanation="Es geht nicht beides.")
    take(first, close, "affirms")
    take(second, close, "denies")
    (joined,) = pairs()
    assert joined["basis"] == ["curated", "manual"]
    assert joined["explanation"] == "Es geht nicht beides."
    client.delete(f"/v1/statements/{first}/stances/{close}")
    (left,) = pairs()
    assert (left["basis"], left["status"]) == (mine["basis"], mine["status"])


def test_a_candidate_put_in_by_hand_is_the_stances_where_they_raise_it(
    client, record, oppose, close, take, pairs
):
    first, second = record()["id"], record(speaker="Bo Falk")["id"]
    oppose(first, second)
    client.patch(f"/v1/statements/{second}", json={"text": "Ganz anders"})
    take(first, close, "affirms")
    take(second, close, "denies")
    (found,) = pairs()
    assert (found["status"], found["basis"]) == ("flagged", ["curated"])
    client.delete(f"/v1/statements/{first}/stances/{close}")
    assert [each["status"] for each in pairs()] == ["withdrawn"]


def test_what_is_raised_already_cannot_be_put_in(client, opposed, pairs, refused):
    body = {"statements": [each["id"] for each in opposed], "nature": "position"}
    refused(client.post("/v1/contradictions", json=body), 409)


def test_merged_speakers_stands_are_one_speakers_own(client, add, opposed, pairs):
    ada, bo = (each["speaker"]["id"] for each in opposed)
    (found,) = pairs()
    client.patch(f"/v1/contradictions/{found['id']}", json={"status": "confirmed"})
    client.post(f"/v1/speakers/{bo}/merge", json={"into": ada})
    (found,) = pairs()
    assert (found["scope"], found["status"], found["reviewed_at"]) == (
        "same_speaker",
        "flagged",
        None,
    )
    assert "and denies it elsewhere" in found["explanation"]


def test_words_that_a_merge_made_one_speakers_twice_keep_a_contradiction_each(
    client, record, close, take, pairs
):
    twins = [record("Der Hafen ist alt", speaker=name) for name in ("Ada Brook", "A. Brook")]
    denial = record(speaker="Bo Falk")["id"]
    for each in twins:
        take(each["id"], close, "affirms")
    take(denial, close, "denies")
    kept, duplicate = (each["speaker"]["id"] for each in twins)
    client.post(f"/v1/speakers/{duplicate}/merge", json={"into": kept})
    take(denial, close, "unclear")
    assert [each["status"] for each in pairs()] == ["withdrawn", "withdrawn"]
    take(denial, close, "denies")
    assert [each["status"] for each in pairs()] == ["flagged", "flagged"]


def test_a_popular_proposition_raises_no_more_than_the_setting(open_ledger):
    client = open_ledger(max_opposed=2).test_client()
    client.post("/v1/propositions", json={"text": CLOSE})

    def say(number, speaker, stance, said_on):
        body = {"kind": "claim", "language": "de", "text": f"Aussage {number}", "said_on": said_on}
        body["speaker"] = {"name": speaker, "kind": "person"}
        said = client.post("/v1/statements", json=body).json["id"]
        client.put(f"/v1/statements/{said}/stances/1", json={"stance": stance})
        return said

    own = say(0, "Ada Brook", "affirms", "2020")
    latest = [say(n, f"Zeuge {n}", "affirms", f"2026-03-0{n}") for n in (1, 4, 2, 3)][1]
    denial = say(9, "Ada Brook", "denies", "2026-04")
    found = client.get(f"/v1/contradictions?statement={denial}").json["items"]
    assert {side["id"] for each in found for side in each["statements"]} == {own, latest, denial}
    client.put(f"/v1/statements/{denial}/stances/1", json={"stance": "denies", "note": "x"})
    assert client.get(f"/v1/statements/{denial}").json["contradiction_count"] == 2
    again = say(10, "Zeuge 10", "affirms", None)
    assert client.get(f"/v1/statements/{again}").json["contradiction_count"] == 1
