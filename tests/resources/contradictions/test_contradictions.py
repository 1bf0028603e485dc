"""``/v1/contradictions``: raised as statements come in, put in by hand, listed."""

import pytest

OPEN = "The harbour is open"
NOT_OPEN = "The harbour is not open"


@pytest.fixture
def english(record):
    def say(text, **fields):
        return record(text, **{"language": "en", "said_on": "2026-03-14", **fields})

    return say


def test_a_contradiction_is_raised_as_the_second_statement_comes_in(client, english, ids):
    first = english(OPEN)
    assert first["contradictions"] == []
    second = english(NOT_OPEN, speaker="Bo Falk")
    (raised,) = second["contradictions"]
    assert [side["id"] for side in raised["statements"]] == [first["id"], second["id"]]
    assert (raised["status"], raised["scope"]) == ("flagged", "cross_speaker")
    assert (raised["nature"], raised["basis"]) == ("factual", ["negation"])
    assert 0 < raised["score"] <= 1
    assert raised["explanation"].endswith(".")
    assert raised["reason"] is raised["reviewed_by"] is raised["reviewed_at"] is None
    assert client.get(f"/v1/contradictions/{raised['id']}").json == raised
    assert second["contradiction_count"] == 1
    assert client.get(f"/v1/statements/{first['id']}").json["contradiction_count"] == 1


def test_evidence_stands_in_the_texts_where_it_says(english):
    english("“👩‍👩‍👧” says the harbour is open")
    for said in english(NOT_OPEN, speaker="Bo Falk")["contradictions"]:
        texts = {side["id"]: side["text"] for side in said["statements"]}
        assert {each["statement"] for each in said["evidence"]} == set(texts)
        for each in said["evidence"]:
            assert texts[each["statement"]][each["start"] : each["end"]] == each["text"] != ""


def test_ones_own_reversal_is_of_the_same_speaker(english):
    english(OPEN)
    (raised,) = english(NOT_OPEN)["contradictions"]
    assert raised["scope"] == "same_speaker"


def test_what_is_not_in_english_or_at_another_time_is_not_held_against(english, ids):
    english(OPEN)
    english(NOT_OPEN, speaker="Bo Falk", language="de")
    english(NOT_OPEN, speaker="Cy Holm", said_on="2019-01-01")
    assert ids("/v1/contradictions", status=["flagged", "candidate"]) == []


def test_a_retraction_withdraws_and_rerecording_raises_anew(client, english, ids):
    english(OPEN)
    second = english(NOT_OPEN, speaker="Bo Falk")
    (raised,) = second["contradictions"]
    client.delete(f"/v1/statements/{second['id']}")
    assert client.get(f"/v1/contradictions/{raised['id']}").json["status"] == "withdrawn"
    assert ids("/v1/contradictions") == []
    assert ids("/v1/contradictions", status="withdrawn") == [raised["id"]]
    (again,) = english(NOT_OPEN, speaker="Bo Falk")["contradictions"]
    assert (again["status"], again["id"] != raised["id"]) == ("flagged", True)


def test_a_revised_text_is_judged_anew(client, english, ids):
    english(OPEN)
    second = english("The lighthouse is tall", speaker="Bo Falk")
    address = f"/v1/statements/{second['id']}"
    assert client.patch(address, json={"text": NOT_OPEN}).json["contradiction_count"] == 1
    (raised,) = ids("/v1/contradictions")
    assert client.patch(address, json={"language": "de"}).json["contradiction_count"] == 0
    assert ids("/v1/contradictions") == []
    assert client.patch(address, json={"language": "en"}).json["contradiction_count"] == 1
    assert ids("/v1/contradictions") == [raised]


def test_one_is_put_in_by_hand(client, record):
    first, second = record("Zehn Schiffe")["id"], record("Elf Schiffe", speaker="Bo Falk")["id"]
    body = {
        "statements": [second, first],
        "nature": "factual",
        "explanation": "Zehn sind nicht elf.",
        "evidence": [{"statement": first, "start": 0, "end": 4, "role": "Zahl"}],
        "note": "Gefunden beim Lesen",
    }
    answer = client.post("/v1/contradictions", json=body)
    assert answer.status_code == 201
    shown = client.get(answer.headers["Location"]).json
    assert shown == answer.json
    assert [side["id"] for side in shown["statements"]] == [first, second]
    assert (shown["basis"], shown["status"], shown["scope"]) == (
        ["manual"],
        "flagged",
        "cross_speaker",
    )
    assert shown["evidence"] == [
        {"statement": first, "start": 0, "end": 4, "text": "Zehn", "role": "Zahl"}
    ]
    assert (shown["explanation"], shown["note"]) == (body["explanation"], body["note"])
    assert client.get(f"/v1/statements/{first}").json["contradiction_count"] == 1


