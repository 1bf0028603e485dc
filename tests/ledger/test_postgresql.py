"""A ledger on a server of PostgreSQL's: made once, written in line, told of when it fails."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

import psycopg
import pytest
from click.testing import CliRunner

from api.app import create_app
from api.commands.main import main
from api.ledger.migrations.runner import is_current, migrate, migrations
from api.ledger.storage.database import LedgerUnusable, connect, database, disconnect, engine
from api.services.proof.verify import outstanding, verify
from api.settings import Settings
from tests.postgres import unsafe_server

pytestmark = pytest.mark.postgresql

BODY = {"name": "Anna Berg", "kind": "person"}


@pytest.fixture
def url(ledgers):
    """The address of a ledger that is not there yet."""
    yield ledgers.new("own")["database_url"]
    if database.obj is not None:
        disconnect()


@contextmanager
def administering(url):
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection


def test_many_migrating_at_once_migrate_it_once(url):
    connect(url, 20_000)
    start = Barrier(4)

    def one(_):
        try:
            start.wait()
            return migrate()
        finally:
            disconnect()

    with ThreadPoolExecutor(4) as pool:
        ran = sorted(pool.map(one, range(4)), key=len)
    assert ran == [[], [], [], [each.name for each in migrations()]]
    assert is_current()


MIGRATES = """
import sys
from api.ledger.migrations import runner as migrations
from api.ledger.storage.database import connect, database
connect(sys.argv[1], 5000)
now = migrations.now
def stuck():
    print("in the middle", flush=True)
    sys.stdin.read()
