"""What is left of deleted words, swept out."""

from api.ledger.database import engine


def sweep() -> None:
    """Let the database forget what was deleted, in its indexes and logs as well."""
    engine().sweep()
