"""The history of things that are cloned: entries of the chain, many at once."""

from functools import cache
from random import Random
from typing import Any

from peewee import ForeignKeyField

from api.ledger.history import chain, merkle
from api.ledger.history.canonical import canonical
from api.ledger.history.revisions import subject_name
from api.ledger.models import Change, MerkleNode, Subject
from api.ledger.storage.database import transaction

_SALT_BYTES = 16


class History:
    """Goes on from the latest change of the ledger; ``store`` stores what was added."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._last = chain.last()
        self._changes: list[dict[str, Any]] = []
        self._nodes: list[dict[str, Any]] = []

    def add(self, kind: type[Subject], action: str, row: dict[str, Any]) -> None:
        """Add the first version of a thing; ``row`` has what is stored of it."""
        record = {name: row[field] for name, field in _recorded(kind)}
        change = Change(
            id=self._last.number + 1,
            subject=subject_name(kind),
            subject_id=row["id"],
            version=row["version"],
            action=action,
            at=row["updated_at"],
            who=None,
            why=None,
            salt=self._random.randbytes(_SALT_BYTES),
        )
        change.keep(canonical(record))
        change.digest = merkle.leaf_hash(chain.entry(change, self._last.digest))
        self._last, completed = chain.follow(change.id, change.digest, change.at, self._last)
        self._nodes += [
            {"level": level, "position": position, "hash": found}
            for level, position, found in completed
            if level >= chain.STORED_FROM
        ]
        self._changes.append(change.__data__)

    def store(self) -> None:
        """Store what was added."""
        Change.add_all(self._changes)
        MerkleNode.add_all(self._nodes)
        self._changes, self._nodes = [], []
        transaction().tail = self._last


@cache
def _recorded(kind: type[Subject]) -> list[tuple[str, str]]:
    """The members of a record of a kind, each with the field that has it."""
    fields = {
        field.object_id_name if isinstance(field, ForeignKeyField) else name: name
        for name, field in kind._meta.fields.items()
    }
    return [(name, fields[name]) for name in ("id", *kind.recorded)]
