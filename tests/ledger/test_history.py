"""Every version of everything is kept, canonical and hashed with a salt of its own."""

import hashlib
import json

import pytest
import rfc8785

from api.ledger.history import decisions
from api.ledger.history.chain import hash_of_record
from api.ledger.models import Change, CrossReference, Source, Speaker, Statement, Subject


@pytest.fixture
def busy_ledger(client, record, oppose, add):
    """A ledger in which everything that can happen has happened."""
    said = record("Der Hafen “bleibt” 🚢", said_on="2026-03-14~", source={"title": "Kurier"})
    other = record(speaker="Bo Falk", confidence=0.1, position={"start": 0, "end": 7})
    record("Der Hafen “bleibt” 🚢", said_on="2026-03-14~", source={"title": "Bote"}, status=200)
    client.patch(f"/v1/statements/{said['id']}", json={"cue": "sagte", "topics": ["häfen"]})
    pair = oppose(said["id"], other["id"])
    client.patch(f"/v1/contradictions/{pair['id']}", json={"status": "confirmed"})
    link = {"from_statement": said["id"], "to_statement": other["id"]}
    reference = add("/v1/references", kind="quotes", **link)
    client.delete(f"/v1/references/{reference['id']}")
    duplicate = add("/v1/speakers", name="A. Berg", kind="person")
    record(speaker="A. Berg")
    merged = client.post(f"/v1/speakers/{duplicate['id']}/merge", json={"into": 1})
    assert merged.status_code == 200
    client.patch("/v1/sources/1", json={"publisher": "Verlag"})
    client.delete(f"/v1/statements/{other['id']}")
    return list(Change.select().order_by(Change.id))


def test_each_record_is_canonical_json(busy_ledger):
    assert len(busy_ledger) > 15
    for change in busy_ledger:
        assert rfc8785.dumps(json.loads(change.record)).decode() == change.record


def test_each_record_hash_is_sha_256_of_its_salt_and_its_record(busy_ledger):
    for change in busy_ledger:
        salt = bytes(change.salt)
        expected = hashlib.sha256(salt + change.record.encode()).digest()
        assert hash_of_record(change) == expected
    salts = {bytes(change.salt) for change in busy_ledger}
    assert len(salts) == len(busy_ledger)
    assert {len(salt) for salt in salts} == {16}


def test_versions_of_a_thing_are_counted_without_a_gap(busy_ledger):
    versions = {}
    for change in busy_ledger:
        versions.setdefault((change.subject, change.subject_id), []).append(change.version)
    for subject, found in versions.items():
        assert found == list(range(1, len(found) + 1)), subject


def test_the_latest_record_of_everything_is_what_is_stored(busy_ledger):
    # Decisions have no number of their own; ``verify`` holds them to their history.
    of_subjects = [change for change in busy_ledger if change.subject != decisions.NAME]
    latest = {(change.subject, change.subject_id): change for change in of_subjects}
    kinds = Subject.__subclasses__()
    assert {Statement, Speaker, Source, CrossReference} <= set(kinds)
    stored = {(kind._meta.table_name, each.id): each for kind in kinds for each in kind.select()}
    kept = {key: change for key, change in latest.items() if change.record != "null"}
    assert set(stored) == set(kept)
    for key, each in stored.items():
        assert json.loads(kept[key].record) == each.record(), key
        assert kept[key].version == each.version, key


def test_what_was_deleted_is_closed_by_a_version_without_a_record(busy_ledger):
    found = [change for change in busy_ledger if change.subject == "cross_reference"]
    assert [(change.action, change.record == "null") for change in found] == [
        ("created", False),
        ("deleted", True),
    ]


def test_a_refused_or_rehearsed_write_leaves_no_record(client, record):
    record()
    before = Change.select().count()
    body = {"kind": "claim", "text": "So", "language": "de", "speaker": {"name": "Neu"}}
    assert client.post("/v1/statements", json=body).status_code == 422
    body["speaker"]["kind"] = "person"
    assert client.post("/v1/statements?dry_run=true", json=body).status_code == 200
    client.patch("/v1/statements/1", json={"cue": "sagte"}, headers={"If-Match": '"9.x"'})
    assert Change.select().count() == before