def test_a_pair_is_put_in_once(client, oppose, refused):
    pair = oppose()
    sides = [side["id"] for side in pair["statements"]]
    for same in (sides, sides[::-1]):
        answer = client.post("/v1/contradictions", json={"statements": same, "nature": "position"})
        assert refused(answer, 409)["contradiction"] == pair["id"]


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"statements": [1, 1]}, "/statements/1"),
        ({"statements": [1]}, "/statements"),
        ({"statements": [1, 2, 1]}, "/statements"),
        ({"statements": [1, 99]}, "/statements/1"),
        ({"statements": [1, "2"]}, "/statements/1"),
        ({"statements": [0, 2]}, "/statements/0"),
        ({"statements": [1, 2**63]}, "/statements/1"),
        ({"statements": 1}, "/statements"),
        ({"nature": "moral"}, "/nature"),
        ({"nature": None}, "/nature"),
        ({"explanation": " "}, "/explanation"),
        ({"evidence": [{"statement": 9, "start": 0, "end": 1}]}, "/evidence/0/statement"),
        ({"evidence": [{"statement": 1, "start": 0, "end": 999}]}, "/evidence/0/end"),
        ({"evidence": [{"statement": 1, "start": 2, "end": 2}]}, "/evidence/0/end"),
        ({"evidence": [{"statement": 1, "start": -1, "end": 2}]}, "/evidence/0/start"),
        ({"evidence": [{"statement": 1, "start": 0}]}, "/evidence/0/end"),
        ({"evidence": {}}, "/evidence"),
        ({"status": "confirmed"}, "/status"),
    ],
)
def test_what_cannot_be_put_in_is_refused_by_field(client, record, refused, changes, pointer):
    for speaker in ("Anna Berg", "Bo Falk"):
        record(speaker=speaker)
    body = {"statements": [1, 2], "nature": "factual", **changes}
    refused(client.post("/v1/contradictions", json=body), 422, pointer=pointer)
    assert client.get("/v1/contradictions").json["items"] == []


def test_a_retracted_statement_is_not_held_against_anything(client, record, refused):
    first, second = record()["id"], record()["id"]
    client.delete(f"/v1/statements/{second}")
    body = {"statements": [first, second], "nature": "factual"}
    assert refused(client.post("/v1/contradictions", json=body), 409)["statement"] == second


def test_put_in_by_hand_it_stays_unless_what_was_seen_changes(client, oppose):
    pair = oppose()
    address = f"/v1/contradictions/{pair['id']}"
    statement = f"/v1/statements/{pair['statements'][0]['id']}"
    client.patch(statement, json={"cue": "sagte", "topics": ["häfen"]})
    assert client.get(address).json["status"] == "flagged"
    client.patch(statement, json={"text": "Etwas ganz anderes"})
    assert client.get(address).json["status"] == "candidate"


@pytest.fixture
def three(record, oppose):
    """Three contradictions, no two alike in anything that a filter asks for."""
    anna = record(said_on="2026-01-10", topics=["häfen"])["id"]
    anna_too = record(said_on="2026-01-20")["id"]
    bo = record(said_on="2026-02-10", speaker="Bo Falk", topics=["verkehr"])["id"]
    cy = record(said_on=None, speaker="Cy Holm", topics=["steuern"])["id"]
    own = oppose(anna, anna_too, nature="position")
    across = oppose(anna, bo)
    far = oppose(bo, cy)
    return own["id"], across["id"], far["id"]


