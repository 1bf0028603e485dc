"""Which tables an export of the ledger carries, and what becomes of the others.

A test holds this list to the schema: a new table goes into one of the three, with its reason.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from api.ledger.engines.interface import Shape
from api.ledger.storage.database import database, engine
from api.ledger.transfer import exported_changes

_CHANGE = "change"
# In the order in which they are written and read: what others refer to comes first.
CARRIED = (
    "speaker",
    "source",
    "statement",
    "statement_external_id",
    "appearance",
    "cross_reference",
    "proposition",
    "stance",
    "review",
    "contradiction",
    "decision",
    _CHANGE,
)
REBUILT = {
    "speaker_name": "from the names and aliases of speakers that were not merged",
    "speaker_search": "by triggers, from speaker_name",
    "speaker_spelling": "by triggers, from speaker_name",
    "speaker_trigram": "a view of speaker_spelling",
    "statement_search": "by triggers, from statement",
    "proposition_search": "by triggers, from proposition",
    "topic": "counted from the topics of active statements",
    "statement_topic": "from the topics of active statements",
    "analysis": "by the engine, from the texts of active statements",
    "statement_key": "with analysis",
    "merkle_node": "from the digests of changes",
}
LEFT_OUT = {
    "schema_migration": "the ledger that an export goes into has its own, the same",
    "last_id": "PostgreSQL keeps there what SQLite keeps itself: the line last_ids carries it",
    "ledger": "the secrets that sign cursors and know redacted words are each ledger's own",
    "redacted_words": "hashes that tell nothing without the secret of this ledger",
    "seal": "made with a secret of this ledger, of tables that are left out",
    "recheck": "how far an engine came; it begins anew",
    "idempotency": "answers to callers of this server, kept for a day",
    "api_key": "secrets of this server",
    "webhook": "addresses and secrets of those whom this server tells of changes",
    "webhook_delivery": "what this server could not deliver to them yet",
}


# What triggers fill as soon as there are rows in what they are over.
INDEXES = frozenset(
    {
        "speaker_search",
        "speaker_spelling",
        "speaker_trigram",
        "statement_search",
        "proposition_search",
    }
)
# Each database keeps these itself.
_ITS_OWN = frozenset({"schema_migration", "last_id"})
# A ledger that is new has rows in them already.
SEEDED = ("ledger", "seal")
# All that goes along when a ledger moves into another database: secrets, too.
MOVED = tuple(table for table in (*CARRIED, *REBUILT, *LEFT_OUT) if table not in INDEXES | _ITS_OWN)
# Those of them that give no id away twice.
NUMBERED = tuple(table for table in (*CARRIED, *LEFT_OUT) if table not in _ITS_OWN | {*SEEDED})


def shape(table: str) -> Shape:
    """The columns of a table as an export has them, generated ones left out."""
    return exported_changes.SHAPE if table == _CHANGE else engine().shape(table)


def rows(table: str, shape: Shape) -> Iterator[tuple[Any, ...]]:
    """The rows of a table in the order of its key, none held longer than it is looked at."""
    return exported_changes.rows() if table == _CHANGE else engine().rows(table, shape)


def insert(table: str, row: Mapping[str, Any], shape: Shape) -> None:
    """Add a row whose members are the columns of a table."""
    if table == _CHANGE:
        exported_changes.insert(row)
        return
    columns = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" * len(row))
    database.execute_sql(
        f'INSERT INTO "{table}" ({columns}) VALUES ({marks})',  # noqa: S608
        [bool(value) if name in shape.truths else value for name, value in row.items()],
    )


def last_ids() -> dict[str, int]:
    """The last id that each table gave away: it is given to nothing else, even if it is free."""
    return engine().last_ids(CARRIED)


def set_last_ids(ids: Mapping[str, int]) -> None:
    """Let tables go on after ids that were given away before."""
    engine().set_last_ids(ids)


def first_filled() -> str | None:
    """A table that an export would carry and that has rows, or had some."""
    return _first_filled(CARRIED) or next(iter(last_ids()), None)


def first_in_use() -> str | None:
    """A table that moves with a ledger and has rows, or had some."""
    filled = _first_filled([table for table in MOVED if table not in SEEDED])
    return filled or next(iter(engine().last_ids(NUMBERED)), None)


def _first_filled(names: Sequence[str]) -> str | None:
    for table in names:
        if database.execute_sql(f'SELECT 1 FROM "{table}" LIMIT 1').fetchone():  # noqa: S608
            return table
    return None


def defer_references() -> None:
    """Let rows refer to rows that come after them, in this transaction."""
    engine().defer_references()


def dangling() -> tuple[str, str] | None:
    """A table with a row that refers to none of another's, and that other."""
    return engine().dangling()
