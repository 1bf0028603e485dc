"""gunicorn, run on the settings."""

from typing import Any

from gunicorn.app.base import BaseApplication

from api.app import create_app
from api.language import parsing
from api.settings import Settings

# Longer than any answer takes; a worker that hangs beyond it is replaced.
_TIMEOUT_SECONDS = 60


class Server(BaseApplication):
    """One ledger behind gunicorn: the language model is loaded once, before the workers fork."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Hand our settings to gunicorn; its own command line and files are not read."""
        options: dict[str, Any] = {
            "bind": f"{self.settings.host}:{self.settings.port}",
            "workers": self.settings.workers,
            "threads": self.settings.threads,
            "worker_class": "gthread",
            "preload_app": True,
            "timeout": _TIMEOUT_SECONDS,
            "loglevel": self.settings.log_level,
            "control_socket_disable": True,
        }
        for name, value in options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        """The application that every worker answers with."""
        parsing.load()
        return create_app(self.settings)


def serve(settings: Settings) -> None:
    """Serve in the foreground until told to stop."""
    Server(settings).run()
