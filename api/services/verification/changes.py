"""The history itself: every entry, the chain, and the tree above them."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from api.ledger.history import chain, merkle
from api.ledger.history.revisions import REDACTED
from api.ledger.models import Change, MerkleNode
from api.ledger.storage.keyset_pages import run
from api.services.verification.difference import BATCH, Difference, Found

_NO_LEAF = "its record, its entry or the one before it is not the one that was committed."
_LOOKED_UP = "it is looked up by something else than its record says."


@dataclass(frozen=True, slots=True)
class Kept:
    """A head that somebody kept: the root of the first ``size`` changes."""

    size: int
    root: bytes


@dataclass(slots=True)
class _Reading:
    """How far the history was read.

    ``last`` is None after a change that is missing: what is above it cannot be made then. ``nodes``
    counts those of the tree that were compared, ``head`` is the root at the size of a kept head.
    """

    kept: Kept | None
    number: int = 0
    last: chain.Last | None = chain.BEGINNING
    previous: bytes | None = chain.START
    nodes: int = 0
    completed: list[tuple[Change, merkle.Node]] = field(default_factory=list)


def history(kept: Kept | None, subjects: Collection[str]) -> Found:
    """Check every change, in order; ``subjects`` are the kinds that have a history."""
    if kept is not None:
        yield from _head(kept)
    reading = _Reading(kept)
    while batch := _changes_after(reading.number):
        for change in batch:
            yield from _missing(reading, change)
            yield from _change(reading, change, subjects)
        yield from _nodes(reading.completed)
        reading.nodes += len(reading.completed)
        reading.completed = []
        yield len(batch)
    if reading.last is not None:
        yield from _beyond(reading)


def _head(kept: Kept) -> Iterator[Difference]:
    last = chain.last().number
    if kept.size > last:
        yield Difference(
            "change", last, f"it is the last, and the head that was kept is of {kept.size} changes."
        )
        return
    try:
        root = chain.root(kept.size)
    except chain.Missing:
        # It is named when the history is read.
        return
    if root != kept.root:
        yield Difference(
            "change",
            1,
            f"the first {kept.size} changes are not those that the head was made of: the history "
            "was rewritten.",
        )


def _missing(reading: _Reading, change: Change) -> Iterator[Difference]:
    """What is missing before a change."""
    first, reading.number = reading.number + 1, change.id
    if change.id == first:
        return
    last = change.id - 1
    named = str(first) if first == last else f"{first} to {last}"
    yield Difference("change", named, "it is missing, and the tree above it cannot be made anew.")
    reading.last = reading.previous = None


def _change(reading: _Reading, change: Change, subjects: Collection[str]) -> Iterator[Difference]:
    digest, of = bytes(change.digest), f"{change.subject} {change.subject_id}"
    of = f"of {of}, version {change.version}: "
    if change.subject not in subjects:
        yield Difference("change", change.id, f"{of}nothing of that name has a history.", "subject")
    if change.packed is None and not _was_redacted(change):
        what = f"{of}its record was taken out, and no redaction says so."
        yield Difference("change", change.id, what, "record")
    if reading.previous is not None and _leaf(change, reading.previous) != digest:
        yield Difference("change", change.id, of + _NO_LEAF, "digest")
    else:
        for name, value in _looked_up_by(change):
            if getattr(change, name) != value:
                yield Difference("change", change.id, of + _LOOKED_UP, name)
    reading.previous = digest
    if reading.last is not None:
        reading.last, found = chain.follow(change.id, digest, change.at, reading.last)
        reading.completed += [(change, node) for node in found if node[0] >= chain.STORED_FROM]


def _looked_up_by(change: Change) -> list[tuple[str, object]]:
    try:
        return list(change.looked_up_by().items())
    except ValueError:
        return []


def _nodes(completed: Sequence[tuple[Change, merkle.Node]]) -> Iterator[Difference]:
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
        found = stored.get((level, position))
        row, until = f"{position} of level {level}", f"it is of the changes up to {change.id}, "
        if found is None:
            yield Difference("merkle_node", row, f"{until}and missing.")
        elif found != expected:
            yield Difference("merkle_node", row, f"{until}and not made of them.", "hash")


def _beyond(reading: _Reading) -> Iterator[Difference]:
    """Nodes of the tree above nothing."""
    there = MerkleNode.select().count()
    if there <= reading.nodes:
        return
    for level, position in run(
        MerkleNode.select(MerkleNode.level, MerkleNode.position).order_by(
            MerkleNode.level, MerkleNode.position
        )
    ):
        if (position + 1) << level > reading.number:
            what = f"it is beyond change {reading.number}, the latest."
            yield Difference("merkle_node", f"{position} of level {level}", what)


def _changes_after(number: int) -> list[Change]:
    return list(Change.select().where(Change.id > number).order_by(Change.id).limit(BATCH))


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
