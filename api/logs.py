"""Logs: one line an event, as JSON for programs or as text for people.

What the code logs goes through Python's own ``logging``; here is only how a line looks.
"""

import logging
import sys
from typing import Any

import orjson
import structlog
from gunicorn.glogging import Logger


def configure(level: str, form: str) -> None:
    """Send every line of this process and of its workers to standard error.

    Args:
        level: the least that is told, as ``info``.
        form: ``json``, ``text``, or ``auto``: text on a terminal, else JSON.
    """
    terminal = sys.stderr.isatty()
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_formatter(form == "text" or (form == "auto" and terminal), terminal))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    logging.captureWarnings(True)
    # It would tell each refusal a second time, with the caller's address.
    logging.getLogger("flask-limiter").setLevel(logging.WARNING)


class ServerLog(Logger):
    """What gunicorn tells of itself, in the same form; of requests the application tells."""

    def setup(self, cfg: Any) -> None:
        """Leave its lines to the one handler that there is."""
        self.cfg = cfg
        self.error_log.setLevel(cfg.loglevel.upper())
        self.error_log.propagate = True

    def access(self, *_: Any) -> None:
        """Nothing: the application has told of the request."""

    def exception(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        """An error with its trace, without the query that it came with: that may quote people."""
        super().exception(msg, *(str(each).partition("?")[0] for each in args), **kwargs)


def _formatter(text: bool, colors: bool) -> logging.Formatter:
    """Lines for people or for programs, with what is known of the request they are about."""
    known: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    shown: list[structlog.typing.Processor] = [
        structlog.dev.ConsoleRenderer(
            colors=colors, exception_formatter=structlog.dev.plain_traceback
        )
    ]
    if not text:
        shown = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(_json)]
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=known,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *shown],
    )


def _json(event: Any, **_: Any) -> str:
    return orjson.dumps(event, default=str).decode()
