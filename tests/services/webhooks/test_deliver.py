"""What receivers answer that is no answer: kept clean, counted, and never in the way."""

from datetime import UTC, datetime, timedelta

import pytest

from api.ledger.storage.clock import stamp
from api.services.webhooks.delivery import _LONGEST_PAUSE_SECONDS, DeliveryWorker
from api.services.webhooks.http_post import LONGEST_ERROR
from tests.receiving import receiving


@pytest.fixture
def client(open_ledger):
    return open_ledger(webhook_networks="127.0.0.1").test_client()


@pytest.fixture
def failed(client, record):
    """What is kept of a webhook, and of its notice, where the receiver answers these bytes."""

    def fail(raw):
        def answer(handler, _):
            handler.wfile.write(raw)

        with receiving(answer) as receiver:
            body = {"url": receiver.url, "events": ["statement.created"]}
            address = f"/v1/webhooks/{client.post('/v1/webhooks', json=body).json['id']}"
            record()
            courier = DeliveryWorker(client.application.config["SETTINGS"])
            for due in courier.due():
                courier.attend(due)
            assert len(receiver.posted) == 1
        (delivery,) = client.get(f"{address}/deliveries").json["items"]
        return client.get(address).json, delivery

    return fail


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0",
        b"SSH-2.0-OpenSSH_9.2\0\x1b[31m\x07\r\n",
        b"HTTP/1.1 200\0OK\r\n\r\n",
        b"HTTP/9.9\0 200 OK\r\n\r\n",
        b"HTTP/1.1 999999 \xff\xfe\r\n\r\n",
        b"HTTP/1.1 -1 OK\r\n\r\n",
        b"\xe2\x80\xae\xf0\x9f\x92\xa9\xed\xb0\x80 \x85\xa0\n",
        b"A" * 60_000 + b"\0\r\n",
        b"A" * 70_000,
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n",
        b"HTTP/1.1 500 \0\x1b\r\nX\0: \0\r\nContent-Length: \0\r\n\r\n\0",
        b"HTTP/1.1 307 \0\r\nLocation: http://169.254.169.254/\0\r\n\r\n",
    ],
    ids=lambda raw: repr(raw[:30]),
)
def test_what_is_kept_of_a_failure_is_a_line_that_can_be_shown(failed, raw):
    webhook, delivery = failed(raw)
    assert (webhook["failures"], webhook["waiting"], delivery["attempts"]) == (1, 1, 1)
    assert webhook["last_error"] == delivery["error"]
    assert delivery["error"].isprintable()
    assert 0 < len(delivery["error"]) <= LONGEST_ERROR


@pytest.mark.parametrize(
    "asked",
    [b"-5", b"1e9", b"\xb2", b"\0", b"", b"99999999999999999999", b"5, 6", b"Wed, 99 Foo 0000"],
)
def test_however_long_a_receiver_asks_to_be_left_alone_it_is_tried_again_soon(failed, asked):
    raw = b"HTTP/1.1 503 Busy\r\nRetry-After: " + asked + b"\r\nContent-Length: 0\r\n\r\n"
    webhook, delivery = failed(raw)
    assert delivery["error"] == "It answered 503."
    longest = timedelta(seconds=_LONGEST_PAUSE_SECONDS)
    assert webhook["updated_at"] < webhook["retry_at"] <= stamp(datetime.now(UTC) + longest)


def test_the_reason_of_one_that_is_gone_is_ours(client, record):
    def answer(handler, _):
        handler.wfile.write(b"HTTP/1.1 410 \0\x1b\r\n\r\n\0")

    with receiving(answer) as receiver:
        client.post("/v1/webhooks", json={"url": receiver.url, "events": ["statement.created"]})
        record()
        DeliveryWorker(client.application.config["SETTINGS"]).attend(1)
    webhook = client.get("/v1/webhooks/1").json
    assert webhook["status"] == "disabled"
    assert webhook["disabled_because"] == "The receiver answered 410: it is gone."
