"""Which database an address leads to."""

from api.configuration.masking import masked
from api.ledger.engines import sqlite
from api.ledger.engines.interface import Engine, LedgerUnusable

_POSTGRESQL = "postgresql://"


def open_engine(url: str, busy_timeout: int, connections: int = 0) -> Engine:
    """The database at an address, to which nothing was sent yet.

    Args:
        url: ``sqlite:///relative/path``, ``sqlite:////absolute/path`` or
            ``postgresql://user@host:port/name``.
        busy_timeout: milliseconds that a write waits for its turn.
        connections: how many a server is asked for at the most; 0 for as many as are wanted.

    Raises:
        LedgerUnusable: it is no such address, a folder is missing, or a package is.
    """
    if url.startswith(sqlite.PREFIX):
        return sqlite.open_sqlite(url, busy_timeout)
    if url.startswith(_POSTGRESQL):
        # Imported where it is needed: its driver is for those who have such a server.
        try:
            from api.ledger.engines.postgresql import open_postgresql
        except ImportError as error:
            raise LedgerUnusable(
                "PostgreSQL needs a package more: pip install 'counterclaim[postgresql]'."
            ) from error
        return open_postgresql(url, busy_timeout, connections)
    raise LedgerUnusable(
        f"{masked_address(url)!r} is no address of a ledger: sqlite:///path/to/file.db is, and "
        "postgresql://user@host/name."
    )


def masked_address(url: str) -> str:
    """An address as it may be shown: without a password."""
    return masked(url)
