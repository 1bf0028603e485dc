"""``counterclaim deliver`` as a user runs it: at default settings, each notice once and settled."""

import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from api.ledger.models import Webhook
from api.services.webhooks import delivery as courier
from api.settings import Settings
from tests.receiving import receiving, until

COMMAND = str(Path(sys.executable).parent / "counterclaim")
# Receivers of tests are on this machine; nothing else is other than by default.
NETWORKS = "127.0.0.1"


@pytest.fixture
def client(open_ledger):
    return open_ledger(webhook_networks=NETWORKS).test_client()


@pytest.fixture
def subscribe(client, add):
    """Adds webhooks that are told of new statements; gives their addresses."""

    def subscribe_them(*receivers):
        for receiver in receivers:
            made = add("/v1/webhooks", url=receiver.url, events=["statement.created"])
            yield f"/v1/webhooks/{made['id']}"

    return lambda *receivers: list(subscribe_them(*receivers))


@pytest.fixture
def attend(client):
    """Attends once to each webhook for which there is something to do, in this process."""

    def attend_to():
        settings = client.application.config["SETTINGS"]
        at_it = courier.DeliveryWorker(settings)
        return [at_it.attend(each) for each in at_it.due()]

    return attend_to


@pytest.fixture
def delivering(client, tmp_path):
    """Runs ``counterclaim deliver``; gives the file with its log, and at the end what it said."""

    @contextmanager
    def run():
        environment = {
            **{name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ},
            "COUNTERCLAIM_DATABASE_URL": client.application.config["SETTINGS"].database_url,
            "COUNTERCLAIM_WEBHOOK_NETWORKS": NETWORKS,
        }
        said = []
        with (tmp_path / "log").open("wb") as log:
            process = subprocess.Popen(
                [COMMAND, "deliver"], env=environment, stdout=subprocess.PIPE, stderr=log
            )
        try:
            yield tmp_path / "log", said
        finally:
            process.send_signal(signal.SIGTERM)
            told, _ = process.communicate(timeout=30)
            said.append(told.decode())
        assert process.returncode == 0

    return run


def test_several_notices_come_once_each_and_are_settled(client, record, subscribe, delivering):
    with receiving() as one, receiving() as other:
        addresses = subscribe(one, other)
        made = [record()["id"] for _ in range(5)]
        with delivering() as (log, said):
            for receiver in (one, other):
                receiver.wait(len(made))
            made.append(record()["id"])
            for receiver in (one, other):
                receiver.wait(len(made))
            until(lambda: not courier.DeliveryWorker(Settings()).due())
        assert said == ["12 notices sent.\n"]
    for receiver in (one, other):
        assert [body["data"]["id"] for body in receiver.bodies()] == made
    for address in addresses:
        webhook = client.get(address).json
        assert (webhook["failures"], webhook["last_error"], webhook["retry_at"]) == (0, None, None)
        assert (webhook["waiting"], webhook["dead"]) == (0, 0)
        assert webhook["last_delivered_at"]
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert {line["event"] for line in lines} == {"delivered"}
    assert sorted(line["message"] for line in lines) == sorted(one.ids() + other.ids())


@pytest.mark.postgresql
def test_it_goes_on_when_the_server_of_the_ledger_was_away(client, record, subscribe, delivering):
    server, _, name = client.application.config["SETTINGS"].database_url.rpartition("/")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as others, receiving() as receiver:

        def let_in(answer):
            others.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS {answer}')

        (address,) = subscribe(receiver)
        made = [record()["id"]]
        with delivering() as (log, _):
            receiver.wait(1)
            until(lambda: client.get(address).json["last_delivered_at"])
            let_in("false")
            try:
                others.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                    [name],
                )
                until(lambda: "the ledger cannot be used" in log.read_text())
            finally:
                let_in("true")
            made.append(record()["id"])
            receiver.wait(2)
        assert [body["data"]["id"] for body in receiver.bodies()] == made


def test_an_error_of_ours_is_a_failure_of_its_webhook_and_holds_up_no_other(
    client, record, subscribe, attend
):
    with receiving() as one, receiving() as other, receiving() as well:
        addresses = subscribe(one, other, well)
        for _ in range(3):
            record()
        # No notice can be signed with this, and no change be held against that.
        Webhook.update(secrets=[{"secret": "?", "until": None}]).where(Webhook.id == 1).execute()
        Webhook.update(filter="?").where(Webhook.id == 2).execute()
        attend()
    assert [len(receiver.posted) for receiver in (one, other, well)] == [0, 0, 3]
    for webhook in Webhook.select().where(Webhook.id < 3):
        assert webhook.failures == 1
        assert "An error in Counterclaim" in webhook.last_error
        assert webhook.retry_at
    assert client.get(f"{addresses[0]}/deliveries").json["items"][0]["attempts"] == 1
    assert client.get(addresses[2]).json["failures"] == 0


def test_what_was_sent_is_settled_whatever_comes_after(
    client, record, subscribe, attend, monkeypatch
):
    def fail(*_, **__):
        raise KeyError("message")

    with receiving() as receiver:
        (address,) = subscribe(receiver)
        made = [record()["id"] for _ in range(3)]
        with monkeypatch.context() as patched:
            patched.setattr(courier.log, "info", fail)
            attend()
        webhook = client.get(address).json
        assert (webhook["failures"], bool(webhook["retry_at"])) == (1, True)
        Webhook.update(retry_at=None).execute()
        attend()
        assert [body["data"]["id"] for body in receiver.bodies()] == made
    webhook = client.get(address).json
    assert (webhook["failures"], webhook["waiting"]) == (0, 0)
