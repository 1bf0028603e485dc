"""Lines of the log for programs: one JSON object each."""

import io
import json
import logging
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from structlog.contextvars import bound_contextvars

from api.logger import Logger
from api.logs import configure
from tests.serving import new_key, serving


@pytest.fixture
def written(monkeypatch, request):
    """What is logged, as the server writes it: line by line, or as text where that is asked for."""
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    root = logging.getLogger()
    handlers, level, searched = root.handlers[:], root.level, logging._srcfile
    form = getattr(request, "param", "json")
    configure("info", form)
    yield (
        lambda: (
            [json.loads(line) for line in stream.getvalue().splitlines()]
            if form == "json"
            else stream.getvalue()
        )
    )
    root.handlers[:], logging._srcfile = handlers, searched
    root.setLevel(level)
    logging.captureWarnings(False)


def test_a_line_tells_its_event_and_what_is_known_of_the_request(written):
    with bound_contextvars(request_id="r1", trace_id="t1"):
        Logger("desk").warning("7 words", route="/", trace_id="t2")
    (line,) = written()
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "7 words",
        "request_id": "r1",
        "trace_id": "t2",
        "level": "warning",
        "logger": "desk",
        "route": "/",
    }


def test_an_error_is_one_line_with_its_trace(written):
    try:
        raise ValueError("ü")
    except ValueError as error:
        Logger("desk").exception("failed", error)
    (line,) = written()
    assert line["exception"].startswith("Traceback")
    assert line["exception"].endswith("ValueError: ü")


RESERVED = sorted({"message", "asctime", "fields", *vars(logging.makeLogRecord({}))})


@pytest.mark.parametrize("written", ["json", "text"], indirect=True)
def test_a_field_of_any_name_is_written_and_none_stands_in_for_the_line(written):
    own = ["event", "level", "logger", "timestamp", "exception", "self", "extra", "stacklevel"]
    own += ["exc_info", "stack", "_record", "_from_structlog"]
    fields = {name: f"<{name}>" for name in (*RESERVED, *own)}
    Logger("desk").info("all of them", **fields)
    Logger("desk").exception("and of an error", ValueError("ü"), **fields)
    lines = written()
    if isinstance(lines, str):
        assert all(lines.count(value) == 2 for value in fields.values())
        return
    for line in lines:
        assert set(fields.values()) <= set(line.values())
        assert line["logger"] == "desk"
    assert [line["event"] for line in lines] == ["all of them", "and of an error"]


def test_what_libraries_tell_with_a_line_is_written_too(written):
    logging.getLogger("library").warning("%d words", 7, extra={"route": "/"})
    (line,) = written()
    assert (line["event"], line["route"]) == ("7 words", "/")


@pytest.mark.parametrize("value", ["\udc80", 2**70, {1: object()}])
def test_a_field_of_any_value_is_written(written, value):
    Logger("desk").info("odd", value=value)
    (line,) = written()
    assert line["value"]


def test_not_even_at_its_most_talkative_the_server_tells_secrets_or_what_was_said(tmp_path):
    log = tmp_path / "log"
    page = "<p>Zaunkoenig said on 3 May 2026 that the harbour stays open.</p>" * 9
    page = f"<html><body><article>{page}<center>Zaunkoenig</center></article></body></html>"
    source = {"title": "Zaunkoenig", "url": "https://news.example/zaunkoenig"}
    said = {"kind": "quote", "text": "Zaunkoenig stays", "speaker": {"name": "Ada Zaunkoenig"}}
    said["speaker"]["kind"] = "person"
    settings = {"log_level": "debug", "rate_limit": "900 per minute", "workers": "1"}
    with serving(tmp_path, log=log, webhook_networks="127.0.0.0/8", **settings) as server:
        key = new_key(tmp_path, "admin")

        def ask(address, body=None, **headers):
            data = body if isinstance(body, bytes | None) else json.dumps(body).encode()
            headers |= {"Authorization": f"Bearer {key}", "X-Note": "Zaunkoenig"}
            request = Request(
                server + address, data, {"Content-Type": "application/json", **headers}
            )
            try:
                with urlopen(request, timeout=60) as answer:
                    return json.loads(answer.read())
            except HTTPError as refused:
                return json.loads(refused.read())

        hook = {"url": "http://127.0.0.1:9/zaunkoenig", "events": ["statement.created"]}
        secret = ask("/v1/webhooks", hook)["secret"]
        ask("/v1/statements", said | {"source": source}, **{"Idempotency-Key": "zaunkoenig"})
        assert ask("/v1/articles", {"source": source, "html": page})["statements"]
        assert ask("/v1/statements?q=zaunkoenig&sort=relevance")["items"]
        ask("/v1/statements?speaker=Ada+Zaunkoenig")
        ask("/v1/zaunkoenig?zaunkoenig=zaunkoenig")
        ask("/v1/statements", b"{zaunkoenig")
        assert ask("/v1/reconcile/suggest/entity?prefix=zaunkoenig")["result"]
    told = log.read_text()
    assert '"logger":"peewee"' in told
    for hidden in (secret.removeprefix("whsec_"), key.split("_", 2)[2], "zaunkoenig"):
        assert hidden.lower() not in told.lower()
