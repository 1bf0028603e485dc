"""A ledger's file as a whole: copied while others write, checked, and taken from nobody."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from api.ledger.engines.sqlite import is_locked
from api.ledger.storage.database import LedgerUnusable, database, snapshot

_PAGES_AT_ONCE = 1000
# What SQLite keeps beside a file. Left of another one, they would be taken for its own.
_BESIDE = ("-wal", "-shm", "-journal")


def copy_ledger(target: Path, tell: Callable[[int, int], None]) -> None:
    """Copy the ledger that is open, as it is at this moment, while others go on writing.

    Args:
        target: an empty file.
        tell: told of how many pages are done, and how many there are.
    """
    # Held open until the end: each commit of others would otherwise begin the copy anew.
    with snapshot():
        database.execute_sql("SELECT count(*) FROM sqlite_master").fetchone()
        _copy(database.connection(), target, tell)


def copy_file(source: Path, target: Path, tell: Callable[[int, int], None]) -> None:
    """Copy a file of SQLite's that nobody is working on, which is not written to."""
    with closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as opened:
        _copy(opened, target, tell)


def _copy(source: sqlite3.Connection, target: Path, tell: Callable[[int, int], None]) -> None:
    with closing(sqlite3.connect(target)) as opened:
        source.backup(
            opened,
            pages=_PAGES_AT_ONCE,
            progress=lambda _, left, pages: tell(pages - left, pages),
        )


def refuse_damage() -> None:
    """Let SQLite look at every page of the file that is open.

    Raises:
        LedgerUnusable: something is broken; the message says what comes first.
    """
    found = database.execute_sql("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise LedgerUnusable(f"The file is damaged: {found}")


def make_single(path: Path) -> None:
    """Leave all of a ledger in its one file, with nothing beside it."""
    with taken(path):
        pass


@contextmanager
def taken(path: Path) -> Iterator[None]:
    """While inside, nobody else works on a ledger's file, and all of it is in that one.

    A file that is missing, or that SQLite cannot read, is in nobody's use.

    Raises:
        LedgerUnusable: something else has it open.
    """
    if not path.exists():
        yield
        return
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as opened:
        try:
            # Only who is alone with it can end the log of writes beside it.
            opened.execute("PRAGMA journal_mode = delete")
            opened.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as error:
            if is_locked(error):
                raise LedgerUnusable(f"Something is working on {path}: stop it first.") from error
        yield


def beside(path: Path) -> list[Path]:
    """What SQLite left beside a file."""
    files = (path.with_name(path.name + ending) for ending in _BESIDE)
    return [file for file in files if file.exists()]
