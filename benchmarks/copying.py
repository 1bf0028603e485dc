"""How fast a ledger moves between SQLite and PostgreSQL, and how long its history is checked.

usage: python -m benchmarks.copying FILE

The ledger in FILE goes into a new server of PostgreSQL's, which writes to disk in earnest, and from
there into a new file; what is told is rows, and statements, a second.
"""

import argparse
import itertools
import tempfile
from pathlib import Path
from time import monotonic

from api.ledger.engines.opening import open_engine
from api.ledger.migrations.runner import migrate
from api.ledger.storage.database import connect, disconnect, writing
from api.services.admin import copy
from api.services.proof.verify import verify
from tests.postgres import server

_PATIENCE_MS = 60_000


def main() -> None:
    """Copy there and back, and tell."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("file", type=Path, help="a ledger of SQLite's")
    file = parser.parse_args().file
    with server() as started, tempfile.TemporaryDirectory() as folder:
        with started.connect() as connection:
            connection.execute("CREATE DATABASE ledger")
        addresses = (f"sqlite:///{file}", started.url("ledger"), f"sqlite:///{folder}/back.db")
        for source, target in itertools.pairwise(addresses):
            _copy(source, target)


def _copy(source: str, target: str) -> None:
    opened = open_engine(source, _PATIENCE_MS)
    connect(target, _PATIENCE_MS)
    migrate()
    rows = copy.size(opened)
    (statements,) = opened.execute_sql("SELECT count(*) FROM statement").fetchone()
    (changes,) = opened.execute_sql("SELECT count(*) FROM change").fetchone()
    began = monotonic()
    with writing():
        copy.fill(opened, lambda _: None)
        filled = monotonic() - began
        for _ in verify():
            pass
    checked = monotonic() - began - filled
    disconnect()
    print(
        f"into {target.partition(':')[0]}: {rows:,} rows in {filled:.1f} s, {rows / filled:,.0f} "
        f"a second, {statements / filled:,.0f} statements; {changes:,} changes checked in "
        f"{checked:.1f} s, {changes / checked:,.0f} a second",
        flush=True,
    )


if __name__ == "__main__":
    main()
