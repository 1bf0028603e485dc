"""The chain of changes: each entry names the hash of the one before it, a Merkle tree spans all.

An entry is canonical JSON (RFC 8785) and a leaf of the tree. Of the record it has a salted hash
only, so that a text can be taken out of the ledger while every proof still holds.
"""

import hashlib
from typing import Any, NamedTuple

import rfc8785

from api.ledger import merkle
from api.ledger.database import database
from api.ledger.models import Change, MerkleNode

START = bytes(hashlib.sha256().digest_size)
"""What the first entry names as the one before it."""


class Last(NamedTuple):
    """The latest change: its number, the hash of its entry, and when it was made."""

    number: int
    digest: bytes
    at: str


def last() -> Last:
    """The latest change; number 0 in a new ledger."""
    row = database.execute_sql(
        "SELECT id, digest, at FROM change ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return Last(row[0], bytes(row[1]), row[2]) if row else Last(0, START, "")


def record_hash(salt: bytes, record: str) -> bytes:
    """What an entry holds of a record."""
    return hashlib.sha256(salt + record.encode()).digest()


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
        "record": bytes(change.record_hash).hex(),
        "previous": previous.hex(),
    }
    return rfc8785.dumps(told)


def append(change: Change, previous: bytes) -> None:
    """Add a change to the end of the chain; its digest is that of its entry."""
    change.digest = merkle.leaf_hash(entry(change, previous))
    Change.add(**change.__data__)
    grow(change.id, change.digest, previous)


def grow(number: int, digest: bytes, previous: bytes) -> None:
    """Store the nodes of the tree that a new change completes."""

    def nodes(level: int, position: int) -> bytes:
        # The one leaf that is asked for is the one before.
        return node(level, position) if level else previous

    MerkleNode.add_all(
        {"level": level, "position": position, "hash": found}
        for level, position, found in merkle.completed(nodes, number - 1, digest)
    )


def node(level: int, position: int) -> bytes:
    """The hash of a complete subtree; leaves are the changes themselves."""
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
    return bytes(found.fetchone()[0])


def root(size: int) -> bytes:
    """The root of the tree of the first changes."""
    return merkle.root(node, size)
