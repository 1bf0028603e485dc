"""Which statements may contradict one: those that have to do with the same things."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from api.ledger.database import database
from api.services.remember import limits

# Keys of one text by which others are looked up; SQLite joins at most 500 selects.
_MOST_KEYS = 200
_NOTHING: Mapping[str, Sequence[int]] = {}


def keys(statement_id: int) -> list[str]:
    """The keys that lead to a statement."""
    found = database.execute_sql(
        "SELECT key FROM statement_key WHERE statement_id = ?", [statement_id]
    )
    return [key for (key,) in found.fetchall()]


def met_by(
    keys: Iterable[str], own_id: int | None, coming: Mapping[str, Sequence[int]] = _NOTHING
) -> list[int]:
    """The statements that one may contradict: those that share the most and the rarest keys.

    For each key only the newest are read, so that the cost does not grow with the ledger.

    Args:
        keys: those of the statement.
        own_id: its id, which it does not meet; None where it has none yet.
        coming: ids of statements that the ledger will have, the oldest first, by their keys.
    """
    # Longer words are rarer, and tell more of what a long text is about.
    telling = sorted(keys, key=lambda key: (-len(key), key))[:_MOST_KEYS]
    meeting: defaultdict[int, float] = defaultdict(float)
    for key, known in _newest(telling, own_id).items():
        ids = [*reversed(coming.get(key, ())), *known][: limits.postings]
        for statement_id in ids:
            meeting[statement_id] += 1 / len(ids)
    ranked = sorted(meeting, key=lambda statement_id: (-meeting[statement_id], -statement_id))
    return ranked[: limits.candidates]


def _newest(keys: Sequence[str], own_id: int | None) -> dict[str, list[int]]:
    """The newest statements of each key, but for one."""
    found: dict[str, list[int]] = {key: [] for key in keys}
    if keys:
        newest = (
            "SELECT * FROM (SELECT key, statement_id FROM statement_key "
            "WHERE key = ? AND statement_id <> ? ORDER BY statement_id DESC LIMIT ?)"
        )
        postings = database.execute_sql(
            " UNION ALL ".join([newest] * len(keys)),
            [value for key in keys for value in (key, own_id or 0, limits.postings)],
        )
        for key, statement_id in postings.fetchall():
            found[key].append(statement_id)
    return found
