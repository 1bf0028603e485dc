"""What a request leaves behind: its id, its trace, and a line that quotes nobody."""

import logging
import re
from functools import partial

import pytest
from opentelemetry import propagate

from api.services.admin import keys

TRACE, PARENT = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
SENT = f"00-{TRACE}-{PARENT}-01"


@pytest.fixture
def ask(client):
    """Makes a call and takes all of its answer, as a server's connection does."""
    return partial(client.open, buffered=True)


@pytest.fixture
def told(caplog):
    """The lines about requests, as what they tell."""
    caplog.set_level(logging.INFO, logger="api.web.middleware.request_log")
    return lambda: [line.fields for line in caplog.records if line.msg == "request"]


def test_a_request_is_one_line_that_tells_the_call_and_quotes_nobody(ask, app, told, caplog):
    headers = {"Authorization": f"Bearer {keys.create('desk', ['write'])}"}
    body = {
        "kind": "claim",
        "text": "Zaunkönig",
        "language": "de",
        "speaker": {"name": "Wendehals", "kind": "person"},
    }
    made = ask("/v1/statements", method="POST", json=body, headers=headers)
    ask("/v1/statements/1?q=Zaunkönig", headers=headers)
    ask("/v1/statements/1", headers={"Authorization": "Bearer Wendehals"})
    ask("/Wendehals")
    calls = [(each["method"], each["route"], each["status"], each["key"]) for each in told()]
    assert calls == [
        ("POST", "/v1/statements", 201, "desk"),
        ("GET", "/v1/statements/{id}", 422, "desk"),
        ("GET", "/v1/statements/{id}", 401, None),
        ("GET", "none", 404, None),
    ]
    assert told()[0]["bytes"] == len(made.data)
    assert told()[0]["milliseconds"] > 0
    for quoted in ("Zaunkönig", "Wendehals"):
        assert quoted not in str([vars(line) for line in caplog.records])


def test_a_made_up_method_or_address_makes_no_name_of_its_own(ask, told):
    ask("/v1/nothing-of-the-kind", method="BREW")
    (line,) = told()
    assert (line["method"], line["route"], line["status"]) == ("other", "none", 404)


def test_an_answer_that_is_broken_off_is_told_as_such(ask, record, told):
    for _ in range(3):
        record()
    whole = {"path": "/v1/statements?all=true", "headers": {"Accept": "application/x-ndjson"}}
    assert len(ask(**whole).data.splitlines()) == 3
    ask(**whole, buffered=False).close()
    whole, broken = told()[-2:]
    assert "interrupted" not in whole
    assert broken["interrupted"]


@pytest.mark.parametrize("sent", ["0123abcd-EF", "Root=1-67891233-abc:7/8@x", "~" * 128])
def test_a_well_formed_request_id_is_kept(client, sent):
    assert client.get("/healthz", headers={"X-Request-Id": sent}).headers["X-Request-Id"] == sent


@pytest.mark.parametrize("sent", ["", "x" * 129, "a b", 'a"b', "a\x1b[31m", "a,b", "ä", "<b>"])
def test_another_request_id_is_replaced(client, sent):
    given = client.get("/healthz", headers={"X-Request-Id": sent}).headers["X-Request-Id"]
    assert re.fullmatch("[0-9a-f]{32}", given)


def test_even_a_problem_carries_the_request_id(client):
    assert client.get("/nothing", headers={"X-Request-Id": "7"}).headers["X-Request-Id"] == "7"


def test_a_request_stays_in_its_callers_trace(client):
    answer = client.get("/healthz", headers={"traceparent": SENT, "tracestate": "desk=1,wire=2"})
    version, trace, span, flags = answer.headers["traceresponse"].split("-")
    assert (version, trace, flags) == ("00", TRACE, "01")
    assert span not in (PARENT, "0" * 16)
    passed_on = {}
    propagate.inject(passed_on)
    assert passed_on == {
        "traceparent": answer.headers["traceresponse"],
        "tracestate": "desk=1,wire=2",
    }


def test_a_later_version_of_the_header_is_read_as_far_as_it_is_known(client):
    sent = {"traceparent": f"cc-{TRACE}-{PARENT}-01-what-comes-later"}
    assert f"-{TRACE}-" in client.get("/healthz", headers=sent).headers["traceresponse"]


@pytest.mark.parametrize(
    "sent",
    [
        f"ff-{TRACE}-{PARENT}-01",
        f"00-{TRACE}-{PARENT}-01-more",
        f"00-{'0' * 32}-{PARENT}-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"00-{TRACE.upper()}-{PARENT}-01",
        f"00-{TRACE[1:]}-{PARENT}-01",
        f"{SENT},{SENT}",
        "x" * 10_000,
    ],
)
def test_what_is_no_trace_begins_a_new_one(client, sent):
    answer = client.get("/healthz", headers={"traceparent": sent, "tracestate": "desk=1"})
    found = re.fullmatch("00-([0-9a-f]{32})-[0-9a-f]{16}-00", answer.headers["traceresponse"])
    assert found
    assert found[1] not in (TRACE, "0" * 32)
    passed_on = {}
    propagate.inject(passed_on)
    assert "tracestate" not in passed_on


def test_the_next_request_is_in_no_trace_of_the_one_before(client):
    client.get("/healthz", headers={"traceparent": SENT})
    assert TRACE not in client.get("/healthz").headers["traceresponse"]
