"""``counterclaim export`` and ``import --ledger``: the ledger to the byte, or nothing of it."""

import json

import pytest
from click.testing import CliRunner

from api.commands.main import main
from api.ledger.storage.database import connect, database, disconnect, engine
from api.ledger.transfer.tables import CARRIED

LISTS = ("statements", "speakers", "sources", "topics", "references", "contradictions", "reviews")
CHECKERS = {"name": "Checkers", "kind": "organization"}
RATING = {"label": "False", "value": 1, "best": 5, "worst": 1}

DERIVED = ("analysis", "statement_key", "statement_topic", "statement_search", "proposition_search")
DERIVED += ("topic WHERE statements > 0", "(SELECT speaker_id, folded FROM speaker_name) AS named")


@pytest.fixture
def eventful(app, client, add, record):
    """A ledger to which everything happened that can; gives its address."""

    def say(text, speaker="Ada Brook", **fields):
        fields = {"language": "en", "said_on": "2026-02-03", "topics": ["merger"], **fields}
        return record(text, speaker=speaker, **fields)["id"]

    def change(address, **body):
        answer = client.patch(address, json=body)
        assert answer.status_code == 200, answer.text

    for number, company in enumerate(("Acme", "Bolt", "Crane")):
        name, other = f"Witness {number}", f"Second witness {number}"
        say(f"The board approved the merger with {company}", name, external_id=company)
        say(f"The board did not approve the merger with {company}", other)
    change("/v1/contradictions/1", status="confirmed", reviewed_by="A. Editor", note="“Both”.")
    change("/v1/contradictions/2", status="dismissed", reason="different_time")
    # Reworded so that it is raised no more, and back.
    change("/v1/statements/6", text="The board will meet about the merger with Crane")
    record("Der Kran steht still", source={"title": "Hafenpost"}, topics=["kran"])
    client.delete("/v1/statements/7")
    record('Der Kran\n"fährt" wieder, \u2028 heißt es 😀', source={"url": "https://a.example/1"})
    add("/v1/statements/8/appearances", source={"id": 1}, text="fährt", cue="sagte")
    duplicate = add("/v1/speakers", name="A. Brook", kind="person", aliases=["Brook"])["id"]
    say("The harbour will be rebuilt", {"id": duplicate}, confidence=0.1 + 0.2)
    kept = add("/v1/speakers", name="Ada Brook", kind="person")["id"]
    assert client.post(f"/v1/speakers/{duplicate}/merge", json={"into": kept}).status_code == 200
    for kind in ("supports", "quotes"):
        add("/v1/references", kind=kind, from_statement=1, to_statement=2, note="A note.")
    client.delete("/v1/references/2")
    proposition = add("/v1/propositions", text="The harbour should be rebuilt")["id"]
    for statement, stance in ((8, "denies"), (9, "affirms")):
        address = f"/v1/statements/{statement}/stances/{proposition}"
        assert client.put(address, json={"stance": stance}).status_code == 201
    add("/v1/reviews", statement=1, url="https://c.example/1", author=CHECKERS, rating=RATING)
    change("/v1/reviews/1", rating={"explanation": "The minutes say otherwise."})
    statuses = {
        each["status"]
        for status in ("confirmed", "dismissed", "withdrawn", "flagged")
        for each in client.get(f"/v1/contradictions?status={status}").json["items"]
    }
    assert statuses == {"confirmed", "dismissed", "withdrawn", "flagged"}
    headers = {"Idempotency-Key": "once"}
    body = {"kind": "claim", "text": "Einmal", "language": "de", "speaker": {"id": kept}}
    assert client.post("/v1/statements", json=body, headers=headers).status_code == 201
    return app.config["SETTINGS"].database_url


@pytest.fixture
def copy(ledgers, tmp_path):
    """The address of a ledger that is not there yet."""
    return ledgers.new("copy", tmp_path)["database_url"]


