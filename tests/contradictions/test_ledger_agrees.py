"""What `check` says of the project's own pairs is what an empty ledger raises of them."""

import json
from pathlib import Path

import pytest

from api.contradictions import analyse
from api.services.statements.record import PreparedStatement, commit_statement

PAIRS = [
    json.loads(line)
    for line in (Path(__file__).parent / "pairs" / "pairs_dev.jsonl").read_text().splitlines()
]
SAID_ON = "2025-03-01"
RAISED = ["candidate", "flagged"]
MOST_PAIRS = 500


def statements():
    """The body of each statement, by pair and side: a speaker a pair, one date."""
    return {
        (number, side): {
            "kind": "claim",
            "text": pair[side],
            "said_on": SAID_ON,
            "speaker": {"name": f"Zo{number} Quill{number}", "kind": "person"},
        }
        for number, pair in enumerate(PAIRS)
        for side in "ab"
    }


def over_http(client, bodies):
    """Record each statement as a caller does; gives the id of each."""
    ids = {}
    for key, body in bodies:
        answer = client.post("/v1/statements", json=body)
        assert answer.status_code == 201, answer.text
        ids[key] = answer.json["id"]
    return ids


def in_bulk(client, bodies):
    """Record each through the service, all texts read at once."""
    analyses = analyse([body["text"] for _, body in bodies])
    plain = {"language": "en", "topics": [], "verbatim": []}
    return {
        key: commit_statement(PreparedStatement(plain | body, analysis))[0]
        for (key, body), analysis in zip(bodies, analyses, strict=True)
    }


def forwards(bodies):
    return sorted(bodies.items())


def backwards(bodies):
    return sorted(bodies.items(), reverse=True)


@pytest.fixture(scope="module")
def said():
    """What `check` said, so that it is asked once for both orders."""
    return {}


@pytest.mark.parametrize(("store", "order"), [(over_http, forwards), (in_bulk, backwards)])
def test_the_ledger_raises_what_check_says(client, listing, said, store, order):
    bodies = statements()
    ids = store(client, order(bodies))
    keys = {number: key for key, number in ids.items()}
    assert len(keys) == len(bodies)

    raised = {}
    for found in listing("/v1/contradictions", status=RAISED, limit=200):
        sides = sorted(keys[side["id"]] for side in found["statements"])
        raised[tuple(sides)] = as_ledger_says(found, keys)
    own = [((number, "a"), (number, "b")) for number in range(len(PAIRS))]
    between = sorted(set(raised) - set(own))
    asked = own + between
    said |= checked(client, bodies, [pair for pair in asked if pair not in said])

    told = {pair: said[pair] for pair in asked if said[pair][0] != "none"}
    assert raised == told
    assert len(told) > len(PAIRS) // 4


def as_ledger_says(found, keys):
    spans = {
        (keys[each["statement"]], each["start"], each["end"], each["text"], each["role"])
        for each in found["evidence"]
    }
    return found["status"], found["nature"], tuple(found["basis"]), found["score"], frozenset(spans)


def checked(client, bodies, pairs):
    """What `check` says of pairs of statements, in the form of `as_ledger_says`."""
    said = {}
    for start in range(0, len(pairs), MOST_PAIRS):
        some = pairs[start : start + MOST_PAIRS]
        asked = [
            {side: asked_of(bodies[key]) for side, key in zip("ab", p, strict=True)} for p in some
        ]
        answer = client.post("/v1/contradictions/check", json={"pairs": asked})
        assert answer.status_code == 200, answer.text
        for pair, verdict in zip(some, answer.json["results"], strict=True):
            spans = {
                (
                    pair["ab".index(each["side"])],
                    each["start"],
                    each["end"],
                    each["text"],
                    each["role"],
                )
                for each in verdict["evidence"]
            }
            said[pair] = (
                verdict["verdict"],
                verdict["nature"],
                tuple(verdict["basis"]),
                verdict["score"],
                frozenset(spans),
            )
    return said


def asked_of(body):
    return {
        "text": body["text"],
        "speaker": body["speaker"]["name"],
        "said_on": body["said_on"],
    }
