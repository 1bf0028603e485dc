"""``/v1/speakers``: found, listed, revised, deleted."""

import pytest


@pytest.fixture
def names(listing):
    def read(**parameters):
        return [item["name"] for item in listing("/v1/speakers", **parameters)]

    return read


def test_a_speaker_is_shown_whole(client, add):
    given = {
        "name": "Anna Berg",
        "kind": "person",
        "aliases": ["A. B.", "Berg"],
        "role": "Hafenmeisterin",
        "wikidata": "Q42",
    }
    made = add("/v1/speakers", **given)
    shown = client.get(f"/v1/speakers/{made['id']}").json
    assert shown == made
    assert {name: shown[name] for name in given} == given
    assert (shown["distinct"], shown["version"]) == (False, 1)


def test_two_share_a_name_only_when_made_distinct(client, add, refused):
    first = add("/v1/speakers", name="Zoë Berg", kind="person", role="Lotsin")
    for name in ("Zoë Berg", "zoe\u0308  BERG"):
        answer = client.post("/v1/speakers", json={"name": name, "kind": "person"})
        (candidate,) = refused(answer, 409)["candidates"]
        assert (candidate["id"], candidate["role"]) == (first["id"], "Lotsin")
    second = add("/v1/speakers", name="Zoë Berg", kind="person", distinct=True)
    assert second["id"] != first["id"]
    assert second["distinct"] is True


def test_a_name_and_anothers_alias_are_not_shared_either(client, add, refused):
    add("/v1/speakers", name="Anna Berg", kind="person", aliases=["Hafenmeisterin"])
    as_alias = {"name": "Hafenmeisterin", "kind": "person"}
    refused(client.post("/v1/speakers", json=as_alias), 409)
    by_alias = {"name": "Neu", "kind": "person", "aliases": ["ANNA berg"]}
    refused(client.post("/v1/speakers", json=by_alias), 409)


def test_an_alias_may_be_shared_and_is_then_never_guessed(client, add, refused):
    both = [
        add("/v1/speakers", name=name, kind="person", aliases=["Der Chef"])["id"]
        for name in ("Anna Berg", "Bo Falk")
    ]
    body = {"kind": "claim", "text": "So", "language": "de", "speaker": {"name": "der chef"}}
    problem = refused(client.post("/v1/statements", json=body), 409)
    assert [each["id"] for each in problem["candidates"]] == both


def test_lists_by_name_and_filters(add, names):
    add("/v1/speakers", name="bo Falk", kind="person", wikidata="Q2")
    add("/v1/speakers", name="Amt", kind="organization", wikidata="Q1")
    add("/v1/speakers", name="Charta", kind="document")
    assert names() == ["Amt", "bo Falk", "Charta"]
    assert names(kind="person") == ["bo Falk"]
    assert names(kind=["document", "organization"]) == ["Amt", "Charta"]
    assert names(wikidata="Q2") == ["bo Falk"]
    assert names(wikidata=["Q1", "Q2"], kind="organization") == ["Amt"]


def test_searches_the_beginnings_of_words_in_names_and_aliases(add, names):
    add("/v1/speakers", name="Volodymyr Selenskyj", kind="person", aliases=["Zelensky"])
    add("/v1/speakers", name="Zoë Straße", kind="person")
    assert names(q="zelen") == ["Volodymyr Selenskyj"]
    assert names(q="selen volo") == ["Volodymyr Selenskyj"]
    assert names(q="zoe strass") == ["Zoë Straße"]
    assert names(q="lensky") == []
    for literal in ("NEAR(zoe", 'zoe"', "zoe*", "z -o"):
        assert names(q=literal) in ([], ["Zoë Straße"])


def test_a_revised_speaker_is_found_by_new_names_and_no_longer_by_old_ones(client, add, names):
    speaker = add("/v1/speakers", name="Anna Berg", kind="person", aliases=["Frau B."])
    changes = {"name": "Anna Tal", "aliases": ["Frau T."], "role": "Rätin", "wikidata": None}
    answer = client.patch(f"/v1/speakers/{speaker['id']}", json=changes)
    assert answer.status_code == 200
    assert answer.json == client.get(f"/v1/speakers/{speaker['id']}").json
    assert {name: answer.json[name] for name in changes} == changes
    assert answer.json["version"] == 2
    assert names(q="Tal") == ["Anna Tal"]
    assert names(q="Berg") == []


def test_a_revised_name_shows_in_the_statements(client, record):
    statement = record(speaker="Anna Berg")
    address = f"/v1/statements/{statement['id']}"
    tag = client.get(address).headers["ETag"]
    client.patch(f"/v1/speakers/{statement['speaker']['id']}", json={"name": "Anna Tal"})
    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.json["speaker"]["name"]) == (200, "Anna Tal")


