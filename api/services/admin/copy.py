"""A ledger moved into another database: all of it, secrets included, or nothing."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from api.ledger.engines.interface import Engine
from api.ledger.storage.database import engine
from api.ledger.transfer import tables
from api.services.common.errors import Conflict

Tell = Callable[[int], object]


def size(source: Engine) -> int:
    """How many rows ``fill`` moves."""
    counts = (
        source.execute_sql(f'SELECT count(*) FROM "{table}"').fetchone()  # noqa: S608
        for table in tables.MOVED
    )
    return sum(int(count) for (count,) in counts)


def fill(source: Engine, tell: Tell) -> None:
    """Fill the ledger, which is migrated and empty, with all that another has at this moment.

    Rows, ids, times, the chain, what was read out of texts and the secrets of keys and cursors
    are as they were. Inside the caller's transaction.

    Args:
        source: where the other is; of this release's schema.
        tell: told of each row that goes in.

    Raises:
        Conflict: the ledger is not empty.
    """
    filled = tables.first_in_use()
    if filled is not None:
        raise Conflict(
            f"The ledger to copy to is not empty, its table {filled} was written to: name an "
            "empty one."
        )
    target = engine()
    for table in tables.SEEDED:
        target.execute_sql(f'DELETE FROM "{table}"')  # noqa: S608
    target.defer_references()
    with source.snapshot():
        for table in tables.MOVED:
            shape = source.shape(table)
            target.load(table, shape.columns, _told(source.rows(table, shape), tell))
        target.set_last_ids(source.last_ids(tables.NUMBERED))
    target.measure()


def _told(rows: Iterator[tuple[Any, ...]], tell: Tell) -> Iterator[Sequence[Any]]:
    for row in rows:
        yield row
        tell(1)
