"""What is left of deleted words in the files of a ledger, swept out of them."""

from api.ledger.database import database, writing

_PAGES = 500
"""Pages of the index merged at once: other writers wait no longer than for these."""


def sweep() -> None:
    """Merge the full-text index, which forgets deleted words then, and empty the log of writes.

    Where readers hold on to the log it is emptied by the last of them.
    """
    _merge(-_PAGES)
    while _merge(_PAGES):
        pass
    database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _merge(pages: int) -> bool:
    """Merge a part of the index; whether there was any. A negative number begins a merge of all."""
    with writing():
        before = _changes()
        database.execute_sql(
            "INSERT INTO statement_search (statement_search, rank) VALUES ('merge', ?)", [pages]
        )
        # By SQLite's documentation: fewer than two changed rows say that nothing was left to do.
        return _changes() - before >= 2


def _changes() -> int:
    count: int = database.execute_sql("SELECT total_changes()").fetchone()[0]
    return count
