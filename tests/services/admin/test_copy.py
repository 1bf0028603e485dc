"""``counterclaim copy``: a ledger moved between databases, to the byte, or nothing of it."""

import os
import signal
import subprocess
import time

import pytest
from click.testing import CliRunner

from api.commands.main import main
from api.ledger.engines.opening import open_engine
from api.ledger.storage.database import database as ledger
from api.ledger.storage.database import disconnect
from api.ledger.transfer.tables import MOVED, SEEDED
from tests.postgres import unsafe_server
from tests.serving import own

PATIENCE_SECONDS = 60
# What happens while an engine is new, and a webhook does not answer.
_MEANWHILE = (
    "INSERT INTO recheck (detector, statement_id) VALUES ('counterclaim/1', 2)",
    "INSERT INTO webhook_delivery (webhook_id, change_id, event, subject, subject_id, status, "
    "created_at, updated_at) VALUES (1, 2, 'statement.created', 'statement', 1, 'dead', '', '')",
)
_WAITING = "SELECT 1 FROM pg_locks WHERE NOT granted AND mode = 'RowExclusiveLock'"

pytestmark = pytest.mark.sqlite


@pytest.fixture(scope="module")
def server():
    with unsafe_server() as started:
        yield started


@pytest.fixture
def database(server, request):
    """The address of a new database."""
    name = f"copy_{abs(hash(request.node.name))}"
    with server.connect() as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return server.url(name)


@pytest.fixture
def command(monkeypatch):
    """Runs the command on a ledger; gives its result."""

    def run(url, *arguments):
        disconnect()
        monkeypatch.setenv("COUNTERCLAIM_DATABASE_URL", url)
        result = CliRunner().invoke(main, [str(each) for each in arguments])
        disconnect()
        assert result.exception is None or isinstance(result.exception, SystemExit), result.output
        return result

    return run


@pytest.fixture
def eventful(app, client, add, record, oppose, take, command):
    """A ledger with rows in each table that moves; gives its address and a key to it."""
    statements = [
        record(f"The ferry is {word}open", language="en", said_on="2026-02-03", topics=["ferry"])
        for word in ("", "not ")
    ]
    record('Der Kran\n"fährt" wieder, \u2028 \\N heißt es\t😀', confidence=0.1 + 0.2)
    record("Es regnet", external_id="rain", source={"title": "Hafenpost"})
    first, second = (each["id"] for each in statements)
    (raised,) = client.get("/v1/contradictions").json["items"]
    decided = {"status": "dismissed", "reason": "other", "note": "“Both”."}
    assert client.patch(f"/v1/contradictions/{raised['id']}", json=decided).status_code == 200
    oppose()
    add("/v1/references", kind="supports", from_statement=first, to_statement=second)
    gone = add("/v1/references", kind="quotes", from_statement=first, to_statement=second)
    client.delete(f"/v1/references/{gone['id']}")
    take(first, add("/v1/propositions", text="The ferry should go")["id"], "affirms")
    rating = {"label": "False", "value": 1, "best": 5, "worst": 1}
    author = {"name": "Checkers", "kind": "organization"}
    add("/v1/reviews", statement=first, url="https://c.example/1", author=author, rating=rating)
    add("/v1/speakers", name="Bo Falk", kind="person", distinct=True)
    client.delete(f"/v1/statements/{record('Nie gesagt')['id']}")
    assert client.post("/v1/statements/4/redaction", json={"reason": "asked"}).status_code < 300
    add("/v1/webhooks", url="https://desk.example/hook", events=["statement.created"])
    body = {"kind": "claim", "text": "Einmal", "language": "de", "speaker": {"id": 1}}
    answer = client.post("/v1/statements", json=body, headers={"Idempotency-Key": "once"})
    assert answer.status_code == 201
    url = app.config["SETTINGS"].database_url
    for said in _MEANWHILE:
        ledger.execute_sql(said)
    key = command(url, "keys", "create", "--name", "desk", "--scope", "write").stdout.strip()
    return url, key


def held(url):
    """The rows of each table that moves, by their columns' names."""
    engine = open_engine(url, 1000)
    found = {}
    with engine.snapshot():
        for table in MOVED:
            shape = engine.shape(table)
            found[table] = [
                sorted(zip(shape.columns, row, strict=True)) for row in engine.rows(table, shape)
            ]
    engine.close()
    return found


