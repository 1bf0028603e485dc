"""Words that were redacted come again, and in no way do they come back."""

import json
import sqlite3
import subprocess
from contextlib import closing
from threading import Event, Thread

import pytest

from api.ledger.storage.database import database
from tests.durability.test_two_workers import call
from tests.resources.articles.ferry import post
from tests.serving import own, serving

WORDS = "The quokkas nibbled all the zinnias"
REASON = {"reason": "Asked for by a witness."}
ARTICLE = """Zinnias

“The garden was in bloom,” Anna Berg said on Monday.

“The quokkas nibbled all the zinnias,” Anna Berg said. “Nobody stopped them,” she said.

Tom Reed said the fence will be built in May.
"""


def redact(client, statement):
    answer = client.post(f"/v1/statements/{statement}/redaction", json=REASON)
    assert answer.status_code == 200, answer.text
    return answer.json


def everything():
    """All rows of all tables, and all records of the history."""
    from api.ledger.models import Change

    rows = [
        repr(row)
        for table in database.get_tables()
        for row in database.execute_sql(f'SELECT * FROM "{table}"').fetchall()
    ]
    return "\n".join([*rows, *(change.record or "" for change in Change.select())])


def posted(url, body):
    """The status and the body of what a server answers."""
    status, _, told = call(url, "POST", body)
    return status, told


@pytest.fixture
def redacted(client, record):
    """The id of a statement that is redacted."""
    statement = record(WORDS, topics=["quokkas and zinnias"], source={"title": "Blatt"})["id"]
    redact(client, statement)
    return statement


def test_topics_made_of_the_words_go_with_them(client, redacted):
    assert "zinnia" not in everything()


def test_so_do_those_that_were_taken_away_before(client, record):
    statement = record(WORDS, topics=["quokkas and zinnias"])["id"]
    client.patch(f"/v1/statements/{statement}", json={"topics": []})
    assert "zinnia" not in repr(database.execute_sql("SELECT * FROM topic").fetchall())


@pytest.mark.parametrize(
    "text", [WORDS, WORDS.upper(), f"“{WORDS}.”", "The quokkas\u200b nibbled  all the zinnias!"]
)
def test_a_statement_of_the_words_is_refused(client, record, redacted, text):
    told = record(text, speaker="Bo Falk", status=409)
    assert told["statement"] == redacted
    assert "redacted" in told["detail"]
    assert record("The quokkas nibbled all the tulips")["status"] == "active"


def test_no_other_way_brings_them_back(client, record, add, redacted):
    other = record()["id"]
    assert client.patch(f"/v1/statements/{other}", json={"text": WORDS}).status_code == 409
    source = {"source": {"title": "Bote"}, "text": WORDS}
    assert client.post(f"/v1/statements/{other}/appearances", json=source).status_code == 409
    review = {
        "statement": other,
        "url": "https://checks.example/1",
        "author": {"name": "Checks"},
        "rating": {"label": "False"},
        "claim": WORDS,
    }
    assert client.post("/v1/reviews", json=review).status_code == 409
    line = {"kind": "claim", "text": WORDS, "speaker": {"name": "Bo Falk", "kind": "person"}}
    lines = [line, {**line, "text": "Es regnet", "language": "de"}]
    answer = client.post(
        "/v1/statements/import",
        data="\n".join(map(json.dumps, lines)),
        content_type="application/x-ndjson",
    )
    told = [json.loads(each) for each in answer.get_data(as_text=True).splitlines()]
    assert [each["outcome"] for each in told] == ["refused", "created"]
    assert told[0]["problem"]["status"] == 409
    found = {
        "@type": "ClaimReview",
        "url": "https://facts.example/1",
        "author": {"@type": "Organization", "name": "Quay Facts"},
        "claimReviewed": WORDS,
        "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "Anna Berg"}},
        "reviewRating": {"@type": "Rating", "alternateName": "False"},
    }
    (outcome,) = client.post("/v1/reviews/import", json=found).json["outcomes"]
    assert outcome["outcome"] == "refused"
    assert "zinnia" not in everything().casefold()


