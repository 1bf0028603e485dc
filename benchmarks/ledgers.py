"""Large ledgers of statements like news, built fast.

usage: python -m benchmarks.ledgers FILE SIZE [--distinct TEXTS] [--held EVERY] [--seed SEED]

The first statements, as many as there are distinct texts (10,000 unless said), are read on all
cores and recorded as the API records them. Every 20th is held against those before it, as each is
in service, so that there are contradictions. The rest are clones of these: see
``benchmarks.clones``. They were recorded from 2024 on, one each quarter of a minute.
"""

import argparse
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from multiprocessing import get_context
from multiprocessing.pool import Pool
from pathlib import Path
from time import monotonic
from typing import Any

from api.contradictions import Analysis
from api.language.parsing import load
from api.ledger.migrations.runner import migrate
from api.ledger.storage.clock import stamp
from api.ledger.storage.database import database, disconnect, engine, transaction, writing
from api.services.admin.opening import open_ledger
from api.services.contradictions.analysis_store import limits
from api.services.statements.record import PreparedStatement, commit_statement, prepare_statement
from api.settings import Settings
from benchmarks.clones import clone
from benchmarks.news import News

DISTINCT, HELD, SEED = 10_000, 20, 1
_BEGAN, _BETWEEN = datetime(2024, 1, 1, tzinfo=UTC), timedelta(seconds=15)
_BATCH, _BATCHES = 200, 10
_PATIENCE_MS = 60_000
# What is built is not there before it is whole: nothing has to outlive a power cut.
_FAST = ("PRAGMA synchronous = OFF", "PRAGMA cache_size = -1000000")


def main() -> None:
    """Build a ledger, and tell how long that took."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("file", type=Path, help="where the ledger will be; nothing may be there")
    parser.add_argument("size", type=int, help="statements")
    parser.add_argument("--distinct", type=int, default=DISTINCT, help="texts that are read")
    parser.add_argument("--held", type=int, default=HELD, help="each so-manieth is held")
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args()
    if asked.file.exists():
        parser.error(f"{asked.file} is there already")
    began = monotonic()
    build(asked.file, asked.size, asked.distinct, asked.held, asked.seed)
    print(
        f"{asked.size} statements in {monotonic() - began:.0f} s, {asked.file.stat().st_size} bytes"
    )


def build(
    file: Path, size: int, distinct: int = DISTINCT, held: int = HELD, seed: int = SEED
) -> None:
    """Build a ledger.

    Args:
        file: where.
        size: how many statements it will have.
        distinct: how many of them are read and recorded; the others are clones.
        held: each so-manieth of these is held against the ledger.
        seed: of the news.
    """
    load()
    # Forked before the ledger is opened: its connection is not shared, the language model is.
    with get_context("fork").Pool(os.cpu_count()) as readers:
        open_ledger(Settings(database_url=f"sqlite:///{file}", busy_timeout=_PATIENCE_MS))
        migrate()
        for pragma in _FAST:
            database.execute_sql(pragma)
        analyses = _record(_drafts(News(seed), readers), min(size, distinct), held)
    clone(analyses, size, moment, seed)
    with writing():
        engine().measure()
    database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    disconnect()


def moment(number: int) -> str:
    """When the n-th statement was recorded."""
    return stamp(_BEGAN + number * _BETWEEN)


def _record(
    coming: Iterator[PreparedStatement], size: int, held: int
) -> dict[int, Analysis | None]:
    """Record distinct statements; gives what was read in each, by its id."""
    analyses: dict[int, Analysis | None] = {}
    candidates = limits.candidates
    while len(analyses) < size:
        with writing():
            for each in islice(coming, min(_BATCH, size - len(analyses))):
                number = len(analyses)
                transaction().moment = moment(number)
                limits.candidates = 0 if number % held else candidates
                statement_id, is_new = commit_statement(each)
                if is_new:
                    analyses[statement_id] = each.analysis
    limits.candidates = candidates
    return analyses


def _drafts(news: News, readers: Pool) -> Iterator[PreparedStatement]:
    """Statements that were read, without end."""
    bodies = news.bodies()
    while True:
        batches = [list(islice(bodies, _BATCH)) for _ in range(_BATCHES)]
        for drafts in readers.imap(_read, batches):
            yield from drafts


def _read(bodies: list[dict[str, Any]]) -> list[PreparedStatement]:
    return [prepare_statement(body) for body in bodies]


if __name__ == "__main__":
    main()