@pytest.fixture
def command(monkeypatch):
    """Runs the command on a ledger; gives its result."""

    def run(ledger, *arguments):
        disconnect()
        monkeypatch.setenv("COUNTERCLAIM_DATABASE_URL", ledger)
        result = CliRunner().invoke(main, [str(each) for each in arguments])
        disconnect()
        assert result.exception is None or isinstance(result.exception, SystemExit), result.output
        return result

    return run


def held(ledger, tables):
    connect(ledger, 5000)
    found = {
        table: sorted(map(repr, database.execute_sql(f"SELECT * FROM {table}").fetchall()))
        for table in tables
    }
    disconnect()
    return found


def test_export_import_export_gives_the_same_bytes_and_the_same_ledger(
    eventful, copy, command, tmp_path
):
    first, second = tmp_path / "1.ndjson", tmp_path / "2.ndjson"
    assert command(eventful, "export", first).exit_code == 0
    result = command(copy, "import", "--ledger", first)
    assert result.exit_code == 0, result.output
    assert command(copy, "export", second).exit_code == 0
    assert first.read_bytes() == second.read_bytes()
    assert command(copy, "export").stdout_bytes == first.read_bytes()

    before, after = held(eventful, CARRIED), held(copy, CARRIED)
    assert {table for table, rows in before.items() if not rows} == set()
    assert after == before
    # Names are found by whose they are, not by their row; a topic that nothing active has any
    # more is counted no longer.
    assert held(copy, DERIVED) == held(eventful, DERIVED)
    assert held(copy, ["idempotency"]) == {"idempotency": []}
    connect(copy, 5000)
    assert engine().dangling() is None
    disconnect()


def test_a_dry_run_reads_an_export_whole_and_stores_nothing(
    eventful, copy, command, tmp_path, write_turns
):
    file = tmp_path / "ledger.ndjson"
    command(eventful, "export", file)
    command(copy, "migrate")
    write_turns.clear()
    result = command(copy, "import", "--ledger", file, "--dry-run")
    assert (result.exit_code, result.output) == (0, "It can be taken. Nothing was stored.\n")
    assert write_turns == []
    assert not any(held(copy, CARRIED).values())
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    assert command(copy, "import", "--ledger", file, "--dry-run").exit_code == 1
    file.write_bytes(whole)
    assert command(copy, "import", "--ledger", file).exit_code == 0