@pytest.mark.parametrize("form", ["text", "html"])
def test_an_article_that_is_posted_again_leaves_them_out(client, form):
    body = {"text": ARTICLE}
    if form == "html":
        blocks = "".join(f"<p>{each}</p>" for each in ARTICLE.split("\n\n")[1:])
        page = f"<html><body><article>{blocks}</article></body></html>"
        body = {"text": None, "html": page}
    first = post(client, source={"title": "Blatt"}, **body)
    (statement,) = [each for each in first["statements"] if "zinnias" in each["text"]]
    beside = [each for each in first["statements"] if "zinnias" in (each["context"] or "")]
    assert beside
    redact(client, statement["id"])
    assert "nibbled" not in everything()
    for source in ({"title": "Blatt"}, {"title": "Bote"}):
        for dry_run in (True, False):
            status = 200 if dry_run or source["title"] == "Blatt" else 201
            answer = post(client, source=source, dry_run=dry_run, status=status, **body)
            outcomes = {each["id"]: each["outcome"] for each in answer["statements"]}
            assert outcomes[statement["id"]] == "redacted"
            assert len(answer["statements"]) == len(first["statements"])
            assert "nibbled" not in json.dumps(answer)
    assert "nibbled" not in everything()
    active = client.get("/v1/statements").json["items"]
    assert len(active) == len(first["statements"]) - 1


@pytest.mark.sqlite
def test_a_reader_who_stays_is_told_of_and_the_words_go_when_he_is_done(tmp_path):
    ledger, reading, done = tmp_path / "ledger.db", Event(), Event()

    def read_on():
        with closing(sqlite3.connect(ledger)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM statement").fetchone()
            reading.set()
            done.wait(60)

    def is_anywhere():
        files = (ledger, tmp_path / "ledger.db-wal")
        return any(b"zinnia" in file.read_bytes() for file in files if file.exists())

    with serving(tmp_path) as address:
        body = {"kind": "claim", "text": WORDS, "speaker": {"name": "Anna Berg", "kind": "person"}}
        status, made = posted(f"{address}/v1/statements", body)
        assert status == 201
        reader = Thread(target=read_on)
        reader.start()
        reading.wait(60)
        at = f"{address}/v1/statements/{made['id']}/redaction"
        try:
            status, told = posted(at, REASON)
            assert (status, told["text"]) == (202, "[redacted]")
            assert is_anywhere()
            assert posted(at, REASON)[0] == 202
        finally:
            done.set()
            reader.join()
        assert posted(at, REASON)[0] == 200
        assert not is_anywhere()
        program, environment = own(tmp_path)
        backup = [program, "backup", tmp_path / "copy.db"]
        copied = subprocess.run(
            backup, env=environment, cwd=tmp_path, capture_output=True, text=True
        )
        assert copied.returncode == 0, copied.stderr
    files = [file for file in tmp_path.rglob("copy.db*") if file.is_file()]
    assert files
    assert not any(b"zinnia" in file.read_bytes() for file in files)


@pytest.mark.sqlite
def test_a_process_that_opens_the_ledger_finishes_what_another_left(tmp_path):
    ledger = tmp_path / "ledger.db"
    body = {"kind": "claim", "text": WORDS, "speaker": {"name": "Anna Berg", "kind": "person"}}
    with closing(sqlite3.connect(ledger)) as reader:
        with serving(tmp_path) as address:
            _, made = posted(f"{address}/v1/statements", body)
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM statement").fetchone()
            at = f"{address}/v1/statements/{made['id']}/redaction"
            assert posted(at, REASON)[0] == 202
        reader.rollback()
        with serving(tmp_path):
            (unswept,) = reader.execute("SELECT unswept FROM ledger").fetchone()
            assert unswept is None
            reader.rollback()
            assert b"zinnia" not in ledger.read_bytes()
            assert b"zinnia" not in (tmp_path / "ledger.db-wal").read_bytes()


@pytest.mark.postgresql
def test_on_a_server_too_a_reader_who_stays_is_told_of(app, client, record):
    psycopg = pytest.importorskip("psycopg")
    statement = record(WORDS)["id"]
    at = f"/v1/statements/{statement}/redaction"
    with psycopg.connect(app.config["SETTINGS"].database_url) as reader:
        reader.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        reader.execute("SELECT count(*) FROM statement").fetchone()
        assert client.post(at, json=REASON).status_code == 202
    assert client.post(at, json=REASON).status_code == 200
