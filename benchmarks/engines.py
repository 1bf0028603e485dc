"""The list of statements from PostgreSQL, beside the same from SQLite, in turns."""

import os
import subprocess
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import servers
from benchmarks.load import request
from benchmarks.reads import Call, Span, places, rates
from tests.postgres import server

_PAGES = 400


def engines(file: Path, span: Span, log: Path) -> dict[str, float]:
    """Copy a ledger into a server of its own, and measure pages of both.

    Args:
        file: the ledger's, of SQLite's.
        span: how long.
        log: where the servers' own lines go.

    Returns:
        Answers a second, by their names.
    """
    with server() as postgresql, TemporaryDirectory() as folder:
        with postgresql.connect() as connection:
            connection.execute("CREATE DATABASE ledger")
        settings = {"database_url": postgresql.url("ledger"), "signing_key": f"{folder}/key"}
        _copy(file, settings["database_url"], log)
        with servers.ours(file, log) as (one, _), servers.ours(file, log, **settings) as (other, _):
            asked = {"SQLite": one, "PostgreSQL": other}
            calls = [
                Call(f"list page in turns, {name}", port, _pages(port))
                for name, port in asked.items()
            ]
            found = rates(calls, span)
            return {call.name: found[call.name] for call in calls}


def _copy(file: Path, url: str, log: Path) -> None:
    with log.open("ab") as told:
        subprocess.run(  # noqa: S603 (our own command)
            [servers.OUR_COMMAND, "copy", "--to", url],
            check=True,
            env=os.environ | {"COUNTERCLAIM_DATABASE_URL": f"sqlite:///{file}"},
            stdout=told,
            stderr=told,
        )


def _pages(port: int) -> list[bytes]:
    return [request(path, port) for path, *_ in islice(places(port), _PAGES)]
