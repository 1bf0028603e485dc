"""Reads spread over real standbys: what is written is seen, and what fails is left out."""

import pytest

from api.app import create_app
from api.ledger.migrations.runner import migrate
from api.ledger.storage.database import disconnect
from api.ledger.storage.replicas import replicas
from api.settings import Settings
from tests.documented import watch
from tests.postgres import UNSAFE, Server
from tests.standbys import Standby, kill, until

pytestmark = pytest.mark.postgresql
POSITION = "Ledger-Position"


@pytest.fixture(scope="module")
def servers():
    """A server and two standbys of it."""
    started = [Server(*UNSAFE)]
    try:
        started += [Standby(started[0], name, *UNSAFE) for name in ("one", "two")]
        yield started
    finally:
        for server in reversed(started):
            if server.process.poll() is not None:
                server.start()
            server.remove()


@pytest.fixture
def spread(servers, request, tmp_path):
    """Opens a new ledger whose reads are spread; gives a client, once the standbys have it."""
    name = f"ledger_{abs(hash(request.node.name))}"
    with servers[0].connect() as connection:
        connection.execute(f'CREATE DATABASE "{name}"')

    def open_it(expected="serves", **settings):
        chosen = {
            "database_url": servers[0].url(name),
            "read_urls": ", ".join(each.url(name) for each in servers[1:]),
            "signing_key": str(tmp_path / "key"),
            **settings,
        }
        app = watch(create_app(Settings(**chosen)))
        migrate()
        client = app.test_client()
        until(lambda: set(states(client)) == {expected})
        return client

    yield open_it
    replicas().end()
    disconnect()
    for standby in servers[1:]:
        if standby.process.poll() is None:
            standby.go_on()


def states(client):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    return [each["state"] for each in answer.json["replicas"]]


def say(client, text, **headers):
    body = {"kind": "claim", "text": text, "language": "de"}
    body["speaker"] = {"name": "Anna Berg", "kind": "person"}
    answer = client.post("/v1/statements", json=body, headers=headers)
    assert answer.status_code == 201, answer.text
    return answer


def said(client, position=None):
    headers = {} if position is None else {POSITION: position}
    answer = client.get("/v1/statements", headers=headers)
    assert answer.status_code == 200, answer.text
    return {each["text"] for each in answer.json["items"]}


def test_reads_are_spread_and_who_wrote_sees_it(spread, servers):
    client = spread(read_wait=50, read_lag=1000)
    first = say(client, "Zuerst").headers[POSITION]
    until(lambda: said(client) == {"Zuerst"})
    servers[1].pause()
    servers[2].pause()
    second = say(client, "Dann").headers[POSITION]
    # Both standbys have the first only. Who knows of the second gets it from the ledger itself.
    for _ in range(4):
        assert said(client) == {"Zuerst"}
        assert said(client, first) == {"Zuerst"}
        assert said(client, second) == {"Zuerst", "Dann"}
        assert said(client, "latest") == {"Zuerst", "Dann"}
        assert said(client, "0/1; DROP") == {"Zuerst", "Dann"}
    servers[1].go_on()
    # They take turns.
    until(lambda: {len(said(client)) for _ in range(4)} == {1, 2})
    # Only one of them has it, and is waited for; the other is passed by.
    assert all(said(client, second) == {"Zuerst", "Dann"} for _ in range(4))
    servers[2].go_on()
    until(lambda: {len(said(client)) for _ in range(4)} == {2})


def test_a_copy_is_waited_for(spread, monkeypatch):
    client = spread(read_wait=60_000)
    ledger, asked = replicas().ledger, []
    execute = ledger.execute_sql

    def noted(sql, params=None):
        asked.append(sql)
        return execute(sql, params)

    monkeypatch.setattr(ledger, "execute_sql", noted)
    for number in range(5):
        position = say(client, f"Satz {number}").headers[POSITION]
        asked.clear()
        assert len(said(client, position)) == number + 1
        # The ledger itself was asked for nothing that is shown.
        assert not [sql for sql in asked if "statement" in sql]


def test_what_must_be_current_is_read_from_the_ledger_itself(spread, servers):
    client = spread(read_lag=1000)
    made = say(client, "Zuerst")
    address, tag = made.headers["Location"], made.headers["ETag"]
    until(lambda: said(client) == {"Zuerst"})
    servers[1].pause()
    servers[2].pause()
    once = {"Idempotency-Key": "once"}
    first, again = (
        client.post(
            "/v1/statements",
            json={"kind": "claim", "text": "Neu", "language": "de", "speaker": {"id": 1}},
            headers=once,
        )
        for _ in range(2)
    )
    assert first.json["id"] == again.json["id"]
    revised = client.patch(address, json={"context": "neu"}, headers={"If-Match": tag})
    assert revised.status_code == 200
    stale = client.patch(address, json={"context": "alt"}, headers={"If-Match": tag})
    assert stale.status_code == 412
    assert client.get(address).json["version"] == 1
    latest = {POSITION: revised.headers[POSITION]}
    assert client.get(address, headers=latest).json["version"] == 2


def test_one_that_lags_or_is_gone_is_left_out_and_comes_back(spread, servers):
    client = spread(read_lag=1, read_wait=0)
    say(client, "Zuerst")
    until(lambda: said(client) == {"Zuerst"})
    servers[1].pause()
    say(client, "Dann")
    until(lambda: states(client) == ["lags", "serves"])
    assert all(said(client) == {"Zuerst", "Dann"} for _ in range(4))
    servers[1].go_on()
    until(lambda: states(client) == ["serves", "serves"])

    kill(servers[2])
    # Whether it was seen to be gone already or is found so: nobody is told of it.
    assert all(said(client) == {"Zuerst", "Dann"} for _ in range(8))
    until(lambda: states(client) == ["serves", "down"])
    servers[2].start()
    until(lambda: states(client) == ["serves", "serves"])


def test_the_ledger_is_read_while_the_server_that_takes_writes_is_gone(spread, servers):
    client = spread()
    say(client, "Zuerst")
    until(lambda: said(client) == {"Zuerst"})
    servers[0].stop()
    assert all(said(client) == {"Zuerst"} for _ in range(4))
    assert client.get("/v1/statements", headers={POSITION: "latest"}).status_code == 503
    assert client.get("/readyz").status_code == 503
    servers[0].start()
    until(lambda: client.get("/readyz").status_code == 200)
    position = say(client, "Dann").headers[POSITION]
    assert said(client, position) == {"Zuerst", "Dann"}


def test_another_ledger_is_no_copy_of_this_one(spread, servers):
    with servers[0].connect() as connection:
        connection.execute("CREATE DATABASE other")
    other = servers[0].url("other")
    create_app(Settings(database_url=other))
    migrate()
    client = spread(read_urls=other, expected="strange")
    say(client, "Zuerst")
    assert said(client) == {"Zuerst"}
    assert states(client) == ["strange"]
