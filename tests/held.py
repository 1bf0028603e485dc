"""A server whose answers can be held back: ``python -m tests.held``.

``/held`` is answered when the file ``held``, in the folder it is run in, is taken away; the answer
of ``/large`` is.
"""

import time
from pathlib import Path

from flask import Flask, request

from api.app import create_app
from api.ledger.migrations.runner import migrate
from api.ledger.storage.database import disconnect
from api.logs import configure
from api.server.serve import Server
from api.settings import Settings

# More than the system takes of an answer that nobody reads.
_LARGE = 64_000_000
_HELD = Path("held").resolve()


class Held(Server):
    """The server, with calls beside its own, and without the language model."""

    def load(self) -> Flask:
        """The application that every worker answers with."""
        app = create_app(self.settings)
        app.add_url_rule("/held", view_func=_held, methods=["GET", "POST"])
        app.add_url_rule("/large", view_func=lambda: bytes(_LARGE))
        return app


def _held() -> str:
    length = len(request.get_data())
    while _HELD.exists():
        time.sleep(0.01)
    return str(length)


if __name__ == "__main__":
    settings = Settings.from_environment()
    configure(settings.log_level, settings.log_format)
    create_app(settings)
    migrate()
    disconnect()
    Held(settings).run()
