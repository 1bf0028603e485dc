"""By which keys a new statement finds those it may contradict.

A key is kept as a number of 32 bits: that two keys now and then have the same one only makes a
statement find others it has nothing to do with. Each posting has its ordinal among those of its
key, so that the newest tells how frequent the key is.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from struct import Struct

import orjson

from api.ledger.queries.statements.analyses import COUNTED, counted
from api.ledger.storage.database import database, engine

_NUMBER = Struct("<i")
# SQLite joins at most 500 selects.
_MOST_SELECTS = 200
# Both databases name the columns of such lists so.
_ADDED = """
    INSERT INTO statement_key (key, statement_id, nth)
    SELECT column1, ?, 1 + coalesce((
        SELECT nth FROM statement_key WHERE key = column1 ORDER BY statement_id DESC LIMIT 1), 0)
    FROM (VALUES {keys}) AS added
    RETURNING key, nth
"""
_FREQUENCY = (
    "SELECT * FROM (SELECT key, nth FROM statement_key WHERE key = ? "
    "ORDER BY statement_id DESC LIMIT 1) AS newest"
)
# A row for each key: rows cost more than what is in them.
_NEWEST = (
    "SELECT max(key), {listed} FROM (SELECT key, statement_id FROM statement_key "
    "WHERE key = ? AND statement_id <> ? ORDER BY statement_id DESC LIMIT ?) AS newest"
)
# Those of one key that have another, too; of the first only the newest are looked at, and these no
# further than it takes.
_OF_BOTH = """
    SELECT statement_id FROM statement_key AS one
    WHERE key = ? AND statement_id <> ? AND statement_id >= coalesce((
        SELECT statement_id FROM statement_key WHERE key = ?
        ORDER BY statement_id DESC LIMIT 1 OFFSET ?
    ), 0) AND EXISTS (
        SELECT 1 FROM statement_key AS other
        WHERE other.key = ? AND other.statement_id = one.statement_id
    )
    ORDER BY statement_id DESC LIMIT ?
"""


# What is added up of a key's place, and by what it is reduced so that the sum of all stays small.
_PLACE_BITS, _PRIME = 0xFFFFF, 1_000_003
_SUMS = f"""
    SELECT count(*), coalesce(sum(CAST(key AS BIGINT)), 0),
        coalesce(sum((statement_id * (key & {_PLACE_BITS})) % {_PRIME}), 0),
        coalesce(sum({COUNTED}), 0)
    FROM statement_key
"""  # noqa: S608


@dataclass(slots=True)
class Sums:
    """What postings come to: how many, their keys, which statements have which, what they count."""

    rows: int = 0
    keys: int = 0
    places: int = 0
    counted: int = 0

    def add(self, statement_id: int, keys: Sequence[int], counted: int) -> None:
        """Add those of a statement; see ``analyses.counted``."""
        self.rows += len(keys)
        self.keys += sum(keys)
        self.places += sum((statement_id * (key & _PLACE_BITS)) % _PRIME for key in keys)
        self.counted += counted


def sums() -> Sums:
    """What all postings that are stored come to."""
    return Sums(*map(int, database.execute_sql(_SUMS).fetchone()))


@lru_cache(maxsize=50_000)
def number(key: str) -> int:
    """The number that a key is kept as."""
    (found,) = _NUMBER.unpack(blake2b(key.encode(), digest_size=_NUMBER.size).digest())
    return int(found)


def numbers(keys: Iterable[str]) -> list[int]:
    """The numbers of keys, in order."""
    return sorted({number(key) for key in keys})


def pack(keys: Iterable[int]) -> bytes:
    """Keys as they are kept beside an analysis."""
    return b"".join(map(_NUMBER.pack, keys))


def unpack(kept: bytes) -> tuple[int, ...]:
    """The keys that were packed."""
    return _numbers(len(kept) // _NUMBER.size).unpack_from(kept)


@cache
def _numbers(count: int) -> Struct:
    return Struct(f"<{count}i")


def add(statement_id: int, keys: Sequence[int]) -> int:
    """Let a statement be found by keys; it must not be found by any of them yet.

    Returns:
        One number for what they count: see ``analyses.counted``.
    """
    if not keys:
        return 0
    added = _ADDED.format(keys=", ".join(["(?)"] * len(keys)))
    return counted(database.execute_sql(added, [statement_id, *keys]).fetchall())


def remove(statement_id: int, keys: Iterable[int]) -> None:
    """Let a statement be found by none of its keys any more."""
    for key in keys:
        database.execute_sql(
            "DELETE FROM statement_key WHERE key = ? AND statement_id = ?", [key, statement_id]
        )


def of(statement_id: int, keys: Sequence[int]) -> list[tuple[int, int]]:
    """The postings that a statement has of some keys: each key and what it counts."""
    found = database.execute_sql(
        f"SELECT key, nth FROM statement_key WHERE {engine().among('key')} AND statement_id = ?",  # noqa: S608
        [engine().listed(keys), statement_id],
    )
    return [(key, nth) for key, nth in found.fetchall()]


def frequencies(keys: Sequence[int]) -> dict[int, int]:
    """How many statements have each key, but for those that were taken back; none has the rest."""
    found: dict[int, int] = {}
    for asked in _batches(keys):
        found |= database.execute_sql(
            " UNION ALL ".join([_FREQUENCY] * len(asked)), asked
        ).fetchall()
    return found


def _batches(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    return (keys[at : at + _MOST_SELECTS] for at in range(0, len(keys), _MOST_SELECTS))


def newest(keys: Sequence[int], but: int, most: int) -> dict[int, list[int]]:
    """The newest statements of each key, but for one; at most 200 keys."""
    if not keys:
        return {}
    one = _NEWEST.format(listed=engine().as_json_array("statement_id"))
    asked = [value for key in keys for value in (key, but, most)]
    rows = database.execute_sql(" UNION ALL ".join([one] * len(keys)), asked).fetchall()
    found: dict[int, list[int]] = {key: [] for key in keys}
    return found | {
        key: sorted(orjson.loads(ids), reverse=True) for key, ids in rows if key is not None
    }


def of_both(one: int, other: int, but: int, read: int, most: int) -> list[int]:
    """The newest statements that have both of two keys, among so many that have the first."""
    rows = database.execute_sql(_OF_BOTH, [one, but, one, read - 1, other, most])
    return [statement_id for (statement_id,) in rows.fetchall()]


def kept(statement_id: int) -> tuple[int, ...] | None:
    """The keys that lead to a statement; None where it is not compared."""
    row = database.execute_sql(
        "SELECT keys FROM analysis WHERE statement_id = ?", [statement_id]
    ).fetchone()
    return unpack(bytes(row[0])) if row else None
