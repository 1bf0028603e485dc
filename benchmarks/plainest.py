"""The plainest view of the same table: what a reader of the ledger would write in ten minutes.

usage: python -m benchmarks.plainest FILE PORT

Flask, sqlite3, one query, dicts, ``orjson.dumps``, in one worker of gunicorn's of the same class
and as many threads as ``counterclaim serve`` has. No log, no metrics, no headers, no ETag, and
seven values of a statement rather than thirty.
"""

import sqlite3
import sys
from threading import local
from typing import Any

import orjson
from flask import Flask, Response, request
from gunicorn.app.base import BaseApplication

from api.settings import Settings

_SQL = """
    SELECT statement.id, speaker.name AS speaker, statement.kind, said_on, text,
           topics AS topic, source.url AS source
    FROM statement
    JOIN speaker ON speaker.id = statement.speaker_id
    LEFT JOIN source ON source.id = statement.source_id"""
LIST = f"""{_SQL} WHERE status = 'active' AND coalesce(said_latest, '') <= ?1
    AND (coalesce(said_latest, ''), statement.id) < (?1, ?2)
    ORDER BY coalesce(said_latest, '') DESC, statement.id DESC LIMIT 50"""
_ONE = f"{_SQL} WHERE statement.id = ?"


class Server(BaseApplication):
    """Serves the view of a file on a port."""

    def __init__(self, file: str, port: str) -> None:
        self._file, self._port = file, port
        super().__init__()

    def load_config(self) -> None:
        """One worker like ours."""
        self.cfg.set("bind", f"127.0.0.1:{self._port}")
        self.cfg.set("worker_class", "gthread")
        self.cfg.set("threads", Settings().threads)
        self.cfg.set("keepalive", 15)
        if "control_socket_disable" in self.cfg.settings:
            self.cfg.set("control_socket_disable", True)

    def load(self) -> Any:
        """The view."""
        return view(self._file)


def view(file: str) -> Flask:
    """The application on a file of SQLite's."""
    app, own = Flask(__name__), local()

    def read(sql: str, *values: Any) -> list[dict[str, Any]]:
        if not hasattr(own, "connection"):
            own.connection = sqlite3.connect(file)
            own.connection.row_factory = sqlite3.Row
        return [dict(row) for row in own.connection.execute(sql, values)]

    @app.get("/statements")
    def statements() -> Response:
        after = request.args.get("after", "9999"), int(request.args.get("id", 0))
        return Response(orjson.dumps(read(LIST, *after)), mimetype="application/json")

    @app.get("/statements/<int:number>")
    def statement(number: int) -> Response:
        return Response(orjson.dumps(read(_ONE, number)[0]), mimetype="application/json")

    return app


if __name__ == "__main__":
    Server(*sys.argv[1:]).run()
