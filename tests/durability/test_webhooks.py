"""Webhooks over real sockets, with receivers that fail in every way: at least once, in order."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from tests.receiving import receiving, until
from tests.serving import free_port

COMMAND = str(Path(sys.executable).parent / "counterclaim")
EVENTS = ["statement.created", "statement.revised", "statement.retracted"]


@pytest.fixture
def client(open_ledger):
    return open_ledger(webhook_networks="127.0.0.1").test_client()


@pytest.fixture
def deliver(client):
    """Starts ``counterclaim deliver``; what still runs at the end is stopped."""
    started = []

    def start(*arguments, **settings):
        settings = {
            "database_url": client.application.config["SETTINGS"].database_url,
            "webhook_networks": "127.0.0.1",
            "webhook_timeout": "1",
            "webhook_retries": ", ".join(["0.2"] * 60),
            **settings,
        }
        inherited = {
            name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ
        }
        environment = {f"COUNTERCLAIM_{name.upper()}": each for name, each in settings.items()}
        process = subprocess.Popen([COMMAND, "deliver", *arguments], env=inherited | environment)
        started.append(process)
        return process

    yield start
    for process in started:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


@pytest.fixture
def subscribe(client):
    def add(receiver, **fields):
        body = {"url": receiver.url, "events": EVENTS, **fields}
        answer = client.post("/v1/webhooks", json=body)
        assert answer.status_code == 201, answer.text
        return answer.json

    return add


@pytest.fixture
def revise(client):
    def revise_it(statement, **changes):
        assert client.patch(f"/v1/statements/{statement['id']}", json=changes).status_code == 200

    return revise_it


def read(client, webhook):
    return client.get(f"/v1/webhooks/{webhook['id']}").json


def test_what_is_asked_for_comes_signed_and_as_the_feed_tells_it(
    client, record, revise, subscribe, deliver
):
    record()
    with receiving() as receiver, receiving() as narrowed:
        webhook = subscribe(receiver)
        anna = record("Der Hafen bleibt", topics=["hafen"])
        subscribe(narrowed, filter={"speaker": [anna["speaker"]["id"]], "q": "hafen"})
        record("Der Hafen schließt", speaker="Bo Falk", topics=["hafen"])
        record("Etwas anderes")
        revise(anna, context="Am Kai")
        assert client.delete(f"/v1/statements/{anna['id']}").status_code == 204
        process = deliver("--once")
        assert process.wait(timeout=30) == 0
    assert [body["type"].partition(".")[2] for body in receiver.bodies()] == [
        "created",
        "created",
        "created",
        "revised",
        "retracted",
    ]
    assert [body["data"]["version"] for body in narrowed.bodies()] == [2, 3]
    feed = client.get("/v1/changes?subject=statement&limit=200").json["items"]
    assert [body["data"] for body in receiver.bodies()] == feed[1:]
    for headers, body in receiver.posted:
        assert Webhook(webhook["secret"]).verify(body, headers)["timestamp"]
        with pytest.raises(WebhookVerificationError):
            Webhook(webhook["secret"]).verify(body + b" ", headers)
    assert len(set(receiver.ids())) == 5
    now = read(client, webhook)
    assert (now["waiting"], now["dead"], now["failures"], now["last_error"]) == (0, 0, 0, None)
    assert now["last_delivered_at"]


def test_what_is_kept_from_one_subject_is_kept_in_order_and_holds_up_no_other(
    client, record, revise, subscribe, deliver
):
    port = free_port()
    with receiving(port=port) as receiver:
        webhook = subscribe(receiver)
    # Nobody listens there now.
    stuck, others = record("Fest"), [record() for _ in range(3)]
    revise(stuck, context="2")
    deliver()
    until(lambda: read(client, webhook)["failures"])
    is_well = []

    def answer(_, body):
        return 204 if is_well or body["data"]["id"] != stuck["id"] else 500

    with receiving(answer, port) as receiver:
        until(
            lambda: {each["id"] for each in others} <= {b["data"]["id"] for b in receiver.bodies()}
        )
        revise(others[0], context="2")
        until(lambda: receiver.versions("statement", others[0]["id"]) == [1, 2])
        assert set(receiver.versions("statement", stuck["id"])) <= {1}
        (waiting, behind) = client.get(f"/v1/webhooks/{webhook['id']}/deliveries").json["items"]
        assert (waiting["status"], waiting["answered"]) == ("waiting", 500)
        assert (behind["attempts"], behind["next_attempt_at"] is None) == (0, False)
        is_well.append(True)
        until(lambda: read(client, webhook)["waiting"] == 0)
        assert receiver.versions("statement", stuck["id"])[-2:] == [1, 2]
        tried = [
            i
            for i, body in zip(receiver.ids(), receiver.bodies(), strict=True)
            if body["data"] == {**body["data"], "id": stuck["id"], "version": 1}
        ]
        assert len(tried) > 1 and len(set(tried)) == 1


def test_a_slow_receiver_is_left_alone_and_holds_up_nobody(client, record, subscribe, deliver):
    def trickle(handler, _):
        try:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            for _ in range(100):
                handler.wfile.write(b".")
                handler.wfile.flush()
                time.sleep(0.1)
        except OSError:
            handler.close_connection = True

    def pour(handler, _):
        handler.send_response(200)
        handler.end_headers()
        try:
            while True:
                handler.wfile.write(bytes(1 << 16))
        except OSError:
            handler.close_connection = True

    with receiving(trickle) as slow, receiving(pour) as big, receiving() as well:
        webhook, _, _ = subscribe(slow), subscribe(big), subscribe(well)
        for _ in range(10):
            record()
        began = time.monotonic()
        deliver()
        well.wait(10)
        big.wait(10)
        assert len(slow.posted) <= 2 + (time.monotonic() - began)
        failed = until(lambda: read(client, webhook)["last_error"])
        assert failed == "No answer within 1 seconds."


def test_who_is_gone_is_asked_no_more_until_it_is_enabled_again(client, record, subscribe, deliver):
    with receiving(410) as receiver:
        webhook = subscribe(receiver)
        first = record()
        deliver()
        now = until(lambda: read(client, webhook)["status"] == "disabled" and read(client, webhook))
        assert "410" in now["disabled_because"]
        record()
        time.sleep(0.6)
        assert len(receiver.posted) == 1
        receiver.answer = 204
        address = f"/v1/webhooks/{webhook['id']}"
        answer = client.patch(address, json={"status": "active"})
        assert answer.json["disabled_because"] is None
        receiver.wait(3)
        assert receiver.versions("statement", first["id"]) == [1, 1]


def test_a_redirect_leads_nobody_inside(client, record, subscribe, deliver):
    with receiving() as inside:

        def redirect(handler, _):
            handler.send_response(307)
            handler.send_header("Location", inside.url)
            handler.send_header("Content-Length", "0")
            handler.end_headers()

        with receiving(redirect) as receiver:
            webhook = subscribe(receiver)
            record()
            deliver()
            receiver.wait(2)
            assert "redirects are not followed" in read(client, webhook)["last_error"]
        assert inside.posted == []


def test_where_an_address_leads_is_looked_at_again_before_anything_is_sent(
    client, record, subscribe, deliver
):
    with receiving() as receiver:
        webhook = subscribe(receiver)
        record()
        # Of the same address, now that the network is not open any more.
        once = deliver("--once", webhook_networks="10.0.0.0/8", webhook_retries="60")
        assert once.wait(timeout=30) == 0
        assert "not on the public internet" in read(client, webhook)["last_error"]
        assert receiver.posted == []


def test_killed_in_the_middle_nothing_is_lost_and_the_order_stays(
    client, record, revise, subscribe, deliver
):
    def slowly(*_):
        time.sleep(0.02)
        return 204

    with receiving(slowly) as receiver:
        webhook = subscribe(receiver)
        made = [record() for _ in range(8)]
        for turn in range(3):
            for statement in made:
                revise(statement, context=str(turn))
        killed = deliver()
        receiver.wait(9)
        killed.kill()
        killed.wait()
        deliver()
        until(lambda: len(set(receiver.ids())) == 32)
        until(lambda: read(client, webhook)["last_delivered_at"])
    # At most the one that was on its way comes twice.
    assert len(receiver.posted) <= 33
    for statement in made:
        versions = receiver.versions("statement", statement["id"])
        assert list(dict.fromkeys(versions)) == [1, 2, 3, 4]
        assert versions == sorted(versions)


def test_two_at_it_deliver_each_notice_once_and_in_order(record, revise, subscribe, deliver):
    with receiving() as one, receiving() as other:
        subscribe(one), subscribe(other)
        deliver(), deliver()
        made = [record() for _ in range(6)]
        for turn in range(4):
            for statement in made:
                revise(statement, context=str(turn))
        for receiver in (one, other):
            receiver.wait(30)
        time.sleep(0.6)
        for receiver in (one, other):
            assert len(receiver.posted) == 30
            for statement in made:
                assert receiver.versions("statement", statement["id"]) == [1, 2, 3, 4, 5]


def test_while_a_secret_is_changed_over_both_sign(client, record, subscribe, deliver):
    with receiving() as receiver:
        webhook = subscribe(receiver)
        rotate = f"/v1/webhooks/{webhook['id']}/rotate"
        secret = client.post(f"{rotate}?overlap_hours=1").json["secret"]
        record()
        deliver()
        receiver.wait(1)
        headers, body = receiver.posted[0]
        assert Webhook(webhook["secret"]).verify(body, headers)
        assert Webhook(secret).verify(body, headers)
        only = client.post(f"{rotate}?overlap_hours=0").json["secret"]
        record()
        receiver.wait(2)
        headers, body = receiver.posted[1]
        assert Webhook(only).verify(body, headers)
        for old in (webhook["secret"], secret):
            with pytest.raises(WebhookVerificationError):
                Webhook(old).verify(body, headers)


def test_what_fails_too_often_is_set_aside_listed_and_tried_once_more(
    client, record, revise, refused, subscribe, deliver
):
    with receiving(500) as receiver:
        webhook = subscribe(receiver)
        statement = record()
        address = f"/v1/webhooks/{webhook['id']}"
        deliver(webhook_retries="0.1, 0.1")
        until(lambda: read(client, webhook)["dead"] == 1)
        (dead,) = client.get(f"{address}/deliveries?status=dead").json["items"]
        assert len(receiver.posted) == dead["attempts"] == 3
        assert (dead["event"], dead["answered"]) == ("statement.created", 500)
        assert (dead["subject_id"], dead["next_attempt_at"]) == (statement["id"], None)
        assert client.get(f"{address}/deliveries?status=waiting").json["items"] == []
        receiver.answer = 204
        # The subject goes on without it.
        revise(statement, context="2")
        receiver.wait(4)
        replay = f"{address}/deliveries/{dead['id']}/replay"
        assert client.post(replay).status_code == 204
        receiver.wait(5)
        assert receiver.versions("statement", statement["id"]) == [1, 1, 1, 2, 1]
        until(lambda: not client.get(f"{address}/deliveries").json["items"])
        refused(client.post(replay), 404)
