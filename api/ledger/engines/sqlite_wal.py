"""SQLite's write-ahead log beside the ledger: whether it is the one that was opened.

Whoever takes it away under a server takes what was committed last, and SQLite goes on writing to a
file that has no name any more. https://www.sqlite.org/walformat.html has the offsets.
"""

import os
import struct
from pathlib import Path

# In the index of the log, in the machine's own byte order: how many frames the log has, and how
# many of them were copied to the ledger.
_FRAMES_AT, _COPIED_AT = 16, 96
_NUMBER = struct.Struct("=I")
_LOG = "-wal"


def identity(ledger: Path) -> int | None:
    """What tells the log that is there now from any other; None while there is none.

    It is asked for before each query, so that no path is taken apart for it.
    """
    try:
        return os.stat(f"{ledger}{_LOG}").st_ino
    except FileNotFoundError:
        return None


def is_lost(ledger: Path) -> bool:
    """Whether there is no log, though its index tells of frames that only the log had."""
    if log_file(ledger).exists():
        return False
    try:
        index = ledger.with_name(f"{ledger.name}-shm").read_bytes()
    except FileNotFoundError:
        return False
    return len(index) > _COPIED_AT and _number(index, _FRAMES_AT) > _number(index, _COPIED_AT)


def log_file(ledger: Path) -> Path:
    """Where the log of a ledger is."""
    return ledger.with_name(f"{ledger.name}{_LOG}")


def _number(index: bytes, offset: int) -> int:
    (number,) = _NUMBER.unpack_from(index, offset)
    return int(number)