def test_filters_by_speaker_and_between_two(three, ids):
    own, across, far = three
    assert ids("/v1/contradictions", speaker="Anna Berg") == [across, own]
    assert ids("/v1/contradictions", speaker=1) == [across, own]
    assert ids("/v1/contradictions", speaker="cy holm") == [far]
    assert ids("/v1/contradictions", speaker=["Anna Berg", "Cy Holm"]) == [far, across, own]
    assert ids("/v1/contradictions", speaker="Nobody") == []
    assert ids("/v1/contradictions", between="1,2") == [across]
    assert ids("/v1/contradictions", between="2,1") == [across]
    assert ids("/v1/contradictions", between="1,1") == [own]
    assert ids("/v1/contradictions", between="1,3") == []


def test_filters_by_topic_statement_nature_scope_and_basis(three, ids):
    own, across, far = three
    assert ids("/v1/contradictions", topic="Häfen") == [across, own]
    assert ids("/v1/contradictions", topic=["steuern", "häfen"]) == [far, across, own]
    assert ids("/v1/contradictions", statement=1) == [across, own]
    assert ids("/v1/contradictions", statement=[2, 4]) == [far, own]
    assert ids("/v1/contradictions", nature="position") == [own]
    assert ids("/v1/contradictions", nature=["factual", "position"]) == [far, across, own]
    assert ids("/v1/contradictions", scope="same_speaker") == [own]
    assert ids("/v1/contradictions", basis="manual") == [far, across, own]
    assert ids("/v1/contradictions", basis=["negation", "stance"]) == []
    assert ids("/v1/contradictions", scope="cross_speaker", topic="häfen") == [across]


def test_filters_by_status(client, three, ids):
    own, across, far = three
    client.patch(f"/v1/contradictions/{own}", json={"status": "confirmed"})
    dismissal = {"status": "dismissed", "reason": "refinement"}
    client.patch(f"/v1/contradictions/{far}", json=dismissal)
    assert ids("/v1/contradictions") == [across, own]
    assert ids("/v1/contradictions", status="flagged") == [across]
    assert ids("/v1/contradictions", status="dismissed") == [far]
    assert ids("/v1/contradictions", status=["dismissed", "confirmed"]) == [far, own]
    assert ids("/v1/contradictions", status="candidate") == []


def test_filters_by_when_either_side_was_said(three, ids):
    own, across, far = three
    assert ids("/v1/contradictions", said_from="2026-02-01") == [far, across]
    assert ids("/v1/contradictions", said_to="2026-01-31") == [across, own]
    dates = {"said_from": "2026-01-15", "said_to": "2026-01-31"}
    assert ids("/v1/contradictions", **dates) == [own]
    dates = {"said_from": "2026-01-25", "said_to": "2026-02-05"}
    assert ids("/v1/contradictions", **dates) == []


def test_sorts_and_filters_by_score(english, oppose, ids, listing):
    english(OPEN)
    (raised,) = english(NOT_OPEN, speaker="Bo Falk")["contradictions"]
    by_hand = oppose()
    assert raised["score"] < by_hand["score"] == 1
    assert ids("/v1/contradictions", sort="-score") == [by_hand["id"], raised["id"]]
    assert ids("/v1/contradictions", min_score=1) == [by_hand["id"]]
    assert ids("/v1/contradictions", min_score=raised["score"], basis="negation") == [raised["id"]]
    for limit in (1, 2):
        shown = listing("/v1/contradictions", sort="-score", limit=limit)
        assert [each["id"] for each in shown] == [by_hand["id"], raised["id"]]


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("between", "1"),
        ("between", "1,2,3"),
        ("between", "1,two"),
        ("between", "0,1"),
        ("between", f"1,{2**63}"),
        ("between", ""),
        ("nature", "moral"),
        ("basis", "hunch"),
        ("scope", "all"),
        ("status", "open"),
        ("min_score", "high"),
        ("min_score", "1.1"),
        ("min_score", "nan"),
        ("statement", "one"),
        ("sort", "score"),
        ("said_from", "2026-13-01"),
        ("said_match", "within"),
    ],
)
def test_a_parameter_that_cannot_be_is_refused_by_name(empty_client, refused, parameter, value):
    answer = empty_client.get("/v1/contradictions", query_string={parameter: value})
    refused(answer, 422, parameter=parameter)


def test_dates_the_wrong_way_round_are_refused(client, refused):
    answer = client.get("/v1/contradictions?said_from=2026-03-15&said_to=2026-03-14")
    refused(answer, 422, parameter="said_to")
