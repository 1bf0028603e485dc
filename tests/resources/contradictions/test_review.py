"""``PATCH /v1/contradictions/{id}``: confirmed or dismissed, for as long as the pair stays."""

import pytest

REASONS = [
    "different_subject",
    "different_time",
    "different_scope",
    "conditional",
    "restatement",
    "refinement",
    "misread",
    "other",
]


@pytest.fixture
def pair(record):
    """Two statements in English that the engine holds against each other, and their address."""
    record("The harbour is open", language="en", said_on="2026-03-14")
    second = record(
        "The harbour is not open", language="en", said_on="2026-03-14", speaker="Bo Falk"
    )
    (raised,) = second["contradictions"]
    return f"/v1/contradictions/{raised['id']}"


DISMISSAL = {"status": "dismissed", "reason": "different_time"}


def test_a_review_is_shown_with_who_when_and_why(client, oppose):
    address = f"/v1/contradictions/{oppose()['id']}"
    given = {
        "status": "dismissed",
        "reason": "misread",
        "reviewed_by": "A. Editor",
        "note": "Es ging um den anderen Hafen.",
    }
    answer = client.patch(address, json=given)
    assert answer.status_code == 200
    assert answer.json == client.get(address).json
    assert {name: answer.json[name] for name in given} == given
    assert answer.json["reviewed_at"] >= answer.json["created_at"]
    assert answer.json["version"] == 2


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_is_taken(client, oppose, reason):
    address = f"/v1/contradictions/{oppose()['id']}"
    answer = client.patch(address, json={"status": "dismissed", "reason": reason})
    assert answer.json["reason"] == reason


def test_a_dismissed_one_no_longer_counts_and_a_confirmed_one_does(client, oppose, ids):
    first, second = oppose(), oppose()
    client.patch(f"/v1/contradictions/{first['id']}", json=DISMISSAL)
    client.patch(f"/v1/contradictions/{second['id']}", json={"status": "confirmed"})
    assert ids("/v1/contradictions") == [second["id"]]
    counts = [
        client.get(f"/v1/statements/{each['statements'][0]['id']}").json["contradiction_count"]
        for each in (first, second)
    ]
    assert counts == [0, 1]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/status"),
        ({"status": "flagged"}, "/status"),
        ({"status": "withdrawn"}, "/status"),
        ({"status": None}, "/status"),
        ({"status": "dismissed"}, "/reason"),
        ({"status": "dismissed", "reason": None}, "/reason"),
        ({"status": "dismissed", "reason": "boring"}, "/reason"),
        ({"status": "confirmed", "reason": "misread"}, "/reason"),
        ({"status": "confirmed", "note": ""}, "/note"),
        ({"status": "confirmed", "reviewed_by": 7}, "/reviewed_by"),
        ({"status": "confirmed", "score": 1}, "/score"),
    ],
)
def test_what_a_review_cannot_be_is_refused_by_field(client, oppose, refused, body, pointer):
    address = f"/v1/contradictions/{oppose()['id']}"
    refused(client.patch(address, json=body), 422, pointer=pointer)
    assert client.get(address).json["status"] == "flagged"


def test_deciding_a_decided_one_names_the_decision_and_takes_its_current_etag(
    client, oppose, refused
):
    address = f"/v1/contradictions/{oppose()['id']}"
    unseen = client.get(address).headers["ETag"]
    client.patch(address, json=DISMISSAL | {"reviewed_by": "A. Editor"})
    for headers in ({}, {"If-Match": unseen}):
        answer = client.patch(address, json={"status": "confirmed"}, headers=headers)
        decision = refused(answer, 409)["decision"]
        assert (decision["status"], decision["reason"]) == ("dismissed", "different_time")
        assert (decision["reviewed_by"], bool(decision["reviewed_at"])) == ("A. Editor", True)
    current = client.get(address).headers["ETag"]
    answer = client.patch(address, json={"status": "confirmed"}, headers={"If-Match": current})
    assert (answer.status_code, answer.json["status"]) == (200, "confirmed")
    assert answer.json["reason"] is answer.json["reviewed_by"] is None


def test_an_undecided_one_is_held_to_the_version_that_was_read(client, oppose, refused):
    address = f"/v1/contradictions/{oppose()['id']}"
    refused(client.patch(address, json=DISMISSAL, headers={"If-Match": '"7.x"'}), 412)
    current = client.get(address).headers["ETag"]
    answer = client.patch(address, json=DISMISSAL, headers={"If-Match": current})
    assert answer.status_code == 200


def test_of_two_reviews_at_once_one_is_told_of_the_other(client, oppose, at_once):
    address = f"/v1/contradictions/{oppose()['id']}"
    answers = at_once(
        lambda caller: caller.patch(address, json=DISMISSAL),
        lambda caller: caller.patch(address, json={"status": "confirmed"}),
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    told = next(answer for answer in answers if answer.status_code == 409)
    assert told.json["decision"]["status"] == client.get(address).json["status"]


def test_a_withdrawn_one_is_not_decided(client, pair, refused):
    client.delete("/v1/statements/1")
    refused(client.patch(pair, json=DISMISSAL), 409)


def test_a_dismissed_pair_stays_dismissed_while_its_texts_stay(client, pair, ids):
    client.patch(pair, json=DISMISSAL)
    changes = {"cue": "sagte", "topics": ["häfen"], "source": {"title": "Kurier"}, "role": "Rätin"}
    client.patch("/v1/statements/1", json=changes)
    client.patch("/v1/statements/2", json={"text": "The  harbour is NOT open"})
    shown = client.get(pair).json
    assert (shown["status"], shown["reason"]) == ("dismissed", "different_time")
    assert ids("/v1/contradictions") == []


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "The harbour is not yet open"},
        {"said_on": "2026-03"},
        {"speaker": {"name": "Cy Holm", "kind": "person"}},
    ],
)
def test_a_dismissed_pair_is_judged_anew_when_one_of_them_changes(client, pair, changes):
    client.patch(pair, json=DISMISSAL)
    client.patch("/v1/statements/2", json=changes)
    shown = client.get(pair).json
    assert shown["status"] in ("flagged", "candidate", "withdrawn")
    assert shown["reason"] is shown["reviewed_at"] is None


def test_a_dismissal_returns_with_the_words_it_was_made_on(client, pair):
    client.patch(pair, json=DISMISSAL)
    client.patch("/v1/statements/2", json={"text": "The lighthouse is tall"})
    assert client.get(pair).json["status"] == "withdrawn"
    client.patch("/v1/statements/2", json={"text": "The harbour is not open"})
    shown = client.get(pair).json
    assert (shown["status"], shown["reason"]) == ("dismissed", "different_time")


@pytest.mark.parametrize("review", [DISMISSAL, {"status": "confirmed"}])
def test_a_decision_holds_when_a_side_is_retracted_and_recorded_again(
    client, pair, record, listing, review
):
    client.patch(pair, json=review)
    client.delete("/v1/statements/2")
    record("The harbour is not open", language="en", said_on="2026-03-14", speaker="Bo Falk")
    shown = listing("/v1/contradictions", statement=1, status=["flagged", review["status"]])
    assert [each["status"] for each in shown] == [review["status"]]
    assert client.get("/v1/statements/1").json["contradiction_count"] == (
        1 if review["status"] == "confirmed" else 0
    )
