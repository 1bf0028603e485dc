"""Requests' bodies: strict JSON, every field of the right type, nothing half-stored."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

GOOD = {
    "kind": "claim",
    "text": "Der Hafen bleibt offen",
    "language": "de",
    "speaker": {"name": "Anna Berg", "kind": "person"},
}


def send(client, data, content_type="application/json"):
    return client.post("/v1/statements", data=data, content_type=content_type)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"  \n",
        b"{",
        b"kind=claim",
        b'{"kind": "claim"} {}',
        b'{"kind": "claim",}',
        b"{'kind': 'claim'}",
        b'{"kind": "claim", "kind": "quote"}',
        b'{"speaker": {"name": "A", "name": "B"}}',
        b'{"confidence": NaN}',
        b'{"confidence": Infinity}',
        b'{"confidence": -Infinity}',
        b'{"text": "\xff"}',
        b'{"text": "\x00"}',
        b'{"text": "line\nbreak"}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"confidence": ' + b"1" * 5000 + b"}",
        b"\xef\xbb\xbf{}",
    ],
)
def test_what_is_not_json_is_400(empty_client, refused, body):
    refused(send(empty_client, body), 400)


def test_a_name_given_twice_is_named(empty_client, refused):
    assert "kind" in refused(send(empty_client, b'{"kind": 1, "kind": 2}'), 400)["detail"]


@pytest.mark.parametrize("body", ["null", "[]", '"text"', "1", "true", "[{}]"])
def test_a_body_that_is_no_object_is_refused(empty_client, refused, body):
    refused(send(empty_client, body), 422, pointer="")


@pytest.mark.parametrize(
    "content_type",
    [
        None,
        "",
        "nonsense",
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/xml",
        "application/json; charset=latin-1",
        "application/merge-patch+json",
    ],
)
def test_a_body_of_another_type_is_415_and_told_which_are_taken(
    empty_client, refused, content_type
):
    problem = refused(send(empty_client, json.dumps(GOOD), content_type), 415)
    assert problem["accepted"] == ["application/json"]


@pytest.mark.parametrize("content_type", ["application/json; charset=UTF-8", "Application/JSON"])
def test_json_is_taken_however_its_type_is_written(client, content_type):
    assert send(client, json.dumps(GOOD), content_type).status_code == 201


def test_a_merge_patch_revises(client, record):
    answer = client.patch(
        f"/v1/statements/{record()['id']}",
        data='{"cue": "sagte"}',
        content_type="application/merge-patch+json",
    )
    assert answer.json["cue"] == "sagte"


def test_a_body_over_the_stated_size_is_413(open_ledger, refused):
    client = open_ledger(max_body=1000).test_client()
    body = json.dumps(GOOD | {"context": "x" * 1000})
    answer = client.post("/v1/statements", data=body, content_type="application/json")
    refused(answer, 413)
    assert client.post("/v1/statements", json=GOOD).status_code == 201


NO_NUMBER = ("ten", True, [], {})
NO_TEXT = (7, True, [], {}, "", " \t\n", "a\0b", "\ud800", "\udfff x")
WRONG = {
    "/kind": (None, 1, [], {}, "", "rumour"),
    "/text": (None, *NO_TEXT, "x" * 20_001),
    "/verbatim": (None, "offen", 1, {}, []),
    "/verbatim/0": ([None], [1], [""], ["geschlossen"], ["OFFEN"]),
    "/speaker": (None, "Anna Berg", 1, []),
    "/speaker/name": ({}, *({"name": wrong, "kind": "person"} for wrong in (None, *NO_TEXT))),
    "/speaker/kind": ({"name": "A", "kind": None}, {"name": "A", "kind": "alien"}, {"name": "A"}),
    "/speaker/id": (
        *({"id": wrong} for wrong in (None, "1", 1.5, True, 0, -1, 2**63, 2**64, 1)),
        {"id": 1, "name": "Anna Berg"},
    ),
    "/speaker/aliases": ({"name": "A", "kind": "person", "aliases": "B"},),
    "/speaker/wikidata": ({"name": "A", "kind": "person", "wikidata": "Zelensky"},),
    "/speaker/colour": ({"name": "A", "kind": "person", "colour": "red"},),
    "/role": (*NO_TEXT, "x" * 501),
    "/said_on": (*NO_TEXT, "yesterday", "2026-02-30", "2026-03-14T10:00:00Z", " 2026-03-14"),
    "/said_on_text": NO_TEXT,
    "/source": ("Kurier", 1, []),
    "/source/title": ({}, {"title": None}, {"title": 1}, {"publisher": "Kurier"}),
    "/source/url": ({"url": "ftp://a.example"}, {"url": "kurier"}, {"url": "file:///etc/passwd"}),
    "/source/published_on": ({"title": "K", "published_on": "2026-13"},),
    "/source/id": ({"id": 0}, {"id": "1"}, {"id": 2**63}, {"id": 1}, {"id": 1, "title": "K"}),
    "/cue": NO_TEXT,
    "/context": (*NO_TEXT, "x" * 20_001),
    "/position": ("0-5", 1, []),
    "/position/start": (
        {"end": 5},
        *({"start": wrong, "end": 5} for wrong in (None, -1, 0.5, "0", True)),
    ),
    "/position/end": (
        {"start": 0},
        *({"start": 3, "end": wrong} for wrong in (None, 0, 2, 3, "5", 2**53, 2**64, 10**400)),
    ),
    "/topics": (None, "häfen", 1, {}, ["t"] * 51),
    "/topics/0": ([None], [1], [""], ["-"], ["x" * 101], ["\0"]),
    "/language": (None, 1, "", "deutsch", "de_DE", "de\n"),
    "/external_id": (*NO_TEXT, "x" * 256),
    "/confidence": (*NO_NUMBER, "0.5", -0.1, 1.1),
    "/id": (1,),
    "/status": ("retracted",),
    "/Kind": ("claim",),
}


@pytest.mark.parametrize("pointer", WRONG)
def test_every_field_refuses_what_it_cannot_be(empty_client, refused, pointer):
    field = pointer.split("/")[1]
    kept = {"kind": "quote"} if field == "verbatim" else {}
    for wrong in WRONG[pointer]:
        answer = send(empty_client, json.dumps({**GOOD, **kept, field: wrong}))
        assert answer.status_code == 422, (wrong, answer.text)
        refused(answer, 422, pointer=pointer)


@pytest.mark.parametrize("field", ["kind", "text", "speaker"])
def test_what_is_required_is_asked_for(empty_client, refused, field):
    body = {name: value for name, value in GOOD.items() if name != field}
    refused(send(empty_client, json.dumps(body)), 422, pointer=f"/{field}")


@pytest.mark.parametrize(
    "body",
    [
        '{"\\ud800": 1}',
        '{"kind": "\\ud800"}',
        '{"kind": "claim", "text": "\\u0000", "speaker": {"\\udc00": 1}}',
        '{"confidence": 1e400}',
        '{"kind": "claim", "text": "a", "speaker": {"id": 1e3}}',
        '{"speaker": ' + "[" * 900 + "]" * 900 + "}",
        '{"\\u0000": ' + '{"a":' * 400 + "1" + "}" * 401,
    ],
)
def test_strange_json_is_refused_like_any_other(empty_client, refused, body):
    refused(send(empty_client, body), 422)


def test_a_text_of_twenty_thousand_characters_is_taken(client):
    text = "🚢" * 20_000
    answer = send(client, json.dumps(GOOD | {"text": text}))
    assert answer.status_code == 201
    assert client.get("/v1/statements/1").json["text"] == text


def test_a_claim_has_no_verbatim_parts(client, refused):
    refused(send(client, json.dumps(GOOD | {"verbatim": ["Hafen"]})), 422, pointer="/verbatim")
    assert send(client, json.dumps(GOOD | {"verbatim": []})).status_code == 201


def test_wrong_values_in_a_revision_are_refused_and_change_nothing(client, record, refused):
    before = record("Der Hafen bleibt offen")
    address = f"/v1/statements/{before['id']}"
    for field, wrong in (
        ("text", " "),
        ("text", None),
        ("kind", None),
        ("speaker", {"id": 99}),
        ("speaker", {"colour": "red"}),
        ("said_on", "2026-02-30"),
        ("said_on", "2026-03-14/2026-03-13"),
        ("position", {"start": 3, "end": 2}),
        ("position", {"start": 3}),
        ("id", 5),
        ("version", 5),
        ("contradiction_count", 5),
    ):
        answer = client.patch(address, json={"cue": "sagte", field: wrong})
        assert answer.status_code == 422, (field, wrong)
        refused(answer, 422)
    after = client.get(address).json
    assert {**after, "contradictions": []} == before


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
FIELDS = (*GOOD, "verbatim", "said_on", "source", "position", "topics", "confidence", "external_id")


@settings(max_examples=80, suppress_health_check=list(HealthCheck))
@given(
    changes=st.dictionaries(st.sampled_from(FIELDS), ANYTHING, min_size=1, max_size=3),
    surrogate=st.booleans(),
)
def test_no_body_breaks_the_server(client, changes, surrogate):
    body = json.dumps({**GOOD, "language": "de", **changes})
    if surrogate:
        body = body.replace("\\u0000", "\\udead")
    answer = client.post("/v1/statements", data=body, content_type="application/json")
    assert answer.status_code in (200, 201, 409, 422), (body, answer.text)
