"""Lines of the log for programs: one JSON object each."""

import io
import json
import logging

import pytest
from structlog.contextvars import bound_contextvars

from api.logger import Logger
from api.logs import configure


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