def filled(url):
    """The tables of a ledger in which there is something, but for what a new one has."""
    return {table for table, rows in held(url).items() if rows and table not in SEEDED}


def test_a_ledger_goes_into_postgresql_and_back_to_the_byte(
    eventful, command, database, tmp_path, open_ledger
):
    url, key = eventful
    back = f"sqlite:///{tmp_path}/back.db"
    before = held(url)
    assert filled(url) | {*SEEDED} == set(MOVED)
    for source, target in ((url, database), (database, back)):
        result = command(source, "copy", "--to", target)
        assert result.exit_code == 0, result.output
        assert held(target) == before
        assert command(target, "verify").output == command(url, "verify").output
        assert command(target, "export").stdout_bytes == command(url, "export").stdout_bytes

    answers = {}
    for each in (url, database, back):
        client = open_ledger(each, database_url=each).test_client()
        found = [
            client.get(address).json
            for address in ("/v1/statements?q=ferry", "/v1/speakers?q=fal", "/v1/contradictions")
        ]
        # The key opens what it opened; ids go on after those that were given away.
        sent = {"Authorization": f"Bearer {key}"}
        reference = {"kind": "quotes", "from_statement": 1, "to_statement": 2}
        made = client.post("/v1/references", json=reference, headers=sent)
        said = {"kind": "claim", "text": "The ferry is shut", "speaker": {"name": "Neu Nym"}}
        said["speaker"]["kind"] = "person"
        assert client.post("/v1/statements", json=said, headers=sent).status_code == 201
        assert client.post("/v1/references", json=reference).status_code == 401
        again = {"kind": "claim", "text": "Einmal", "language": "de", "speaker": {"id": 1}}
        named = {**sent, "Idempotency-Key": "once"}
        replayed = client.post("/v1/statements", json=again, headers=named)
        answers[each] = [found, made.status_code, made.json["id"], replayed.status_code]
    assert answers[url][1:3] == [201, 3]
    assert answers[database] == answers[back] == answers[url]


def test_a_ledger_that_was_written_to_is_not_copied_over(eventful, command, database):
    url, _ = eventful
    assert command(url, "copy", "--to", database).exit_code == 0
    there = held(database)
    for target in (database, url):
        result = command(url, "copy", "--to", target)
        assert result.exit_code == 1
        assert "is not empty" in result.stderr
    assert held(database) == there


@pytest.mark.parametrize("is_file", [True, False], ids=["into a file", "into PostgreSQL"])
def test_a_ledger_that_was_rewritten_behind_its_back_is_not_copied(
    is_file, eventful, command, database, tmp_path
):
    url, _ = eventful
    target = f"sqlite:///{tmp_path}/target.db" if is_file else database
    engine = open_engine(url, 1000)
    engine.execute_sql("UPDATE statement SET text = 'Never said' WHERE id = 2")
    engine.close()
    result = command(url, "copy", "--to", target)
    assert result.exit_code == 1
    assert "Nothing was copied" in result.stderr
    assert filled(target) == set()


def test_an_address_that_leads_nowhere_is_told(eventful, command):
    url, _ = eventful
    for target, said in (
        ("mysql://elsewhere/name", "no address of a ledger"),
        ("postgresql://postgres:secret@127.0.0.1:1/name", "cannot be copied to"),
    ):
        result = command(url, "copy", "--to", target)
        assert result.exit_code == 1
        assert said in result.stderr
        assert "secret" not in result.output


def test_a_copy_that_is_killed_leaves_nothing(eventful, command, server, database, tmp_path):
    url, _ = eventful
    assert command(database, "migrate").exit_code == 0
    program, environment = own(tmp_path)
    environment["COUNTERCLAIM_DATABASE_URL"] = url
    name = database.rpartition("/")[2]
    with server.connect(name) as holder, holder.transaction():
        # It may be read and not written to: the copy stands still at the last table of all.
        holder.execute(f"LOCK TABLE {MOVED[-1]} IN SHARE MODE")
        copying = subprocess.Popen([program, "copy", "--to", database], env=environment)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while holder.execute(_WAITING).fetchone() is None:
            assert copying.poll() is None and time.monotonic() < deadline
            time.sleep(0.02)
        os.kill(copying.pid, signal.SIGKILL)
        copying.wait()
    assert filled(database) == set()
    assert command(url, "copy", "--to", database).exit_code == 0
    assert held(database) == held(url)
