"""What the disk or the file under the ledger does when it fails, and whether it takes writes."""

import os
import sqlite3
from pathlib import Path
from tempfile import TemporaryFile

from api.ledger.database import database

_SAID = {
    sqlite3.SQLITE_FULL: "The disk is full.",
    sqlite3.SQLITE_READONLY: "The ledger's file cannot be written to.",
    sqlite3.SQLITE_IOERR: "The disk fails, or files beside the ledger were taken away.",
    sqlite3.SQLITE_CORRUPT: "The ledger's file is damaged.",
    sqlite3.SQLITE_NOTADB: "The ledger's file is damaged.",
    sqlite3.SQLITE_CANTOPEN: "The ledger's file cannot be opened.",
    sqlite3.SQLITE_PERM: "The ledger's file cannot be opened.",
}
# More than a write takes, its analysis and indexes included.
_ROOM_BYTES = 1 << 20


def fault(error: BaseException) -> str | None:
    """What fails under the ledger, in a sentence; None where the error is another."""
    # SQLite undoes some transactions by itself: that it cannot be asked to is told last then.
    at: BaseException | None = error
    while at is not None:
        if said := _SAID.get(getattr(at, "sqlite_errorcode", 0) & 0xFF):
            return said
        at = at.__cause__ or at.__context__
    return None


def takes_writes() -> bool:
    """Whether the file can be written to and the disk has room for more."""
    file = Path(database.database)
    if not os.access(file, os.W_OK):
        return False
    try:
        # Not the ledger itself: to close it would give up the locks of this process on it.
        with TemporaryFile(dir=file.parent) as room:
            room.write(bytes(_ROOM_BYTES))
    except OSError:
        return False
    return True
