"""``POST /v1/speakers/{id}/merge``: a duplicate is folded into another speaker."""

import pytest


@pytest.fixture
def pair(add):
    """The duplicate and the speaker it is merged into."""
    return (
        add("/v1/speakers", name="V. Selenskyj", kind="person", aliases=["Wolodymyr"])["id"],
        add("/v1/speakers", name="Volodymyr Zelenskyy", kind="person", aliases=["Zelensky"])["id"],
    )


@pytest.fixture
def merge(client):
    def fold(duplicate, into, **headers):
        return client.post(
            f"/v1/speakers/{duplicate}/merge", json={"into": into}, headers=headers or None
        )

    return fold


def test_the_names_of_a_duplicate_become_aliases(client, pair, merge, record, listing):
    duplicate, kept = pair
    answer = merge(duplicate, kept)
    assert (answer.status_code, answer.json["id"]) == (200, kept)
    assert answer.json["aliases"] == ["Zelensky", "V. Selenskyj", "Wolodymyr"]
    assert [each["id"] for each in listing("/v1/speakers")] == [kept]
    assert [each["id"] for each in listing("/v1/speakers", q="selens")] == [kept]
    assert record(speaker={"name": "wolodymyr"})["speaker"]["id"] == kept


def test_the_statements_of_a_duplicate_move(client, pair, merge, record, ids):
    duplicate, kept = pair
    moved = record(speaker={"id": duplicate})
    stays = record(speaker={"id": kept})
    gone = record(speaker={"id": duplicate})
    client.delete(f"/v1/statements/{gone['id']}")
    merge(duplicate, kept)
    shown = client.get(f"/v1/statements/{moved['id']}").json
    assert shown["speaker"] == {"id": kept, "name": "Volodymyr Zelenskyy", "kind": "person"}
    assert shown["version"] == 2
    both = {moved["id"], stays["id"]}
    assert set(ids("/v1/statements", speaker=kept)) == both
    assert set(ids("/v1/statements", speaker=duplicate)) == both
    assert set(ids("/v1/statements", speaker="V. Selenskyj")) == both
    assert client.get(f"/v1/statements/{gone['id']}").json["speaker"]["id"] == kept


def test_the_old_id_still_names_the_speaker_in_bodies(pair, merge, record, oppose, ids):
    duplicate, kept = pair
    merge(duplicate, kept)
    said = record(speaker={"id": duplicate})
    assert said["speaker"]["id"] == kept
    contradiction = oppose(said["id"], record(speaker="Anna Berg")["id"])
    other = contradiction["statements"][1]["speaker"]["id"]
    assert ids("/v1/contradictions", speaker=duplicate) == [contradiction["id"]]
    assert ids("/v1/contradictions", between=f"{kept},{other}") == [contradiction["id"]]
    assert ids("/v1/contradictions", between=f"{duplicate},{other}") == [contradiction["id"]]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "", None),
        ("HEAD", "", None),
        ("PATCH", "", {"role": "Präsident"}),
        ("DELETE", "", None),
        ("POST", "/merge", {"into": 3}),
    ],
)
def test_the_old_address_answers_308_for_every_method(client, pair, merge, add, method, path, body):
    duplicate, kept = pair
    add("/v1/speakers", name="Anna Berg", kind="person")
    merge(duplicate, kept)
    answer = client.open(f"/v1/speakers/{duplicate}{path}", method=method, json=body)
    assert answer.status_code == 308
    assert answer.headers["Location"] == f"/v1/speakers/{kept}{path}"
    assert answer.data == b""


def test_an_address_merged_twice_leads_straight_to_the_last(client, pair, merge, add, ids):
    duplicate, kept = pair
    last = add("/v1/speakers", name="Anna Berg", kind="person")["id"]
    merge(duplicate, kept)
    merge(kept, last)
    assert client.get(f"/v1/speakers/{duplicate}").headers["Location"] == f"/v1/speakers/{last}"
    assert ids("/v1/speakers") == [last]
    assert {"V. Selenskyj", "Wolodymyr", "Zelensky"} <= set(
        client.get(f"/v1/speakers/{last}").json["aliases"]
    )


def test_merging_the_same_again_answers_the_same(pair, merge):
    duplicate, kept = pair
    first = merge(duplicate, kept).json
    again = merge(duplicate, kept)
    assert (again.status_code, again.json) == (200, first)


def test_a_speaker_is_not_merged_into_itself_or_nobody(pair, merge, refused):
    duplicate, _ = pair
    refused(merge(duplicate, duplicate), 422, pointer="/into")
    refused(merge(duplicate, 99), 422, pointer="/into")
    refused(merge(99, duplicate), 404)


