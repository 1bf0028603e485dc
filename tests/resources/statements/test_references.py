"""Curated cross-references, and everything a statement is tied to."""

import pytest

KINDS = ("supports", "restates", "responds_to", "quotes", "qualifies", "corrects")


@pytest.fixture
def two(record):
    return record()["id"], record()["id"]


@pytest.fixture
def tied(client):
    def read(statement, **parameters):
        answer = client.get(f"/v1/statements/{statement}/references", query_string=parameters)
        assert answer.status_code == 200, answer.text
        return answer.json

    return read


def near(neighbours):
    return [each["statement"]["id"] for each in neighbours]


@pytest.mark.parametrize("kind", KINDS)
def test_a_reference_is_drawn_read_and_removed(client, two, kind):
    body = {"kind": kind, "from_statement": two[0], "to_statement": two[1], "note": "S. 3"}
    answer = client.post("/v1/references", json=body)
    assert answer.status_code == 201
    address = answer.headers["Location"]
    shown = client.get(address).json
    assert shown == answer.json
    assert {name: shown[name] for name in body} == body
    assert client.delete(address).status_code == 204
    assert client.get(address).status_code == 404
    assert client.delete(address).status_code == 404


def test_the_same_reference_is_there_once(client, two, add, ids):
    body = {"kind": "quotes", "from_statement": two[0], "to_statement": two[1]}
    first = add("/v1/references", **body)
    again = client.post("/v1/references", json=body)
    assert (again.status_code, again.json) == (200, first)
    back = {"kind": "quotes", "from_statement": two[1], "to_statement": two[0]}
    assert add("/v1/references", **back)["id"] != first["id"]
    assert len(ids("/v1/references")) == 2


def test_references_are_listed_by_statement_at_either_end_and_by_kind(record, two, add, ids):
    first, second = two
    third = record()["id"]
    one = add("/v1/references", kind="supports", from_statement=first, to_statement=second)["id"]
    two_ = add("/v1/references", kind="quotes", from_statement=third, to_statement=first)["id"]
    assert ids("/v1/references", statement=first) == [one, two_]
    assert ids("/v1/references", statement=second) == [one]
    assert ids("/v1/references", statement=[second, third]) == [one, two_]
    assert ids("/v1/references", kind="quotes") == [two_]
    assert ids("/v1/references", kind=["quotes", "supports"], statement=third) == [two_]
    assert ids("/v1/references", kind="corrects") == []


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"to_statement": 1}, "/to_statement"),
        ({"to_statement": 99}, "/to_statement"),
        ({"from_statement": 99}, "/from_statement"),
        ({"from_statement": "1"}, "/from_statement"),
        ({"from_statement": 0}, "/from_statement"),
        ({"from_statement": 2**63}, "/from_statement"),
        ({"kind": "hates"}, "/kind"),
        ({"kind": None}, "/kind"),
        ({"note": ""}, "/note"),
        ({"weight": 1}, "/weight"),
    ],
)
def test_what_a_reference_cannot_be_is_refused_by_field(
    client, two, refused, ids, changes, pointer
):
    body = {"kind": "quotes", "from_statement": two[0], "to_statement": two[1], **changes}
    refused(client.post("/v1/references", json=body), 422, pointer=pointer)
    assert ids("/v1/references") == []


def test_a_statement_shows_curated_references_from_both_ends_with_why(two, add, tied):
    first, second = two
    add("/v1/references", kind="supports", from_statement=first, to_statement=second, note="S. 3")
    (outgoing,) = tied(first)["references"]
    (incoming,) = tied(second)["references"]
    assert (outgoing["statement"]["id"], incoming["statement"]["id"]) == (second, first)
    assert outgoing["kind"] == incoming["kind"] == "supports"
    assert outgoing["note"] == "S. 3"
    assert outgoing["why"] != incoming["why"]
    assert "support" in outgoing["why"]


