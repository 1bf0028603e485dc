"""The whole history checked: every entry, the chain, the tree, and what is stored against it.

Read in one snapshot and in batches, so that the size of a ledger does not matter to the memory.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from api.ledger import chain, merkle
from api.ledger.canonical import canonical
from api.ledger.database import database, snapshot
from api.ledger.history import REDACTED, subject_name
from api.ledger.models import Change, MerkleNode, Subject
from api.ledger.pages import run

_BATCH = 500

# A change, and a subtree that it completes.
_Completed = tuple[Change, merkle.Node]


@dataclass(frozen=True, slots=True)
class Kept:
    """A head that somebody kept: the root of the first ``size`` changes."""

    size: int
    root: bytes


class Broken(Exception):
    """The ledger is not what its history says; the message names the first record that is not."""


def verify(kept: Kept | None = None) -> Iterator[int]:
    """Check everything; gives how many steps each part was.

    Args:
        kept: a head that the history must go on from.

    Raises:
        Broken: something was changed behind the ledger's back.
    """
    with snapshot():
        yield from _history(kept)
        for kind in Subject.__subclasses__():
            yield from _stored(kind)


def outstanding() -> int:
    """How many steps ``verify`` is."""
    kinds = (kind.select().count() for kind in Subject.__subclasses__())
    return int(Change.select().count() + sum(kinds))


def _history(kept: Kept | None) -> Iterator[int]:
    number, last, nodes = 0, chain.BEGINNING, 0
    if kept is not None:
        _refuse_other_root(kept)
    while batch := _changes_after(number):
        completed: list[_Completed] = []
        try:
            for change in batch:
                number += 1
                if change.id != number:
                    raise Broken(f"Change {number} is missing.")
                digest = _checked(change, last.digest)
                last, found = chain.follow(number, digest, change.at, last)
                completed += [(change, node) for node in found if node[0] >= chain.STORED_FROM]
        finally:
            # What is wrong before the change that ended this is named, not that change.
            _refuse_other_nodes(completed)
        nodes += len(completed)
        yield len(batch)
    if nodes != MerkleNode.select().count():
        raise Broken(f"The tree has nodes beyond change {number}, its latest.")


def _refuse_other_nodes(completed: Sequence[_Completed]) -> None:
    positions: defaultdict[int, list[int]] = defaultdict(list)
    for _, node in completed:
        positions[node[0]].append(node[1])
    stored: dict[tuple[int, int], bytes] = {}
    for level, those in positions.items():
        # Each level's are in a row.
        nodes = MerkleNode.select(MerkleNode.position, MerkleNode.hash).where(
            MerkleNode.level == level, MerkleNode.position.between(those[0], those[-1])
        )
        stored.update(((level, at), bytes(found)) for at, found in run(nodes))
    for change, (level, position, expected) in completed:
        if stored.get((level, position)) != expected:
            raise Broken(
                f"{_named(change)}: node {position} of level {level} of the tree is not "
                "that of the changes under it."
            )


def _refuse_other_root(kept: Kept) -> None:
    """Compare before the long way: the tree as it is stored must lead to the head."""
    last = chain.last().number
    if kept.size > last:
        raise Broken(f"The head is of {kept.size} changes, and the ledger has {last}.")
    if kept.size and chain.root(kept.size) != kept.root:
        raise Broken(
            f"The first {kept.size} changes are not those that the head was made of: the history "
            "was rewritten."
        )


def _changes_after(number: int) -> list[Change]:
    return list(Change.select().where(Change.id > number).order_by(Change.id).limit(_BATCH))


def _checked(change: Change, previous: bytes) -> bytes:
    """The digest of a change that is what it was when it was made."""
    if change.packed is None and not _was_redacted(change):
        raise Broken(f"{_named(change)}: its record was taken out, and no redaction says so.")
    digest = bytes(change.digest)
    if _leaf(change, previous) != digest:
        raise Broken(
            f"{_named(change)}: its record, its entry or the one before it is not the one that was "
            "committed."
        )
    if any(getattr(change, name) != value for name, value in change.looked_up_by().items()):
        raise Broken(f"{_named(change)}: what it is looked up by is not what its record says.")
    return digest


def _leaf(change: Change, previous: bytes) -> bytes | None:
    """What the digest of a change must be; None of one whose record cannot be read."""
    try:
        return merkle.leaf_hash(chain.entry(change, previous))
    except ValueError:
        return None


def _was_redacted(change: Change) -> bool:
    later = Change.select().where(
        Change.subject == change.subject,
        Change.subject_id == change.subject_id,
        Change.version > change.version,
        Change.action == REDACTED,
    )
    return bool(later.exists())


def _stored(kind: type[Subject]) -> Iterator[int]:
    """Hold what is stored of a kind against its latest records."""
    name, after = subject_name(kind), 0
    while batch := list(kind.select().where(kind.id > after).order_by(kind.id).limit(_BATCH)):
        latest = _latest(name, batch)
        for subject in batch:
            _refuse_other_record(name, subject, latest.get(subject.id))
        after = batch[-1].id
        yield len(batch)
    gone = database.execute_sql(_GONE.format(table=name, mark=database.param), [name]).fetchone()
    if gone is not None:
        raise Broken(f"{name} {gone[0]} is missing: its history does not end with a deletion.")


# Whatever has a latest version with a record, and no row.
_GONE = """
    SELECT subject_id FROM change
    WHERE subject = {mark} AND length(record) > 0
    AND NOT EXISTS (SELECT 1 FROM "{table}" WHERE id = change.subject_id)
    AND NOT EXISTS (
        SELECT 1 FROM change AS later
        WHERE later.subject = change.subject AND later.subject_id = change.subject_id
        AND later.version > change.version
    )
    ORDER BY subject_id LIMIT 1
"""


def _latest(name: str, subjects: Sequence[Subject]) -> dict[int, Change]:
    """The latest version of each of some subjects, as the history has it."""
    versions = Change.select(Change.subject_id, Change.version, Change.packed).where(
        Change.subject == name, Change.subject_id.in_([subject.id for subject in subjects])
    )
    return {each.subject_id: each for each in versions.order_by(Change.subject_id, Change.version)}


def _refuse_other_record(name: str, subject: Subject, found: Change | None) -> None:
    if found is None:
        raise Broken(f"{name} {subject.id} is in the ledger without any history.")
    stored = (subject.version, canonical(subject.record()).decode())
    if (found.version, found.record) != stored:
        raise Broken(
            f"{name} {subject.id}: what is stored is not version {found.version}, the latest of "
            "its history."
        )


def _named(change: Change) -> str:
    return f"{change.subject} {change.subject_id}, version {change.version} (change {change.id})"
