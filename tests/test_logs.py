"""Lines of the log for programs: one JSON object each."""

import io
import json
import logging

import pytest
from structlog.contextvars import bound_contextvars

from api.logs import configure


@pytest.fixture
def written(monkeypatch):
    """What is logged, line by line, as the server writes it."""
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    root = logging.getLogger()
    handlers, level, searched = root.handlers[:], root.level, logging._srcfile
    configure("info", "json")
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers[:], logging._srcfile = handlers, searched
    root.setLevel(level)
    logging.captureWarnings(False)


def test_a_line_tells_its_event_and_what_is_known_of_the_request(written):
    with bound_contextvars(request_id="r1", trace_id="t1"):
        logging.getLogger("desk").warning("%d words", 7, extra={"route": "/", "trace_id": "t2"})
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
    except ValueError:
        logging.getLogger("desk").exception("failed")
    (line,) = written()
    assert line["exception"].startswith("Traceback")
    assert line["exception"].endswith("ValueError: ü")
