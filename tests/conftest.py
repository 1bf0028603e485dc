"""What the tests share: a ledger in a file of its own, callers of it, and small helpers."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Barrier

import pytest

from api.app import create_app
from api.ledger.database import disconnect
from api.ledger.migrations import migrate
from api.settings import Settings


@pytest.fixture
def open_ledger(tmp_path):
    """Opens a ledger in a file of its own, and gives the application on it."""

    opened = []

    def open_it(name="ledger.db", **settings):
        if opened:
            disconnect()
        app = create_app(Settings(database_url=f"sqlite:///{tmp_path / name}", **settings))
        migrate()
        opened.append(app)
        return app

    yield open_it
    if opened:
        disconnect()


@pytest.fixture
def app(open_ledger):
    return open_ledger()


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def record(client):
    """Records a statement and gives the answer's body.

    The statement is in German, which is not compared, unless the test asks for another language.
    """
    numbers = count(1)

    def record_it(text=None, *, speaker="Anna Berg", status=201, **fields):
        body = {
            "kind": "claim",
            "text": text or f"Aussage Nummer {next(numbers)}",
            "language": "de",
            "speaker": {"name": speaker, "kind": "person"} if isinstance(speaker, str) else speaker,
            **fields,
        }
        answer = client.post("/v1/statements", json=body)
        assert answer.status_code == status, answer.text
        return answer.json

    return record_it


@pytest.fixture
def oppose(client, record):
    """Puts a contradiction in by hand, between two new statements where none are named."""

    def oppose_them(first=None, second=None, **fields):
        sides = [first or record()["id"], second or record(speaker="Bo Falk")["id"]]
        answer = client.post(
            "/v1/contradictions", json={"statements": sides, "nature": "factual", **fields}
        )
        assert answer.status_code == 201, answer.text
        return answer.json

    return oppose_them


@pytest.fixture
def add(client):
    """Posts a body to a list and gives the new thing."""

    def add_to(address, **body):
        answer = client.post(address, json=body)
        assert answer.status_code == 201, answer.text
        return answer.json

    return add_to


@pytest.fixture
def listing(client):
    """Reads a list to its end and gives all of its items."""

    def read(address, **parameters):
        items, answer = [], client.get(address, query_string=parameters)
        while True:
            assert answer.status_code == 200, answer.text
            items += answer.json["items"]
            if answer.json["next"] is None:
                return items
            answer = client.get(answer.json["next"])

    return read


@pytest.fixture
def ids(listing):
    """The ids that a list gives, in its order."""

    def read(address, **parameters):
        return [item["id"] for item in listing(address, **parameters)]

    return read


@pytest.fixture
def refused():
    """Checks that an answer is a problem of a status, about a field or parameter where named."""

    def check(answer, status, *, pointer=None, parameter=None):
        assert answer.status_code == status, answer.text
        assert answer.mimetype == "application/problem+json"
        problem = answer.json
        assert problem["status"] == status
        assert problem["type"] and problem["title"] and problem["detail"]
        for member, wanted in (("pointer", pointer), ("parameter", parameter)):
            if wanted is not None:
                assert wanted in [error.get(member) for error in problem["errors"]], problem
        return problem

    return check


@pytest.fixture
def at_once(app):
    """Makes calls at the same moment, each in a thread with a client of its own."""

    def run(*calls: Callable):
        start = Barrier(len(calls))

        def one(call):
            try:
                start.wait()
                return call(app.test_client())
            finally:
                disconnect()

        with ThreadPoolExecutor(len(calls)) as pool:
            return list(pool.map(one, calls))

    return run