def test_a_merge_in_a_circle_is_refused(pair, merge, add, refused):
    duplicate, kept = pair
    last = add("/v1/speakers", name="Anna Berg", kind="person")["id"]
    merge(duplicate, kept)
    refused(merge(kept, duplicate), 409)
    merge(kept, last)
    refused(merge(last, duplicate), 409)


def test_a_speaker_others_were_merged_into_is_not_deleted(client, pair, merge, refused):
    duplicate, kept = pair
    merge(duplicate, kept)
    problem = refused(client.delete(f"/v1/speakers/{kept}"), 409)
    assert problem["resting"] == {"merged_speakers": [duplicate]}


def test_a_merge_is_held_to_the_version_that_was_read(client, pair, merge, refused):
    duplicate, kept = pair
    tag = client.get(f"/v1/speakers/{duplicate}").headers["ETag"]
    client.patch(f"/v1/speakers/{duplicate}", json={"role": "Präsident"})
    refused(merge(duplicate, kept, **{"If-Match": tag}), 412)
    tag = client.get(f"/v1/speakers/{duplicate}").headers["ETag"]
    assert merge(duplicate, kept, **{"If-Match": tag}).status_code == 200


def test_a_contradiction_between_the_two_becomes_one_speakers_own(client, pair, merge, record, ids):
    duplicate, kept = pair
    record("The harbour is open", language="en", speaker={"id": duplicate}, said_on="2026-03-14")
    record("The harbour is not open", language="en", speaker={"id": kept}, said_on="2026-03-14")
    (raised,) = ids("/v1/contradictions", scope="cross_speaker")
    merge(duplicate, kept)
    assert ids("/v1/contradictions", scope="cross_speaker") == []
    shown = client.get(f"/v1/contradictions/{raised}").json
    assert shown["scope"] == "same_speaker"


def test_a_contradiction_put_in_by_hand_changes_its_scope_too(client, pair, merge, record, oppose):
    duplicate, kept = pair
    sides = [record(speaker={"id": each})["id"] for each in pair]
    contradiction = oppose(*sides)
    assert contradiction["scope"] == "cross_speaker"
    merge(duplicate, kept)
    shown = client.get(f"/v1/contradictions/{contradiction['id']}").json
    assert (shown["scope"], shown["status"]) == ("same_speaker", "flagged")


def test_a_decision_outlives_a_merge_that_leaves_two_speakers(client, pair, merge, record, oppose):
    duplicate, kept = pair
    contradiction = oppose(record(speaker={"id": duplicate})["id"], record()["id"])
    address = f"/v1/contradictions/{contradiction['id']}"
    client.patch(address, json={"status": "dismissed", "reason": "misread"})
    merge(duplicate, kept)
    shown = client.get(address).json
    assert (shown["status"], shown["reason"]) == ("dismissed", "misread")


def test_a_decision_on_a_duplicates_own_statements_outlives_the_merge(
    client, pair, merge, record, oppose
):
    duplicate, kept = pair
    contradiction = oppose(*(record(speaker={"id": duplicate})["id"] for _ in range(2)))
    address = f"/v1/contradictions/{contradiction['id']}"
    client.patch(address, json={"status": "dismissed", "reason": "misread"})
    merge(duplicate, kept)
    shown = client.get(address).json
    assert (shown["status"], shown["scope"]) == ("dismissed", "same_speaker")
    assert shown["statements"][0]["speaker"]["id"] == kept


def test_words_that_both_said_can_still_be_revised_and_recorded(client, pair, merge, record):
    duplicate, kept = pair
    twins = [record("Das ist so", speaker={"id": each})["id"] for each in pair]
    merge(duplicate, kept)
    for statement in twins:
        answer = client.patch(f"/v1/statements/{statement}", json={"cue": "sagte"})
        assert answer.status_code == 200, answer.text
    again = record("Das ist so", speaker={"id": kept}, status=200)
    assert again["id"] in twins


def test_a_merge_does_not_revive_what_was_withdrawn(client, record, oppose, add):
    first, second = record(), record(speaker="Bo Falk")
    pair = oppose(first["id"], second["id"])
    client.patch(f"/v1/contradictions/{pair['id']}", json={"status": "confirmed"})
    client.delete(f"/v1/statements/{first['id']}")
    other = add("/v1/speakers", name="A. Berg", kind="person")
    client.post(f"/v1/speakers/{first['speaker']['id']}/merge", json={"into": other["id"]})
    assert client.get(f"/v1/contradictions/{pair['id']}").json["status"] == "withdrawn"
    assert client.get(f"/v1/statements/{second['id']}").json["contradiction_count"] == 0
