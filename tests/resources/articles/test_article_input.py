"""Articles that cannot be read: a clear problem, and nothing stored."""

import time

import pytest

from tests.resources.articles.ferry import SOURCE, TEXT

CURLY = "\x93It will close,\x94 said Bo Falk."


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"text": ""}, "/text"),
        ({"text": " \n\t "}, "/text"),
        ({}, "/text"),
        ({"text": TEXT, "html": "<p>x</p>"}, "/html"),
        ({"text": "It\0will close"}, "/text"),
        ({"text": "\x01\x02\x03\x04"}, "/text"),
        ({"text": CURLY}, "/text"),
        ({"text": CURLY.replace("\x93", "\ufffd")}, "/text"),
        ({"text": "It will \ud83d close"}, "/text"),
        ({"html": "<nav>Home</nav>"}, "/html"),
        ({"html": "plain words"}, "/html"),
        ({"html": "\x89PNG\r\n\x1a\n"}, "/html"),
        ({"html": "<div>" * 10_000 + "She said so."}, "/html"),
        ({"text": TEXT, "source": {}}, "/source"),
        ({"text": TEXT, "source": SOURCE | {"published_on": "2026-02-30"}}, "/source/published_on"),
        ({"text": TEXT, "source": SOURCE | {"url": "ftp://post.example/1"}}, "/source/url"),
        ({"text": TEXT, "source": SOURCE | {"url": "javascript:alert(1)"}}, "/source/url"),
        ({"text": TEXT, "source": {"id": 7}}, "/source/id"),
        ({"text": TEXT, "source": {"id": 7, "title": "x"}}, "/source/id"),
        ({"text": TEXT, "author": "x"}, "/author"),
        (
            {"text": TEXT, "speakers": [{"mention": "Brook", "speaker": {"id": 7}}]},
            "/speakers/0/speaker/id",
        ),
        (
            {"text": TEXT, "speakers": [{"mention": "the king", "speaker": {"id": 7}}]},
            "/speakers/0/mention",
        ),
        (
            {
                "text": TEXT,
                "speakers": [
                    {"mention": name, "speaker": {"name": "Ada Brook", "kind": "person"}}
                    for name in ("Brook", "brook")
                ],
            },
            "/speakers",
        ),
    ],
)
def test_an_article_that_cannot_be_read_is_refused(empty_client, refused, body, pointer):
    answer = empty_client.post("/v1/articles", json={"source": SOURCE, **body})
    refused(answer, 422, pointer=pointer)


def test_another_language_is_refused_saying_what_is_read(empty_client, refused):
    source = SOURCE | {"language": "de"}
    answer = empty_client.post("/v1/articles", json={"source": source, "text": "Er sagte es."})
    assert "English" in refused(answer, 422, pointer="/source/language")["detail"]


@pytest.mark.parametrize(
    "text",
    [
        "„Die Boote sind nicht das Problem“, sagte der Wirt der Kneipe auf dem Kai und die Wirtin.",
        "« Les bateaux ne sont pas le problème », a dit le patron du café sur le quai de la ville.",
        "«Лодки не проблема», — сказал хозяин.",
    ],
    ids=["German", "French", "Russian"],
)
@pytest.mark.parametrize("source", [{"title": "T"}, SOURCE], ids=["untold", "told to be English"])
def test_what_reads_as_another_language_is_refused(empty_client, refused, text, source):
    answer = empty_client.post("/v1/articles", json={"source": source, "text": text})
    assert "English" in refused(answer, 422, pointer="/text")["detail"]


@pytest.mark.parametrize("body", [{"text": "x" * 1_000_001}, {"html": "<p>word</p>" * 300_000}])
def test_what_is_longer_than_an_article_is_refused(empty_client, refused, body):
    refused(empty_client.post("/v1/articles", json={"source": SOURCE, **body}), 413)


def test_the_longest_article_is_a_setting(open_ledger, refused):
    client = open_ledger(max_article=len(TEXT) - 1).test_client()
    answer = client.post("/v1/articles", json={"source": SOURCE, "text": TEXT})
    refused(answer, 413)


@pytest.mark.parametrize(
    "body",
    [b"\x89PNG\r\n\x1a\n", b'{"source": {"title": "T"}, "text": "caf\xe9 said so"}'],
    ids=["binary", "mixed encodings"],
)
def test_a_body_that_is_no_utf_8_is_refused(empty_client, refused, body):
    answer = empty_client.post("/v1/articles", data=body, content_type="application/json")
    refused(answer, 400)


@pytest.mark.parametrize(
    "text", ["word " * 6_000, '"' * 10_000, "“no” " * 6_000], ids=["words", "marks", "quotes"]
)
def test_a_text_without_a_full_stop_is_read_in_time(client, text):
    started = time.process_time()
    answer = client.post("/v1/articles?dry_run=true", json={"source": SOURCE, "text": text})
    assert answer.status_code == 200
    assert time.process_time() - started < 20


def test_a_stray_control_character_is_let_pass(client):
    text = TEXT.replace("bakery", "b\x83kery")
    answer = client.post("/v1/articles", json={"source": SOURCE, "text": text})
    assert answer.status_code == 201


def test_what_fails_half_way_leaves_nothing(empty_client, monkeypatch):
    calls = []

    def fail(statement, *_):
        calls.append(statement)
        if len(calls) == 3:
            raise RuntimeError("half way")

    monkeypatch.setattr("api.services.statements.record.judge_new", fail)
    answer = empty_client.post("/v1/articles", json={"source": SOURCE, "text": TEXT})
    assert (answer.status_code, len(calls)) == (500, 3)