def test_a_statement_shows_its_contradictions_with_why(client, oppose, tied):
    pair = oppose(explanation="Beides kann nicht sein.")
    first, second = (side["id"] for side in pair["statements"])
    for statement in (first, second):
        (shown,) = tied(statement)["contradictions"]
        assert (shown["id"], shown["why"]) == (pair["id"], "Beides kann nicht sein.")
    address = f"/v1/contradictions/{pair['id']}"
    client.patch(address, json={"status": "dismissed", "reason": "other"})
    assert tied(first)["contradictions"] == []


def test_the_same_words_by_another_or_on_another_day_are_restatements(client, record, tied):
    first = record("Der Hafen bleibt offen", said_on="2026-03-14")["id"]
    later = record("der hafen bleibt OFFEN", said_on="2026-04-01")["id"]
    other = record("Der Hafen bleibt offen", speaker="Bo Falk")["id"]
    record("Etwas anderes", speaker="Cy Holm")
    gone = record("Der Hafen bleibt offen", speaker="Cy Holm")["id"]
    client.delete(f"/v1/statements/{gone}")
    restatements = tied(first)["restatements"]
    assert near(restatements) == [later, other]
    assert all(each["why"] for each in restatements)


def test_nearly_the_same_in_english_is_a_restatement_and_the_opposite_is_not(record, tied):
    first = record("Ukraine will not give up territory", language="en")["id"]
    alike = record("Ukraine will not give up any territory", speaker="Bo Falk", language="en")["id"]
    opposed = record("Ukraine will give up territory", speaker="Cy Holm", language="en")["id"]
    shown = tied(first)
    assert near(shown["restatements"]) == [alike]
    assert opposed in [
        side["id"] for each in shown["contradictions"] for side in each["statements"]
    ]


def test_other_statements_of_the_same_speaker_are_shown_the_latest_first(client, record, tied):
    first = record(said_on="2026-03-01")["id"]
    early = record(said_on="2026-01-01")["id"]
    late = record(said_on="2026-06-01")["id"]
    gone = record()["id"]
    record(speaker="Bo Falk")
    client.delete(f"/v1/statements/{gone}")
    neighbours = tied(first)["same_speaker"]
    assert near(neighbours) == [late, early]
    assert all("Anna Berg" in each["why"] for each in neighbours)


def test_statements_on_the_same_topics_are_shown_most_shared_first(client, record, tied):
    first = record(topics=["häfen", "verkehr"])["id"]
    both = record(speaker="Bo Falk", topics=["verkehr", "häfen"])["id"]
    one = record(speaker="Bo Falk", topics=["häfen"])["id"]
    record(speaker="Bo Falk", topics=["steuern"])
    gone = record(speaker="Bo Falk", topics=["häfen"])["id"]
    client.delete(f"/v1/statements/{gone}")
    neighbours = tied(first)["same_topic"]
    assert near(neighbours) == [both, one]
    assert "häfen" in neighbours[1]["why"]
    assert "verkehr" in neighbours[0]["why"]


def test_a_statement_is_never_near_itself_and_each_sort_keeps_to_the_limit(record, tied):
    made = [record("Das Gleiche", said_on=f"2026-03-0{day}", topics=["t"]) for day in range(1, 6)]
    shown = tied(made[0]["id"], limit=2)
    for sort in ("restatements", "same_speaker", "same_topic"):
        assert len(shown[sort]) == 2
        assert made[0]["id"] not in near(shown[sort])


def test_nothing_is_tied_to_a_statement_alone_or_not_there(client, record, tied, refused):
    assert tied(record()["id"]) == {
        "contradictions": [],
        "references": [],
        "reviews": [],
        "restatements": [],
        "same_speaker": [],
        "same_topic": [],
    }
    refused(client.get("/v1/statements/99/references"), 404)
    for limit in ("0", "51", "all"):
        answer = client.get(f"/v1/statements/1/references?limit={limit}")
        refused(answer, 422, parameter="limit")
