"""Files that only their owner reads: a ledger's holds the secrets of webhooks and what is private.

SQLite gives what it keeps beside a ledger the ledger's own rights.
"""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from stat import S_IMODE

OWNER_ONLY = 0o600
_OTHERS, _GROUP_WRITES, _SHARED = 0o007, 0o020, 0o660


def make_private(file: Path) -> None:
    """Make an empty file that its owner alone reads, where there is none.

    It has its name only when it is closed: to close a file gives up the locks of the process on it.
    What cannot be made is told by whoever opens it.
    """
    if file.exists():
        return
    part = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    with suppress(OSError):
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, OWNER_ONLY))
        try:
            # A link, unlike a rename, fails where the file is there by now.
            os.link(part, file)
        finally:
            part.unlink()


def close_to_others(*files: Path) -> None:
    """Take away what others may do with files, as they might with those of older releases.

    A group keeps its rights where it may write: it was given them on purpose then.
    """
    for file in files:
        with suppress(OSError):
            mode = S_IMODE(file.stat().st_mode)
            if mode & _OTHERS:
                file.chmod(mode & (_SHARED if mode & _GROUP_WRITES else OWNER_ONLY))
