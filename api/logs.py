"""Logs: one line an event, as JSON for programs or as text for people.

What the code logs (``api.logger``) goes through Python's own ``logging``; here is only how a line
looks.
"""

import json
import logging
import sys
from collections.abc import Callable
from typing import Any

import orjson
import structlog
from gunicorn.glogging import Logger
from structlog.typing import EventDict, Processor

# The first would tell each refusal again, with the caller's address; the others quote pages.
_QUOTING = ("flask-limiter", "trafilatura", "htmldate", "courlan")


def configure(level: str, form: str) -> None:
    """Send every line of this process and of its workers to standard error.

    Args:
        level: the least that is told, as ``info``.
        form: ``json``, ``text``, or ``auto``: text on a terminal, else JSON.
    """
    terminal = sys.stderr.isatty()
    handler = logging.StreamHandler(sys.stderr)
    text = form == "text" or (form == "auto" and terminal)
    handler.setFormatter(_for_people(terminal) if text else _for_programs())
    # No line tells which line of the code wrote it; the stack is not searched for it.
    logging._srcfile = None  # by the "Logging HOWTO" of Python
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    logging.captureWarnings(True)
    # Its lines hold the values of each query: secrets, and what people said.
    logging.getLogger("peewee").addFilter(_without_values)  # noqa: TID251 (not to log)
    for name in _QUOTING:
        logging.getLogger(name).setLevel(logging.WARNING)  # noqa: TID251 (not to log)


def _without_values(record: logging.LogRecord) -> bool:
    """Leave the query alone of what peewee logs as a pair of a query and its values."""
    if isinstance(record.msg, tuple):
        record.msg, record.args = str(record.msg[0]), ()
    return True


class ServerLog(Logger):
    """What gunicorn tells of itself, in the same form; of requests the application tells."""

    def setup(self, cfg: Any) -> None:
        """Leave its lines to the one handler that there is."""
        self.cfg = cfg
        # What it tells for debugging quotes the addresses that were asked for.
        self.error_log.setLevel("INFO" if cfg.loglevel == "debug" else cfg.loglevel.upper())
        self.error_log.propagate = True

    def access(self, *_: Any) -> None:
        """Nothing: the application has told of the request."""

    def exception(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        """An error with its trace, without the query that it came with: that may quote people."""
        super().exception(msg, *(str(each).partition("?")[0] for each in args), **kwargs)


# What Python notes of every line by itself; the rest was told with it.
_NOTED = frozenset(("fields", *vars(logging.makeLogRecord({}))))
# What a line says of itself, and structlog of it; a field of the same name gets a _ behind it.
_OWN = frozenset(
    ("event", "level", "logger", "timestamp", "exception", "exc_info", "stack", "stack_info")
) | {"_record", "_from_structlog"}


def _with_fields(_: Any, __: str, line: EventDict) -> EventDict:
    """Add what was told with a line: by this code in fields, by libraries in attributes."""
    record = line["_record"]
    told = {name: value for name, value in vars(record).items() if name not in _NOTED}
    told |= getattr(record, "fields", {})
    return {**line, **{f"{name}_" if name in _OWN else name: told[name] for name in told}}


def _dumped(line: EventDict, default: Callable[[Any], Any]) -> str:
    try:
        return orjson.dumps(line, default=default).decode()
    except TypeError:
        # Half of a surrogate pair, as in the name of a file; a number of more than 64 bits.
        return json.dumps(line, default=default)


# What a line tells of a request itself goes before what is known of it.
_KNOWN: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    _with_fields,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)


def _rendered(*renderers: Processor) -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_KNOWN,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *renderers],
    )


def _for_programs() -> logging.Formatter:
    """Lines of JSON, with what is known of the request they are about."""
    return _rendered(
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(serializer=_dumped, default=str),
    )


def _for_people(colors: bool) -> logging.Formatter:
    """Lines of text, with what is known of the request they are about."""
    return _rendered(
        structlog.dev.ConsoleRenderer(
            colors=colors, exception_formatter=structlog.dev.plain_traceback
        )
    )
