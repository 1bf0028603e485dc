"""Answers are compressed for who accepts it, and are the same answers to caches and revisions."""

import gzip
import http.client
import json
from urllib.parse import urlsplit

import pytest

from tests.serving import new_key, serving

GZIP = {"Accept_Encoding": "gzip"}
LONG = (
    "/v1/statements",
    "/v1/statements?limit=10&sort=said_on",
    "/v1/statements/7/references",
    "/v1/contradictions.atom",
    "/openapi.json",
    "/openapi.yaml",
    "/docs/swagger-ui.css",
    "/metrics",
)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("compressed")
    with serving(folder, seeds=True, workers="1") as address:
        yield urlsplit(address).netloc


@pytest.fixture
def call(server):
    connection = http.client.HTTPConnection(server, timeout=30)

    def ask(address, method="GET", body=None, **headers):
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, address, body, sent)
        answer = connection.getresponse()
        return answer, answer.read()

    yield ask
    connection.close()


@pytest.mark.parametrize("address", LONG)
def test_what_is_long_is_compressed_for_who_accepts_it(call, address):
    for _ in range(3):  # The second and the third may be answered by a shorter way.
        answer, body = call(address, Accept_Encoding="gzip, deflate, br")
        assert answer.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in answer.headers["Vary"]
        plain, whole = call(address)
        assert plain.headers["Content-Encoding"] is None
        assert "Accept-Encoding" in plain.headers["Vary"]
        assert plain.headers["Content-Type"] == answer.headers["Content-Type"]
        if address != "/metrics":
            assert gzip.decompress(body) == whole
            assert len(body) < len(whole) / 2


@pytest.mark.parametrize(
    ("accepted", "compressed"),
    [
        ("gzip", True),
        ("GZIP;q=0.5", True),
        ("br, *;q=0.1", True),
        ("br;q=1.0, gzip;q=0.8, identity;q=0.5", True),
        ("identity", False),
        ("br, deflate", False),
        ("gzip;q=0", False),
        ("gzip;q=0, *", False),
        ("gzip;q=0.2, identity;q=0.9", False),
        ("gzip;q=much", False),
        ("", False),
    ],
)
def test_nobody_is_sent_what_he_does_not_accept(call, accepted, compressed):
    answer, _ = call("/v1/statements", Accept_Encoding=accepted)
    assert (answer.headers["Content-Encoding"] == "gzip") is compressed


def test_what_is_short_goes_as_it_is(call):
    answer, body = call("/v1/speakers/1", **GZIP)
    assert answer.headers["Content-Encoding"] is None
    assert answer.headers["ETag"].startswith('"')
    assert json.loads(body)["id"] == 1


@pytest.mark.parametrize("address", ["/v1/statements", "/v1/speakers", "/openapi.json"])
def test_a_copy_of_either_form_is_confirmed_under_its_own_tag(call, address):
    compressed, _ = call(address, **GZIP)
    plain, _ = call(address)
    weak, strong = compressed.headers["ETag"], plain.headers["ETag"]
    assert weak == f"W/{strong}"
    for tag in (weak, strong):
        fresh, body = call(address, If_None_Match=tag, **GZIP)
        assert (fresh.status, body, fresh.headers["ETag"]) == (304, b"", tag)
        assert "Accept-Encoding" in fresh.headers["Vary"]
    changed, _ = call(address, If_None_Match='W/"0.other"', **GZIP)
    assert changed.status == 200


def test_head_tells_what_get_would_answer(call):
    head, nothing = call("/v1/statements", "HEAD", **GZIP)
    got, _ = call("/v1/statements", **GZIP)
    assert nothing == b""
    for name in ("Content-Encoding", "ETag", "Vary", "Content-Type"):
        assert head.headers[name] == got.headers[name]
    assert head.headers["Content-Length"] in (None, got.headers["Content-Length"])


def test_a_version_read_compressed_can_be_revised(call):
    text = "The dam " + "is being repaired and " * 40 + "holds"
    made = {"kind": "claim", "text": text, "speaker": {"name": "Ada Brook", "kind": "person"}}
    answer, body = call(
        "/v1/statements", "POST", json.dumps(made), Content_Type="application/json", **GZIP
    )
    assert answer.status == 201
    address, tag = answer.headers["Location"], answer.headers["ETag"]
    assert tag.startswith("W/")
    assert json.loads(gzip.decompress(body))["text"] == text
    for expected in (200, 412):
        revised, _ = call(
            address,
            "PATCH",
            json.dumps({"cue": f"said {expected}"}),
            Content_Type="application/json",
            If_Match=tag,
        )
        assert revised.status == expected


def test_a_whole_list_streams_compressed(call):
    answer, body = call(
        "/v1/statements?all=true", Accept="application/x-ndjson", Accept_Encoding="gzip"
    )
    assert answer.headers["Content-Encoding"] == "gzip"
    _, plain = call("/v1/statements?all=true", Accept="application/x-ndjson")
    assert gzip.decompress(body) == plain


def test_outcomes_of_an_import_are_compressed_as_they_go_out(server):
    lines = [
        {"kind": "claim", "text": f"Bridge {number} holds", "speaker": {"id": 1}}
        for number in range(3)
    ]
    connection = http.client.HTTPConnection(server, timeout=30)
    connection.request(
        "POST",
        "/v1/statements/import",
        "\n".join(map(json.dumps, lines)),
        {"Accept-Encoding": "gzip", "Content-Type": "application/x-ndjson"},
    )
    answer = connection.getresponse()
    assert answer.headers["Content-Encoding"] == "gzip"
    told = gzip.decompress(answer.read())
    assert [json.loads(each)["outcome"] for each in told.splitlines()] == ["created"] * 3
    connection.close()


def test_an_answer_with_a_secret_is_never_compressed(tmp_path):
    with serving(tmp_path, workers="1") as address:
        key = new_key(tmp_path, "admin")
        connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
        url = "https://desk.example/" + "n" * 1_500
        body = json.dumps({"url": url, "events": ["contradiction.flagged"]})
        headers = {
            "Accept-Encoding": "gzip",
            "Authorization": f"Bearer {key}",
            "Content-Type": "application/json",
        }
        connection.request("POST", "/v1/webhooks", body, headers)
        answer = connection.getresponse()
        made = json.loads(answer.read())
        assert (answer.status, answer.headers["Content-Encoding"]) == (201, None)
        assert made["secret"].startswith("whsec_")
        assert "no-transform" in answer.headers["Cache-Control"]
        connection.close()
