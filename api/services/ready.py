"""Whether the ledger can be used."""

import sqlite3

from peewee import PeeweeException

from api.ledger.database import LedgerUnusable
from api.ledger.faults import takes_writes
from api.ledger.migrations import is_current


def is_ready() -> bool:
    """Whether the ledger has this release's schema, and the disk under it takes writes."""
    try:
        return is_current() and takes_writes()
    except (PeeweeException, sqlite3.Error, LedgerUnusable):
        return False
