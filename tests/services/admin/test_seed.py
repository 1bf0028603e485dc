"""``counterclaim seed``: the seeds come in through the door that everyone uses."""

import json
from importlib import resources

import pytest

from api.services.admin.seed import load_seeds

SEEDS = [
    json.loads(line)
    for file in resources.files("seeds").iterdir()
    if file.name.endswith(".ndjson")
    for line in file.read_text(encoding="utf-8").splitlines()
]


@pytest.fixture
def seeded(client):
    return load_seeds()


def test_every_seed_is_recorded_with_its_parts(client, seeded, listing):
    assert seeded == (len(SEEDS), 0) == (20, 0)
    stored = {each["external_id"]: each for each in listing("/v1/statements")}
    assert set(stored) == {seed["external_id"] for seed in SEEDS}
    for seed in SEEDS:
        shown = stored[seed["external_id"]]
        for name in ("text", "kind", "said_on", "topics"):
            assert shown[name] == seed[name]
        assert shown["speaker"]["kind"] == seed["speaker"]["kind"]
        assert shown["verbatim"] == seed.get("verbatim", [])


def test_seeding_twice_doubles_nothing(client, seeded, listing):
    before = client.get("/v1/statements?limit=200")
    assert load_seeds() == (0, len(SEEDS))
    after = client.get("/v1/statements?limit=200")
    assert (after.data, after.headers["ETag"]) == (before.data, before.headers["ETag"])
    assert len(listing("/v1/sources")) == 1


def test_what_was_retracted_is_not_seeded_again(client, seeded, ids):
    client.delete("/v1/statements/1")
    assert load_seeds() == (0, len(SEEDS))
    assert client.get("/v1/statements/1").json["status"] == "retracted"
    assert len(ids("/v1/statements")) == len(SEEDS) - 1


def test_what_was_revised_stays_revised(client, seeded):
    client.patch("/v1/statements/2", json={"text": "Ukraine will coordinate with its allies"})
    assert load_seeds() == (0, len(SEEDS))
    assert client.get("/v1/statements/2").json["version"] == 2


TERRITORY = {frozenset({"01", "07"}), frozenset({"04", "07"})}
TENSIONS = {frozenset({"10", "14"})}
# Not wanted, but not wrong either: a call cannot well be constructive and full of tensions.
DEFENSIBLE = {frozenset({"11", "14"})}


def flagged(listing):
    """The flagged pairs by the numbers of their seeds, with nature and basis."""
    return {
        frozenset(side["external_id"][-2:] for side in each["statements"]): (
            each["nature"],
            each["basis"],
        )
        for each in listing("/v1/contradictions")
    }


def test_the_seeds_hold_the_three_contradictions_and_no_wrong_one(client, seeded, listing):
    found = flagged(listing)
    assert {pair: found.get(pair) for pair in TERRITORY} == dict.fromkeys(
        TERRITORY, ("position", ["stance"])
    )
    assert {found.get(pair, "?")[0] for pair in TENSIONS} == {"factual"}
    assert set(found) - DEFENSIBLE == TERRITORY | TENSIONS


def test_posting_the_seeds_in_another_order_finds_the_same(client, listing):
    for seed in sorted(SEEDS, key=lambda seed: seed["text"], reverse=True):
        assert client.post("/v1/statements", json=seed).status_code == 201
    assert set(flagged(listing)) - DEFENSIBLE == TERRITORY | TENSIONS