migrations.now = stuck
migrations.migrate()
"""


def test_a_migration_that_was_killed_is_run_again(url):
    running = subprocess.Popen(
        [sys.executable, "-c", MIGRATES, url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ,
    )
    assert running.stdout.readline() == b"in the middle\n"
    running.send_signal(signal.SIGKILL)
    running.communicate()
    connect(url, 20_000)
    assert not is_current()
    assert migrate() == [each.name for each in migrations()]


def test_a_database_of_something_else_is_refused_and_left_as_it_is(url):
    with administering(url) as other:
        other.execute("CREATE TABLE bookmarks (url TEXT)")
    connect(url, 5000)
    with pytest.raises(LedgerUnusable, match="other tables"):
        migrate()
    assert database.get_tables() == ["bookmarks"]


def test_a_database_that_has_no_place_for_every_script_is_refused(url):
    with administering(url) as other:
        other.execute("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    connect(url.rpartition("/")[0] + "/latin", 5000)
    with pytest.raises(LedgerUnusable, match="UTF8"):
        migrate()


@pytest.mark.parametrize(
    ("address", "named"),
    [("postgresql://host", "no database"), ("postgresql://host/name?nonsense=1", "nonsense")],
)
def test_an_address_that_is_none_is_refused(address, named):
    with pytest.raises(LedgerUnusable, match=named):
        connect(address, 5000)


def test_a_password_is_shown_to_nobody(monkeypatch):
    url = "postgresql://desk:s3cret@127.0.0.1:1/name"
    monkeypatch.setenv("COUNTERCLAIM_DATABASE_URL", url)
    for command in (["migrate"], ["backup", "x"]):
        told = CliRunner().invoke(main, command)
        assert told.exit_code == 1
        assert "postgresql://desk:***@127.0.0.1:1/name" in told.output
        assert "s3cret" not in told.output


def test_backup_and_restore_name_the_tools_of_the_server(url, monkeypatch, tmp_path):
    monkeypatch.setenv("COUNTERCLAIM_DATABASE_URL", url)
    (tmp_path / "there").write_text("x")
    for command in ("backup", "restore"):
        told = CliRunner().invoke(main, [command, str(tmp_path / "there")])
        assert told.exit_code == 1
        assert "pg_dump" in told.output
        assert "docs/operations.md" in told.output


def test_what_is_acknowledged_is_on_disk_whatever_the_server_is_set_to(url):
    with administering(url) as other:
        other.execute("ALTER DATABASE {} SET synchronous_commit = off".format(url.rsplit("/")[-1]))
    connect(url, 5000)
    assert database.execute_sql("SHOW synchronous_commit").fetchone() == ("on",)


def test_ids_have_no_gaps_and_none_is_given_away_twice(client, add, record):
    first = add("/v1/sources", title="Eins")["id"]
    assert client.post("/v1/statements?dry_run=true", json=_statement("Probe")).status_code == 200
    assert record(source={"title": "Zwei"})["id"] == 1
    last = add("/v1/sources", title="Drei")["id"]
    assert (first, last) == (1, 3)
    assert client.delete(f"/v1/sources/{last}").status_code == 204
    assert add("/v1/sources", title="Vier")["id"] == 4


def test_many_writing_at_once_make_one_chain(at_once, app):
    def write(text):
        return lambda client: client.post("/v1/statements", json=_statement(text)).status_code

    assert at_once(*(write(f"Satz {number}") for number in range(12))) == [201] * 12
    assert sum(verify()) == outstanding() > 24
    numbers = database.execute_sql("SELECT min(id), max(id), count(*) FROM change").fetchone()
    assert numbers[0] == 1
    assert numbers[1] == numbers[2]


def _statement(text):
    return {"kind": "claim", "text": text, "language": "de", "speaker": BODY}


@pytest.fixture
def broken(tmp_path):
    """A server of its own, to be broken, and a client of the ledger on it."""
    with unsafe_server("max_connections=12", "superuser_reserved_connections=2") as server:
        with server.connect() as connection:
            connection.execute("CREATE DATABASE ledger")
        key = str(tmp_path / "key")
        app = create_app(
            Settings(database_url=server.url("ledger"), signing_key=key, busy_timeout=2000)
        )
        migrate()
        client = app.test_client()
        assert client.post("/v1/speakers", json=BODY).status_code == 201
        yield server, client
        disconnect()
        engine().close_idle()


def fails(client, refused, said):
    """Every call is a problem that says what fails, and the ledger is not ready."""
    for answer in (client.get("/v1/speakers"), client.post("/v1/speakers", json=BODY)):
        problem = refused(answer, 503)
        assert problem["type"] == "/problems/storage-fails"
        assert said in problem["detail"]
        assert answer.headers["Retry-After"]
    refused(client.get("/readyz"), 503)
    assert client.get("/healthz").status_code == 200


def serves(client):
    assert client.get("/readyz").status_code == 200
    assert client.get("/v1/speakers").status_code == 200
    return client.post("/v1/speakers", json={**BODY, "distinct": True}).status_code == 201


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT], ids=["stopped", "killed"])
def test_a_server_that_is_gone_is_told_and_used_again_when_it_is_back(broken, refused, how):
    server, client = broken
    server.stop(how)
    fails(client, refused, "cannot be reached")
    server.start()
    assert serves(client)
    assert sum(verify()) == outstanding()


def test_a_restart_between_two_calls_is_noticed_by_nobody(broken):
    server, client = broken
    for _ in range(2):
        server.stop()
        server.start()
        assert client.get("/v1/speakers").status_code == 200
        server.stop()
        server.start()
        assert serves(client)


def test_a_server_that_takes_no_writes_is_read(broken, refused):
    server, client = broken
    with server.connect("ledger") as connection:
        connection.execute("ALTER SYSTEM SET default_transaction_read_only = on")
        connection.execute("SELECT pg_reload_conf()")
    deadline = time.monotonic() + 10
    while client.post("/v1/speakers", json={**BODY, "distinct": True}).status_code != 503:
        assert time.monotonic() < deadline
    problem = refused(client.post("/v1/speakers", json={**BODY, "distinct": True}), 503)
    assert "takes no writes" in problem["detail"]
    refused(client.get("/readyz"), 503)
    assert client.get("/v1/speakers").status_code == 200
    with server.connect("ledger") as connection:
        connection.execute("SET default_transaction_read_only = off")
        connection.execute("ALTER SYSTEM RESET default_transaction_read_only")
        connection.execute("SELECT pg_reload_conf()")
    while client.get("/readyz").status_code != 200:
        assert time.monotonic() < deadline
    assert serves(client)


def test_a_server_that_is_full_of_connections_is_told(broken, refused):
    server, client = broken
    with server.connect("ledger") as connection:
        connection.execute("CREATE ROLE desk LOGIN IN ROLE pg_read_all_data, pg_write_all_data")
        connection.execute("CREATE ROLE crowd LOGIN")
    disconnect()
    engine().close_idle()
    connect(server.url("ledger").replace("postgres@", "desk@"), 2000)
    crowd = []
    with pytest.raises(psycopg.OperationalError, match="slots"):
        while True:
            crowd.append(psycopg.connect(server.url("ledger").replace("postgres@", "crowd@")))
    fails(client, refused, "no more connections")
    for each in crowd:
        each.close()
    deadline = time.monotonic() + 10
    while not serves(client):
        assert time.monotonic() < deadline
