"""What reviewers decide has a history of its own, which a redaction takes out."""

import pytest

from api.ledger.history import decisions
from api.ledger.models import Change, Decision
from api.services.proof.verify import Difference, verify


@pytest.fixture
def decide(client):
    """Decides on a contradiction."""

    def decide_it(contradiction, **decided):
        answer = client.patch(f"/v1/contradictions/{contradiction['id']}", json=decided)
        assert answer.status_code == 200, answer.text

    return decide_it


def told():
    return [
        (change.action, change.who, change.kept() and change.kept()["status"])
        for change in Change.those(subject=decisions.NAME)
    ]


def differences():
    return [str(found) for found in verify() if isinstance(found, Difference)]


def test_a_decision_is_kept_with_who_made_it_and_closed_when_it_is_taken_back(
    client, oppose, decide
):
    pair = oppose()
    decide(pair, status="confirmed", reviewed_by="Eve")
    assert told() == [("confirmed", "Eve", "confirmed")]
    sides = [each["id"] for each in pair["statements"]]
    client.delete(f"/v1/statements/{sides[0]}")
    assert len(told()) == 1 and differences() == []


def test_who_puts_a_pair_in_again_takes_back_what_was_decided_on_it(oppose, client, decide):
    pair = oppose()
    decide(pair, status="confirmed", reviewed_by="Eve")
    sides = [each["id"] for each in pair["statements"]]
    client.patch(f"/v1/statements/{sides[0]}", json={"text": "Anders"})
    decide(pair, status="dismissed", reason="misread")
    client.patch(f"/v1/statements/{sides[0]}", json={"text": "Aussage Nummer 1"})
    assert differences() == []


def test_a_redaction_takes_out_what_was_decided_of_earlier_words_too(client, oppose, decide):
    pair = oppose()
    said = pair["statements"][0]["id"]
    decide(pair, status="confirmed", note="Quokkas, indeed")
    client.patch(f"/v1/statements/{said}", json={"text": "Etwas anderes"})
    assert Decision.select().count() == 1
    answer = client.post(f"/v1/statements/{said}/redaction", json={"reason": "Case 7."})
    assert answer.status_code == 200
    assert Decision.select().count() == 0
    first, *others = Change.those(subject=decisions.NAME)
    assert (first.record, first.salt) == (None, None)
    assert [(each.action, each.record) for each in others] == [
        ("deleted", "null"),
        ("redacted", "null"),
    ]
    assert differences() == []


def test_a_merge_keeps_decisions_on_the_words_of_who_is_left(client, record, oppose, decide):
    one = record(speaker="Ann Berg")["id"]
    decide(oppose(one, record()["id"]), status="dismissed", reason="misread")
    merged = client.post("/v1/speakers/1/merge", json={"into": 2})
    assert merged.status_code == 200
    assert differences() == []
