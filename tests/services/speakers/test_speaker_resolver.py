"""A speaker is matched in one way, whether one is looked up or a batch of them."""

from itertools import product

import pytest

from api.services.common.speaker_resolver import SpeakerResolver, resolve

NAMES = ["Anna Berg", "ANNA BERG", "A. Berg", "Bo Falk", "Several", "Officials", "Nobody Known"]
KINDS = [None, "person", "organization", "unnamed"]
MORE = [{}, {"wikidata": "Q1"}, {"wikidata": "Q9"}, {"aliases": ["Bo Falk", "Harbour"]}]
GIVEN = [
    {"name": name, **({"kind": kind} if kind else {}), **more}
    for name, kind, more in product(NAMES, KINDS, MORE)
] + [{"id": each} for each in range(9)]


@pytest.fixture
def filled(client, record):
    """People and organizations of one name, a band called Several, a mention, a merged speaker."""
    for speaker in (
        {"name": "Anna Berg", "kind": "person", "aliases": ["A. Berg"], "wikidata": "Q1"},
        {"name": "Anna Berg", "kind": "organization", "distinct": True},
        {"name": "Arne Berg", "kind": "person", "aliases": ["A. Berg"], "distinct": True},
        {"name": "Several", "kind": "organization", "distinct": True},
        {"name": "Bo Falk", "kind": "person"},
        {"name": "Bo Falck", "kind": "person"},
    ):
        assert client.post("/v1/speakers", json=speaker).status_code == 201
    assert client.post("/v1/speakers/6/merge", json={"into": 5}).status_code == 200
    record("The harbour is closed", speaker={"name": "Officials", "kind": "unnamed"})


def told(found):
    ids = tuple(tuple(each.id for each in some) for some in (found.candidates, found.bearers))
    return found.outcome, found.speaker and found.speaker.id, *ids, found.kind


@pytest.mark.usefixtures("filled")
def test_one_and_a_batch_are_resolved_alike():
    batched = SpeakerResolver.of_all(GIVEN)
    outcomes = set()
    for given in GIVEN:
        single = resolve(given)
        assert told(batched.resolve(given)) == told(single), given
        outcomes.add(single.outcome)
    assert outcomes == {"known", "new", "ambiguous", "taken", "missing"}


@pytest.mark.usefixtures("filled")
def test_what_is_resolved_is_what_a_request_comes_to(client):
    """Told of each speaker before a statement names it; in the order that changes least."""
    statuses = {"known": 201, "ambiguous": 409, "taken": 409, "missing": 422}
    for number, given in enumerate(GIVEN):
        if given.get("id") == 0:
            continue
        found = resolve(given)
        status = statuses.get(found.outcome, 201 if found.kind else 422)
        body = {"kind": "claim", "text": f"Aussage {number}", "language": "de", "speaker": given}
        answer = client.post("/v1/statements?dry_run=true", json=body)
        assert (200 if status == 201 else status) == answer.status_code, (given, answer.json)
        if found.outcome in ("ambiguous", "taken"):
            named = [each["id"] for each in answer.json["candidates"]]
            assert named == [each.id for each in found.candidates]
        if found.speaker is not None:
            assert answer.json["speaker"]["id"] == found.speaker.id
