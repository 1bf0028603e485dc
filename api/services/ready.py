"""Whether the ledger can be used."""

from api.ledger.database import LedgerBusy, LedgerUnusable
from api.ledger.faults import failures, takes_writes
from api.ledger.migrations import is_current


def is_ready() -> bool:
    """Whether the ledger has this release's schema, and takes writes."""
    try:
        return is_current() and takes_writes()
    except failures(LedgerBusy, LedgerUnusable):
        return False
