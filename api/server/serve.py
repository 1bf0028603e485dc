"""gunicorn, run on the settings: its own threaded worker, in front of the application's queues.

What faces strangers is a proxy such as nginx, which holds heads, bodies and slow readers until they
are whole (``deploy/nginx.conf``): a thread here waits for whoever reached it.
"""

from typing import Any

from gunicorn.app.base import BaseApplication

from api.app import create_app
from api.configuration.hosts import host_of, is_loopback
from api.language import parsing
from api.language.words import identification
from api.logger import Logger
from api.logs import ServerLog
from api.server.worker import Worker
from api.services.admin.readiness import is_ready
from api.settings import Settings
from api.web.http.headers import LONGEST_LINE

# Longer than any answer takes; a worker that hangs beyond it is replaced.
_TIMEOUT_SECONDS = 60
# A proxy keeps its connections for the next request.
_KEPT_SECONDS = 75
_CONNECTIONS = 1_000
# Threads beside those of requests that are worked on or wait: for probes, refusals, heads to come.
_SPARE_THREADS = 16

log = Logger(__name__)


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
            "threads": threads(self.settings),
            "worker_class": Worker,
            "worker_connections": _CONNECTIONS,
            "preload_app": True,
            "timeout": _TIMEOUT_SECONDS,
            "keepalive": _KEPT_SECONDS,
            # It would take the address asked for and the scheme from whoever is on this machine.
            "forwarded_allow_ips": "",
            "forwarder_headers": "",
            "secure_scheme_headers": {},
            "limit_request_line": LONGEST_LINE,
            "limit_request_field_size": LONGEST_LINE,
            "loglevel": self.settings.log_level,
            "logger_class": ServerLog,
            "control_socket_disable": True,
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


def threads(settings: Settings) -> int:
    """How many threads a worker has: for all requests that are worked on, or wait, at once.

    Those that wait do nothing; see ``api.web.middleware.request_queues``.
    """
    if not settings.max_queue:
        return _CONNECTIONS - 1
    return min(2 * (settings.threads + settings.max_queue) + _SPARE_THREADS, _CONNECTIONS - 1)


def _hold_ledger(worker: Any) -> None:
    """Read it once, so that it is seen to be in use before the first request as well."""
    is_ready()


def serve(settings: Settings) -> None:
    """Serve in the foreground until told to stop."""
    if not is_loopback(settings.host):
        log.warning(
            f"Listening on {settings.host}: put nginx in front, as deploy/nginx.conf does. It "
            "holds slow callers and large bodies, which would take a thread each here."
        )
    Server(settings).run()
