"""By which keys statements are found, held against what was read in their texts."""

from collections.abc import Iterator

from api.ledger.queries.statements import analyses, postings
from api.ledger.storage.database import database, engine
from api.services.verification.difference import BATCH, Difference, Found

_AFTER = """
    SELECT key, statement_id FROM statement_key WHERE (key, statement_id) > (?, ?)
    ORDER BY key, statement_id LIMIT ?
"""
_KEPT = (
    "SELECT statement_id, keys, counted FROM analysis "
    "WHERE statement_id > ? ORDER BY statement_id LIMIT ?"
)


def keys(expected: postings.Sums) -> Found:
    """Compare what all keys come to; only where that differs, one after the other."""
    if postings.sums() != expected:
        yield from _beyond()
        yield from _each()
    yield 0


def _beyond() -> Iterator[Difference]:
    """Keys that nothing was read for."""
    after = (-(1 << 31) - 1, 0)
    while rows := database.execute_sql(_AFTER, [*after, BATCH]).fetchall():
        asked = f"SELECT statement_id, keys FROM analysis WHERE {engine().among('statement_id')}"  # noqa: S608
        ids = {statement_id for _, statement_id in rows}
        kept = {
            statement_id: frozenset(postings.unpack(bytes(packed)))
            for statement_id, packed in database.execute_sql(
                asked, [engine().listed(ids)]
            ).fetchall()
        }
        for key, statement_id in rows:
            if key not in kept.get(statement_id, ()):
                what = f"nothing in statement {statement_id} was read for it."
                yield Difference("statement_key", f"({key}, {statement_id})", what)
        after = rows[-1]


def _each() -> Iterator[Difference]:
    """Keys that are missing, or count otherwise than they did."""
    after = 0
    while rows := database.execute_sql(_KEPT, [after, BATCH]).fetchall():
        for statement_id, packed, counted in rows:
            wanted = postings.unpack(bytes(packed))
            there = postings.of(statement_id, wanted)
            missing = {*wanted} - {key for key, _ in there}
            for key in sorted(missing):
                yield Difference("statement_key", f"({key}, {statement_id})", "it is missing.")
            if not missing and analyses.counted(there) != counted:
                what = "one of its keys does not count what it did."
                yield Difference("statement_key", f"(…, {statement_id})", what, "nth")
        after = rows[-1][0]
