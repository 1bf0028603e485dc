"""The chain of changes: each entry names the hash of the one before it, a Merkle tree spans all.

An entry is canonical JSON (RFC 8785) and a leaf of the tree. Of the record it has a salted hash
only, so that a text can be taken out of the ledger while every proof still holds.
"""

import hashlib
from collections.abc import Mapping
from typing import Any, NamedTuple

from api.ledger.history import merkle
from api.ledger.history.canonical import canonical
from api.ledger.models import Change, MerkleNode
from api.ledger.storage.compression import decompress
from api.ledger.storage.database import LedgerUnusable, database, transaction

START = bytes(hashlib.sha256().digest_size)
"""What the first entry names as the one before it."""


# Smaller subtrees are hashed anew from the changes under them; stored, they would be most.
STORED_FROM = 4


class Last(NamedTuple):
    """The latest change: its number, the hash of its entry, and when it was made.

    ``edge`` has the latest complete subtrees that are known: position and hash by level.
    """

    number: int
    digest: bytes
    at: str
    edge: Mapping[int, tuple[int, bytes]] = {}


BEGINNING = Last(0, START, "")


def last() -> Last:
    """The latest change; number 0 in a new ledger."""
    known: Last | None = transaction().tail
    if known is not None:
        return known
    row = database.execute_sql(
        "SELECT id, digest, at FROM change ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return Last(row[0], bytes(row[1]), row[2]) if row else BEGINNING


def hash_of_record(change: Change) -> bytes:
    """What a change's entry holds of its record; it is kept where the record was redacted."""
    if change.packed is None:
        return bytes(change.record_hash or b"")
    return hashlib.sha256(bytes(change.salt or b"") + decompress(bytes(change.packed))).digest()


def entry(change: Change, previous: bytes) -> bytes:
    """A change as the leaf of the tree that it is; all of it is public but for the record."""
    told: dict[str, Any] = {
        "number": change.id,
        "subject": change.subject,
        "id": change.subject_id,
        "version": change.version,
        "action": change.action,
        "at": change.at,
        "who": change.who,
        "why": change.why,
        "record": hash_of_record(change).hex(),
        "previous": previous.hex(),
    }
    return canonical(told)


def append(change: Change, before: Last) -> None:
    """Add a change to the end of the chain; its digest is that of its entry."""
    change.digest = merkle.leaf_hash(entry(change, before.digest))
    Change.add(**change.__data__)
    transaction().tail = grow(change.id, change.digest, change.at, before)


def grow(number: int, digest: bytes, at: str, before: Last) -> Last:
    """Store the nodes of the tree that a new change completes; it is the latest then."""
    last, completed = follow(number, digest, at, before)
    MerkleNode.add_all(
        {"level": level, "position": position, "hash": found}
        for level, position, found in completed
        if level >= STORED_FROM
    )
    return last


def follow(number: int, digest: bytes, at: str, before: Last) -> tuple[Last, list[merkle.Node]]:
    """The latest change once another came, and the subtrees that it completes."""

    def nodes(level: int, position: int) -> bytes:
        if level == 0:
            # The one leaf that is asked for is the one before.
            return before.digest
        known = before.edge.get(level)
        return known[1] if known and known[0] == position else node(level, position)

    completed = list(merkle.completed(nodes, number - 1, digest))
    edge = {level: (position, found) for level, position, found in completed}
    return Last(number, digest, at, {**before.edge, **edge}), completed


class Missing(LedgerUnusable):
    """A change that the tree stands on is not there; the message names it."""


def node(level: int, position: int) -> bytes:
    """The hash of a complete subtree; leaves are the changes themselves.

    One that was stored and is gone is made anew of what is under it.

    Raises:
        Missing: a change under it is gone.
    """
    stored = _stored(level, position) if level == 0 or level >= STORED_FROM else None
    if stored is not None:
        return stored
    if level == 0:
        raise Missing(f"Change {position + 1} is missing: counterclaim verify tells what else is.")
    return merkle.node_hash(node(level - 1, 2 * position), node(level - 1, 2 * position + 1))


def _stored(level: int, position: int) -> bytes | None:
    if level == 0:
        found = database.execute_sql(
            f"SELECT digest FROM change WHERE id = {database.param}",  # noqa: S608
            [position + 1],
        )
    else:
        found = database.execute_sql(
            "SELECT hash FROM merkle_node "  # noqa: S608
            f"WHERE level = {database.param} AND position = {database.param}",
            [level, position],
        )
    row = found.fetchone()
    return bytes(row[0]) if row else None


def root(size: int) -> bytes:
    """The root of the tree of the first changes."""
    return merkle.root(node, size)
