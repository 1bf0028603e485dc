"""What is left of deleted words, swept out of the files that the database keeps.

Who reads a state of the ledger that had the words keeps them in those files. That they are to be
swept is noted in the ledger itself, so that it is done at the next chance, whatever happens to this
process.
"""

import secrets
from collections.abc import Callable
from threading import Lock, Thread
from time import sleep

from api.ledger.engines.interface import Engine, WriteTimeout
from api.ledger.storage.clock import now
from api.ledger.storage.database import LedgerBusy, database, disconnect, engine, writing
from api.ledger.storage.faults import failures
from api.logger import Logger

# How long a caller waits for those who read, and what passes between two tries after that.
_SECONDS = 2.0
_PAUSES = (1.0, 2.0, 5.0, 10.0)

log = Logger(__name__)
_lock = Lock()
_swept_on: set[int] = set()


def is_pending() -> bool:
    """Whether words that were taken out may still stand in the database's files."""
    return _unswept() is not None


def begin() -> None:
    """Note that there are words to be swept out, in the transaction that takes them out."""
    # Unlike any before, so that a sweep which began earlier does not count for it.
    database.execute_sql("UPDATE ledger SET unswept = ?", [f"{now()} {secrets.token_hex(4)}"])


def sweep(seconds: float = _SECONDS) -> bool:
    """Let the database forget what was deleted, in its indexes and logs as well.

    Args:
        seconds: how long those who read are waited for.

    Returns:
        Whether it is done. If not, this process goes on trying, and so does the next that opens the
        ledger.
    """
    if not is_pending():
        return True
    if _sweep(seconds):
        return True
    _go_on(engine())
    return False


def finish(tell: Callable[[str], object]) -> None:
    """Sweep what another process left unswept, where it can be done without waiting."""
    try:
        if is_pending() and not _sweep(0.1):
            tell("redacted words still stand in the database's files, as somebody reads them")
    except failures(LedgerBusy):
        log.warning("redacted words could not be swept out of the database's files")


def _sweep(seconds: float) -> bool:
    unswept = _unswept()
    try:
        if not engine().sweep(seconds):
            return False
    except WriteTimeout:
        return False
    with writing():
        # Unless more was taken out meanwhile.
        database.execute_sql("UPDATE ledger SET unswept = NULL WHERE unswept = ?", [unswept])
    return not is_pending()


def _unswept() -> str | None:
    row = database.execute_sql("SELECT unswept FROM ledger").fetchone()
    return None if row[0] is None else str(row[0])


def _go_on(ledger: Engine) -> None:
    """Let one thread of this process, and no more, go on trying."""
    with _lock:
        if id(ledger) in _swept_on:
            return
        _swept_on.add(id(ledger))
    Thread(target=_until_done, args=[ledger], name="sweep", daemon=True).start()


def _until_done(ledger: Engine) -> None:
    """Try again until it is done, as long as this process works on the ledger."""
    tries = 0
    try:
        while engine() is ledger:
            sleep(_PAUSES[min(tries, len(_PAUSES) - 1)])
            tries += 1
            if engine() is ledger and _is_done():
                return
    finally:
        with _lock:
            _swept_on.discard(id(ledger))


def _is_done() -> bool:
    try:
        return not is_pending() or _sweep(_SECONDS)
    except failures(LedgerBusy):
        return False
    finally:
        disconnect()
