"""The history of things that are cloned: entries of the chain, many at once."""

from functools import cache
from random import Random
from typing import Any

import orjson
from peewee import ForeignKeyField

from api.ledger import chain, merkle
from api.ledger.history import subject_name
from api.ledger.models import Change, MerkleNode, Subject

_SALT_BYTES = 16


class History:
    """Goes on from the latest change of the ledger; ``store`` stores what was added."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._number, self._digest, _ = chain.last()
        self._changes: list[dict[str, Any]] = []
        self._nodes: list[dict[str, Any]] = []
        # The last node of each level: the one that a new leaf completes others with.
        self._last: dict[int, bytes] = {}

    def add(self, kind: type[Subject], action: str, row: dict[str, Any]) -> None:
        """Add the first version of a thing; ``row`` has what is stored of it."""
        record = {name: row[field] for name, field in _recorded(kind)}
        # What RFC 8785 gives, for members with plain names and values like these.
        canonical = orjson.dumps(record, option=orjson.OPT_SORT_KEYS).decode()
        salt = self._random.randbytes(_SALT_BYTES)
        change = Change(
            id=self._number + 1,
            subject=subject_name(kind),
            subject_id=row["id"],
            version=row["version"],
            action=action,
            at=row["updated_at"],
            who=None,
            why=None,
            record=canonical,
            salt=salt,
            record_hash=chain.record_hash(salt, canonical),
        )
        change.digest = merkle.leaf_hash(chain.entry(change, self._digest))
        # All before any is the last of its level: the next one rests on what is.
        completed = list(merkle.completed(self._node, self._number, change.digest))
        for level, position, found in completed:
            self._nodes.append({"level": level, "position": position, "hash": found})
            self._last[level] = found
        self._number, self._digest = change.id, change.digest
        self._changes.append(change.__data__)

    def store(self) -> None:
        """Store what was added."""
        Change.add_all(self._changes)
        MerkleNode.add_all(self._nodes)
        self._changes, self._nodes = [], []

    def _node(self, level: int, position: int) -> bytes:
        if level == 0:
            return self._digest
        return self._last.get(level) or chain.node(level, position)


@cache
def _recorded(kind: type[Subject]) -> list[tuple[str, str]]:
    """The members of a record of a kind, each with the field that has it."""
    fields = {
        field.object_id_name if isinstance(field, ForeignKeyField) else name: name
        for name, field in kind._meta.fields.items()
    }
    return [(name, fields[name]) for name in ("id", *kind.recorded)]