@pytest.mark.sqlite
def test_the_full_text_index_of_a_copy_is_whole(eventful, copy, command, tmp_path):
    command(eventful, "export", tmp_path / "ledger.ndjson")
    command(copy, "import", "--ledger", tmp_path / "ledger.ndjson")
    connect(copy, 5000)
    for table in ("statement_search", "speaker_search"):
        database.execute_sql(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
    disconnect()


def test_a_webhook_that_was_there_before_is_not_told_of_what_was_taken_in(
    eventful, copy, command, tmp_path, open_ledger
):
    command(eventful, "export", tmp_path / "ledger.ndjson")
    client = open_ledger(database_url=copy).test_client()
    body = {"url": "https://desk.example/hook", "events": ["statement.created"]}
    assert client.post("/v1/webhooks", json=body).status_code == 201
    command(copy, "import", "--ledger", tmp_path / "ledger.ndjson")
    assert command(copy, "deliver", "--once").output == "0 notices sent.\n"


def test_the_copy_answers_as_the_ledger_did_and_goes_on_after_its_ids(
    eventful, copy, command, tmp_path, open_ledger
):
    command(eventful, "export", tmp_path / "ledger.ndjson")
    original = answers(open_ledger(database_url=eventful).test_client())
    command(copy, "import", "--ledger", tmp_path / "ledger.ndjson")
    client = open_ledger(database_url=copy).test_client()
    assert answers(client) == original
    body = {"kind": "quotes", "from_statement": 2, "to_statement": 3}
    assert client.post("/v1/references", json=body).json["id"] == 3
    body = {
        "kind": "claim",
        "text": "The board did not approve the merger with Acme",
        "said_on": "2026-02-03",
        "speaker": {"name": "Third witness", "kind": "person"},
    }
    raised = client.post("/v1/statements", json=body).json["contradictions"]
    assert [side["external_id"] for side in raised[0]["statements"]] == ["Acme", None]


def answers(client):
    found = {}
    for name in LISTS:
        answer = client.get(f"/v1/{name}?all=true", headers={"Accept": "application/x-ndjson"})
        assert answer.status_code == 200
        found[name] = answer.text
    for q in ("merger", "kran"):
        found[q] = client.get(f"/v1/statements?q={q}").text
    found["speaker"] = client.get("/v1/speakers?q=brook").text
    return found


def alter(lines, number, change):
    return [*lines[: number - 1], change(lines[number - 1]), *lines[number:]]


WRONG = {
    "cut off in a line": (lambda lines: [*lines[:9], lines[9][:50]], "Line 10: It is cut off"),
    "cut off between lines": (lambda lines: lines[:-1], "its last line is missing"),
    "cut off after nothing": (lambda lines: [], "cut off after 0 lines"),
    "a letter altered": (
        lambda lines: alter(lines, 7, lambda line: line.replace(b"created_at", b"createdXat", 1)),
        "Line 7: It is not as it was exported",
    ),
    "a value altered": (
        lambda lines: alter(lines, 3, lambda line: line.replace(b"itness", b"itless")),
        "Line 3: It is not as it was exported",
    ),
    "a line left out": (lambda lines: [*lines[:4], *lines[5:]], "Line 5: It is not as it was"),
    "two lines exchanged": (
        lambda lines: [*lines[:4], lines[5], lines[4], *lines[6:]],
        "Line 5: It is not as it was",
    ),
    "something after its end": (lambda lines: [*lines, lines[1]], "more after the last line"),
    "ends of another system": (
        lambda lines: [line.replace(b"\n", b"\r\n") for line in lines],
        "Line 1: It is not as it was",
    ),
    "another file": (lambda lines: [b'{"kind": "claim"}\n'], "Line 1: This is no export"),
    "no JSON": (lambda lines: [b"%PDF-1.7\n"], "Line 1: It is cut off or was altered"),
    "another release": (
        lambda lines: alter(lines, 1, lambda line: line.replace(b'"schema":', b'"schema":9')),
        "Line 1: It was exported in format 1 from schema 9",
    ),
}


def test_an_export_that_was_broken_is_refused_where_it_is_and_nothing_is_stored(
    eventful, copy, command, tmp_path
):
    command(eventful, "export", tmp_path / "whole.ndjson")
    lines = (tmp_path / "whole.ndjson").read_bytes().splitlines(keepends=True)
    assert all(json.loads(line)["hash"] for line in lines)
    broken = tmp_path / "broken.ndjson"
    for name, (breaking, said) in WRONG.items():
        wrong = breaking(lines)
        assert wrong != lines, name
        broken.write_bytes(b"".join(wrong))
        result = command(copy, "import", "--ledger", broken)
        assert result.exit_code == 1, name
        assert said in result.stderr, (name, result.stderr)
        assert not any(held(copy, [*CARRIED, "speaker_name", "statement_key"]).values()), name
    assert command(copy, "import", "--ledger", tmp_path / "whole.ndjson").exit_code == 0


def test_a_ledger_that_is_not_empty_takes_no_export(eventful, command, tmp_path):
    command(eventful, "export", tmp_path / "ledger.ndjson")
    before = held(eventful, CARRIED)
    result = command(eventful, "import", "--ledger", tmp_path / "ledger.ndjson")
    assert result.exit_code == 1
    assert "not empty" in result.stderr
    assert held(eventful, CARRIED) == before


def test_an_export_that_cannot_be_written_leaves_what_was_there(eventful, command, tmp_path):
    assert command(eventful, "export", tmp_path / "no" / "folder").exit_code == 1
    (tmp_path / "taken.part").mkdir()
    (tmp_path / "taken").write_text("as it was")
    assert command(eventful, "export", tmp_path / "taken").exit_code == 1
    assert (tmp_path / "taken").read_text() == "as it was"