def test_a_speaker_is_not_revised_to_anothers_name(client, add, refused):
    anna = add("/v1/speakers", name="Anna Berg", kind="person")
    bo = add("/v1/speakers", name="Bo Falk", kind="person")
    address = f"/v1/speakers/{bo['id']}"
    for changes in ({"name": "anna BERG"}, {"aliases": ["Anna Berg"]}):
        (candidate,) = refused(client.patch(address, json=changes), 409)["candidates"]
        assert candidate["id"] == anna["id"]
    both = {"name": "Anna Berg", "distinct": True}
    assert client.patch(address, json=both).json["name"] == "Anna Berg"


def test_a_revision_that_changes_nothing_makes_no_version(client, add):
    speaker = add("/v1/speakers", name="Anna Berg", kind="person")
    for changes in ({}, {"name": "Anna Berg"}):
        answer = client.patch(f"/v1/speakers/{speaker['id']}", json=changes)
        assert answer.json["version"] == 1


def test_a_speaker_on_whom_nothing_rests_is_deleted(client, add, names):
    speaker = add("/v1/speakers", name="Anna Berg", kind="person")
    address = f"/v1/speakers/{speaker['id']}"
    assert client.delete(address).status_code == 204
    assert client.get(address).status_code == 404
    assert client.delete(address).status_code == 404
    assert names() == names(q="anna") == []
    assert add("/v1/speakers", name="Anna Berg", kind="person")["id"] != speaker["id"]


def test_a_speaker_with_statements_is_not_deleted_and_they_are_named(client, record, refused):
    said = [record(speaker="Anna Berg"), record(speaker="Anna Berg")]
    client.delete(f"/v1/statements/{said[0]['id']}")
    answer = client.delete(f"/v1/speakers/{said[0]['speaker']['id']}")
    resting = refused(answer, 409)["resting"]
    assert sorted(resting["statements"]) == [each["id"] for each in said]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"kind": "person"}, "/name"),
        ({"name": "A"}, "/kind"),
        ({"name": " ", "kind": "person"}, "/name"),
        ({"name": "A\0", "kind": "person"}, "/name"),
        ({"name": "\ud800", "kind": "person"}, "/name"),
        ({"name": "A" * 501, "kind": "person"}, "/name"),
        ({"name": 7, "kind": "person"}, "/name"),
        ({"name": "A", "kind": "alien"}, "/kind"),
        ({"name": "A", "kind": "person", "aliases": "B"}, "/aliases"),
        ({"name": "A", "kind": "person", "aliases": ["B", ""]}, "/aliases/1"),
        ({"name": "A", "kind": "person", "aliases": [None]}, "/aliases/0"),
        ({"name": "A", "kind": "person", "wikidata": "42"}, "/wikidata"),
        ({"name": "A", "kind": "person", "wikidata": "Q0"}, "/wikidata"),
        ({"name": "A", "kind": "person", "distinct": "true"}, "/distinct"),
        ({"name": "A", "kind": "person", "distinct": 1}, "/distinct"),
        ({"name": "A", "kind": "person", "id": 1}, "/id"),
        ({"name": "A", "kind": "person", "colour": "red"}, "/colour"),
    ],
)
def test_what_a_speaker_cannot_be_is_refused_by_field(empty_client, refused, body, pointer):
    refused(empty_client.post("/v1/speakers", json=body), 422, pointer=pointer)


def test_the_same_name_at_once_makes_one_speaker(at_once, names):
    body = {"name": "Anna Berg", "kind": "person"}
    answers = at_once(*[lambda caller: caller.post("/v1/speakers", json=body)] * 4)
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert names() == ["Anna Berg"]


def test_a_speaker_with_a_distinct_twin_can_still_be_revised(client, add):
    first = add("/v1/speakers", name="John Smith", kind="person")
    add("/v1/speakers", name="John Smith", kind="person", distinct=True)
    answer = client.patch(f"/v1/speakers/{first['id']}", json={"role": "Mayor"})
    assert (answer.status_code, answer.json["role"]) == (200, "Mayor")


def test_a_name_with_another_wikidata_id_is_not_guessed(record, add):
    known = add("/v1/speakers", name="Ivan Irving", kind="person", wikidata="Q1")
    other = {"name": "Ivan Irving", "kind": "person", "wikidata": "Q2"}
    (candidate,) = record(speaker=other, status=409)["candidates"]
    assert candidate["id"] == known["id"]
