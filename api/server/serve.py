"""gunicorn, run on the settings."""

from errno import ECONNRESET
from io import BytesIO
from resource import RLIM_INFINITY, RLIMIT_NOFILE, getrlimit
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.http.body import Body, ChunkedReader, LengthReader
from gunicorn.http.errors import NoMoreData, ParseException
from werkzeug.exceptions import BadRequest

from api.app import create_app
from api.configuration.hosts import host_of
from api.language import parsing
from api.language.words import identification
from api.logs import ServerLog
from api.server.worker import Reading, Worker
from api.services.admin.readiness import is_ready
from api.settings import Settings
from api.web.http.headers import LONGEST_LINE

# Longer than any answer takes; a worker that hangs beyond it is replaced.
_TIMEOUT_SECONDS = 60
# Connections that say nothing take no thread: they may be kept for the next request.
_KEPT_SECONDS = 15
_READ_BYTES = 1 << 16
# Callers that a worker holds a connection of, and files that it has open beside them.
_CONNECTIONS = 1_000
_FILES = 128


class MalformedBody(ParseException, BadRequest):
    """A body that is not in chunks as it says, or ends before its end: refused by who reads it."""

    description = "The body is not in chunks as HTTP has them, or it ended before its end."

    def __str__(self) -> str:
        """What is wrong, without the point that who tells it adds."""
        return self.description.removesuffix(".")


class PromptBody(Body):
    """A body that can be read as it comes: gunicorn's own waits until all that is asked for came.

    Not until then could a caller be told what became of its first lines.
    """

    def __init__(self, request: Any, reading: Reading) -> None:
        super().__init__(request.body.reader)
        self._request, self._reading = request, reading

    def _read_reader(self, size: int) -> bytes:
        try:
            return bytes(self.reader.read(size))
        except Exception as error:
            # Where the next request would begin is not known.
            self.failed = True
            self._request.force_close()
            if isinstance(error, NoMoreData | ParseException):
                raise MalformedBody from error
            raise

    def read1(self, most: int) -> bytes:
        """Some of the body, as soon as there is any; nothing at its end.

        Raises:
            MalformedBody: what came is none.
            ConnectionResetError: the caller hung up before the end.
        """
        try:
            held = self.buf.getvalue() or self._next()
        except ParseException as error:
            self.failed = True
            self._request.force_close()
            raise MalformedBody from error
        except OSError as error:
            self.failed = True
            raise ConnectionResetError(ECONNRESET, "The body was cut off.") from error
        self.buf = BytesIO()
        self.buf.write(held[most:])
        return held[:most]

    def _next(self) -> bytes:
        # A body that is read in pieces may take as long as it will, but not each piece.
        self._reading.wait_for_body()
        reader = self.reader
        if isinstance(reader, ChunkedReader):
            held = reader.buf.getvalue()
            reader.buf = BytesIO()
            return held or next(reader.parser or iter(()), b"")
        if not isinstance(reader, LengthReader):
            return bytes(reader.read(_READ_BYTES))
        if not reader.length:
            return b""
        read = reader.unreader.read()
        if not read:
            raise NoMoreData
        if read[reader.length :]:
            reader.unreader.unread(read[reader.length :])
        piece = bytes(read[: reader.length])
        reader.length -= len(piece)
        return piece


class Server(BaseApplication):
    """One ledger behind gunicorn: the language model is loaded once, before the workers fork."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Hand our settings to gunicorn; its own command line and files are not read."""
        options: dict[str, Any] = {
            "bind": _bind(self.settings),
            "workers": self.settings.workers,
            "threads": self.settings.threads,
            "worker_class": Worker,
            "preload_app": True,
            "timeout": _TIMEOUT_SECONDS,
            "keepalive": _KEPT_SECONDS,
            "worker_connections": _connections(),
            # It would take the address asked for and the scheme from whoever is on this machine.
            "forwarded_allow_ips": "",
            "forwarder_headers": "",
            "secure_scheme_headers": {},
            "limit_request_line": LONGEST_LINE,
            "limit_request_field_size": LONGEST_LINE,
            "loglevel": self.settings.log_level,
            "logger_class": ServerLog,
            "control_socket_disable": True,
            "pre_request": _read_promptly,
            "post_worker_init": _hold_ledger,
        }
        for name, value in options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        """The application that every worker answers with."""
        parsing.load()
        identification.load()
        return create_app(self.settings)


def _bind(settings: Settings) -> str:
    """Where to listen; an address of IPv6 stands in brackets."""
    host = host_of(settings.host) or settings.host
    return f"[{host}]:{settings.port}" if ":" in host else f"{host}:{settings.port}"


def _connections() -> int:
    """How many callers a worker holds a connection of, each of which is an open file."""
    files, _ = getrlimit(RLIMIT_NOFILE)
    return _CONNECTIONS if files == RLIM_INFINITY else min(_CONNECTIONS, max(1, files - _FILES))


def _read_promptly(worker: Worker, request: Any) -> None:
    reader, reading = request.body.reader, worker.reading()
    reading.wait_for_body(reader.length if isinstance(reader, LengthReader) else 0)
    request.body = PromptBody(request, reading)


def _hold_ledger(worker: Any) -> None:
    """Read it once, so that it is seen to be in use before the first request as well."""
    is_ready()


def serve(settings: Settings) -> None:
    """Serve in the foreground until told to stop."""
    Server(settings).run()
