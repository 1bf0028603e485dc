"""Whether the ledger can be used."""

from peewee import PeeweeException

from api.ledger.database import LedgerUnusable
from api.ledger.migrations import is_current


def is_ready() -> bool:
    """Whether the ledger can be reached and has this release's schema."""
    try:
        return is_current()
    except (PeeweeException, LedgerUnusable):
        return False
