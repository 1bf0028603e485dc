"""What the tests share: a ledger in a file of its own, callers of it, and small helpers."""

import logging
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from itertools import count
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings

from api.app import create_app
from api.ledger.history.revisions import head
from api.ledger.storage.database import disconnect, on_wait
from api.logs import configure
from api.services.contradictions.analysis_store import limits
from api.settings import Settings
from tests.documented import NOTES, watch
from tests.engines import KINDS

# No test asserts a time, and machines pause.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


class Client(FlaskClient):
    """A client that takes all of an answer and lets go of it, as servers see to it."""

    def open(self, *arguments, buffered=True, **named):
        return super().open(*arguments, buffered=buffered, **named)


Flask.test_client_class = Client


@pytest.fixture(autouse=True)
def _answers_are_documented():
    """Holds all that the test is answered to the OpenAPI document."""
    NOTES.clear()
    yield
    assert NOTES == []


@pytest.fixture(autouse=True, scope="session")
def _logs_are_written():
    """Makes every line that a server of default settings would write; one that cannot be fails."""
    defaults = Settings()
    configure(defaults.log_level, defaults.log_format)
    (handler,) = logging.getLogger().handlers
    with open(os.devnull, "w") as nowhere:
        handler.setStream(nowhere)
        handler.handleError = _fail
        yield
        logging.getLogger().removeHandler(handler)


def _fail(_):
    raise


def pytest_addoption(parser):
    parser.addoption(
        "--engine", choices=KINDS, default="sqlite", help="the database that ledgers are in"
    )
    parser.addoption("--ledger", help="a file with a ledger, however large, to look at plans in")


def pytest_collection_modifyitems(config, items):
    """Leave out what is about the other database; what is about none is tried with SQLite alone."""
    tried = config.getoption("engine")

    def is_left_out(item):
        if tried == "sqlite":
            return item.get_closest_marker("postgresql")
        is_of_a_ledger = "ledgers" in item.fixturenames or item.get_closest_marker(tried)
        return item.get_closest_marker("sqlite") or not is_of_a_ledger

    config.hook.pytest_deselected(items=[item for item in items if is_left_out(item)])
    items[:] = [item for item in items if not is_left_out(item)]


@pytest.fixture(scope="session")
def ledgers(request, tmp_path_factory):
    """Makes and empties ledgers in the database that the run is asked to try."""
    chosen = KINDS[request.config.getoption("engine")](tmp_path_factory.mktemp("ledgers"))
    yield chosen
    chosen.close()


@pytest.fixture
def open_ledger(ledgers, tmp_path):
    """Opens a ledger of its own, and gives a new application on it."""
    opened, known, before = [], {}, asdict(limits)

    def open_it(name="ledger", **settings):
        if opened:
            disconnect()
        if name not in known:
            known[name] = ledgers.new(name, tmp_path)
        opened.append(_application(**{**known[name], **settings}))
        ledgers.open(opened[-1].config["SETTINGS"])
        return opened[-1]

    yield open_it
    # They are the process's: the next test is at default settings again.
    for name, value in before.items():
        setattr(limits, name, value)
    if opened:
        disconnect()


@pytest.fixture(scope="session")
def applications(ledgers):
    """Two applications that are made once: making one takes longer than most tests."""
    return {name: _application(**ledgers.new(name)) for name in ("fresh", "empty")}


@pytest.fixture
def app(applications, ledgers):
    """The application, on a ledger that is new for each test."""
    app = applications["fresh"]
    ledgers.renew(app.config["SETTINGS"])
    yield app
    disconnect()


@pytest.fixture
def empty_client(applications, ledgers):
    """A client of a ledger that stays empty: for requests that must be refused."""
    app = applications["empty"]
    settings = app.config["SETTINGS"]
    ledgers.open(settings)
    yield app.test_client()
    changes, _ = head()
    disconnect()
    if changes:
        ledgers.empty(settings)
    assert changes == 0, "something was stored"


def _application(**settings):
    return watch(create_app(Settings(**settings)))


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
def take(client):
    """Lets a statement take a stand on a proposition."""

    def take_it(statement, proposition, stance, **fields):
        address = f"/v1/statements/{statement}/stances/{proposition}"
        answer = client.put(address, json={"stance": stance, **fields})
        assert answer.status_code in (200, 201), answer.text
        return answer.json

    return take_it


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
def write_turns():
    """How long each write waited for its turn, from now on: one number for each that took one."""
    waits = []
    on_wait.append(waits.append)
    yield waits
    on_wait.remove(waits.append)


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
