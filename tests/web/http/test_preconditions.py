"""ETags: a read answers 304 to who has it, a write answers 412 to who has not seen the latest."""

import re

import pytest


@pytest.fixture
def things(record, add, oppose):
    """The address of one thing of each sort, with a revision of it (None where there is none)."""
    statement = record(source={"title": "Kurier"})
    other = record(speaker="Bo Falk")
    link = {"from_statement": statement["id"], "to_statement": other["id"]}
    return {
        f"/v1/statements/{statement['id']}": {"cue": "sagte"},
        f"/v1/speakers/{statement['speaker']['id']}": {"role": "Lotsin"},
        f"/v1/sources/{statement['source']['id']}": {"publisher": "Bote"},
        f"/v1/contradictions/{oppose(statement['id'], other['id'])['id']}": {"status": "confirmed"},
        f"/v1/references/{add('/v1/references', kind='quotes', **link)['id']}": None,
    }


def test_a_single_thing_answers_304_until_it_changes(client, things):
    for address, changes in things.items():
        tag = client.get(address).headers["ETag"]
        assert re.fullmatch(r'"1\.\w+"', tag), tag
        for held in (tag, f'"x", {tag}', f"W/{tag}", "*"):
            for method in ("GET", "HEAD"):
                answer = client.open(address, method=method, headers={"If-None-Match": held})
                assert (answer.status_code, answer.data) == (304, b""), (address, held)
                assert answer.headers["ETag"] == tag
        if changes is not None:
            assert client.patch(address, json=changes).status_code == 200
            answer = client.get(address, headers={"If-None-Match": tag})
            assert answer.status_code == 200
            assert re.fullmatch(r'"2\.\w+"', answer.headers["ETag"])


def test_if_none_match_compares_the_whole_and_if_match_the_version(client, record, oppose):
    statement = record()
    address = f"/v1/statements/{statement['id']}"
    before = client.get(address).headers["ETag"]
    oppose(statement["id"])
    after = client.get(address, headers={"If-None-Match": before})
    assert (after.status_code, after.json["contradiction_count"]) == (200, 1)
    assert after.headers["ETag"].split(".")[0] == before.split(".")[0]
    answer = client.patch(address, json={"cue": "sagte"}, headers={"If-Match": before})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/v1/statements",
        "/v1/statements?q=aussage&sort=relevance",
        "/v1/statements/1/appearances",
        "/v1/statements/1/history",
        "/v1/speakers",
        "/v1/sources",
        "/v1/topics",
        "/v1/references",
        "/v1/contradictions",
    ],
)
def test_a_list_answers_304_until_the_ledger_changes(client, record, address):
    record()
    tag = client.get(address).headers["ETag"]
    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    record(source={"title": "Kurier"}, topics=["häfen"])
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_no_two_lists_share_an_etag(client, record):
    record()
    addresses = ("/v1/statements", "/v1/statements?limit=1", "/v1/speakers", "/v1/topics")
    assert len({client.get(address).headers["ETag"] for address in addresses}) == len(addresses)


def test_a_list_that_cannot_be_is_refused_even_to_who_has_it(client, record, refused):
    record()
    tag = client.get("/v1/statements").headers["ETag"]
    held = {"If-None-Match": f'{tag}, "x"'}
    refused(client.get("/v1/statements?sort=text", headers=held), 422)
    refused(client.get("/v1/statements/9/appearances", headers={"If-None-Match": "*"}), 404)


def test_a_made_or_revised_things_etag_can_be_sent_on(client):
    body = {"kind": "claim", "text": "So", "language": "de"}
    body["speaker"] = {"name": "Anna Berg", "kind": "person"}
    answer = client.post("/v1/statements", json=body)
    for cue in ("sagte", "schrieb"):
        answer = client.patch(
            "/v1/statements/1", json={"cue": cue}, headers={"If-Match": answer.headers["ETag"]}
        )
        assert answer.status_code == 200


def test_a_stale_if_match_is_412_for_every_write_and_changes_nothing(client, things, refused):
    stale = {"If-Match": '"7.0123456789abcdef"'}
    for address, changes in things.items():
        before = client.get(address)
        if changes is not None:
            refused(client.patch(address, json=changes, headers=stale), 412)
        if "contradictions" not in address:
            refused(client.delete(address, headers=stale), 412)
        after = client.get(address)
        assert (after.data, after.headers["ETag"]) == (before.data, before.headers["ETag"])


@pytest.mark.parametrize(
    ("if_match", "status"),
    [
        ("{tag}", 200),
        ("*", 200),
        ('"9.x", {tag}', 200),
        ('{tag}, "9.x"', 200),
        ('"1.other"', 200),
        ('"2.x"', 412),
        ('"8.x", "9.x"', 412),
        ("W/{tag}", 200),
        ('W/"2.x"', 412),
        ('"x"', 412),
        ('""', 412),
        ('"01.x"', 412),
        ("", 412),
    ],
)
def test_if_match_holds_the_version_against_each_tag(client, record, if_match, status):
    address = f"/v1/statements/{record()['id']}"
    tag = client.get(address).headers["ETag"]
    headers = {"If-Match": if_match.format(tag=tag)}
    assert client.patch(address, json={"cue": "sagte"}, headers=headers).status_code == status


def test_without_if_match_the_latest_version_is_revised(client, record):
    address = f"/v1/statements/{record()['id']}"
    for version, cue in enumerate(("sagte", "schrieb", "rief"), start=2):
        assert client.patch(address, json={"cue": cue}).json["version"] == version


def test_a_write_with_a_current_etag_deletes(client, things):
    for address in reversed(things):
        if "references" in address:
            tag = client.get(address).headers["ETag"]
            assert client.delete(address, headers={"If-Match": tag}).status_code == 204
    retracted = next(iter(things))
    tag = client.get(retracted).headers["ETag"]
    assert client.delete(retracted, headers={"If-Match": tag}).status_code == 204
    assert client.delete(retracted, headers={"If-Match": tag}).status_code == 412


def test_what_is_not_there_matches_nothing(client, refused):
    for headers in ({"If-Match": "*"}, {"If-Match": '"1.x"'}):
        refused(client.patch("/v1/statements/9", json={}, headers=headers), 404)
