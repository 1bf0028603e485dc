"""The feed of changes: every version of everything, in the order in which they were committed.

The number of a change is its place: there is one writer at a time, and it takes its numbers while
it holds the lock, so that no change ever comes to light before one that a reader has seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from peewee import SQL

from api.ledger.models import Change
from api.ledger.storage.compression import decompress
from api.ledger.storage.keyset_pages import run

_DIGEST_BYTES = 8
# Changes that a stretch of some subjects looks at, at the most.
_LOOKED_AT = 10_000

_SHOWN = (
    Change.subject,
    Change.subject_id,
    Change.version,
    Change.action,
    Change.at,
    Change.who,
    Change.why,
    Change.packed,
    Change.id,
    Change.digest,
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the feed: the last change that was read, and the beginning of its digest.

    The digest tells this history from another that has as many changes: that of a ledger which was
    put back to an earlier state and went on from there.
    """

    change: int
    digest: str


START = Place(0, "")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Changes as they are shown, the place they lead to, and whether more follow."""

    items: list[dict[str, Any]]
    end: Place
    more: bool


def change_json(row: Sequence[Any]) -> dict[str, Any]:
    """A row of the shown columns under the names of the contract; the record as it is kept."""
    return {
        "number": row[8],
        "subject": row[0],
        "id": row[1],
        "version": row[2],
        "action": row[3],
        "at": row[4],
        "who": row[5],
        "why": row[6],
        "record": None if row[7] is None else orjson.Fragment(decompress(bytes(row[7]))),
    }


def is_there(place: Place) -> bool:
    """Whether the history still holds the change that a place names."""
    return place == START or _place_of(Change.id == place.change) == place


def after(place: Place, subjects: Sequence[str], limit: int) -> Stretch:
    """The changes after a place, of some subjects or of all; read it in one snapshot.

    Of some subjects, no more than a bounded number of changes is looked at: a stretch may be short,
    or empty, and have more after it. At the end of the feed it leads to the latest change, of
    whichever subject that is.
    """
    query = Change.select(*_SHOWN).where(Change.id > place.change)
    passed = Change.id > place.change + _LOOKED_AT
    if subjects:
        query = query.where(~passed, _is_of(subjects))
    rows = run(query.order_by(Change.id).limit(limit + 1))
    shown = [change_json(row) for row in rows[:limit]]
    if len(rows) > limit:
        return Stretch(shown, _place(rows[limit - 1][-2:]), more=True)
    if subjects and run(Change.select(SQL("1")).where(passed).limit(1)):
        return Stretch(shown, _place_of(~passed), more=True)
    return Stretch(shown, _place_of(), more=False)


def next_changes(number: int, subjects: Sequence[str], limit: int) -> list[Change]:
    """The changes of some kinds of thing after the one of a number, in their order."""
    query = Change.select().where(Change.id > number, _is_of(subjects))
    return list(query.order_by(Change.id).limit(limit))


def change_record_json(change: Change) -> dict[str, Any]:
    """A change as the feed shows it."""
    return change_json([getattr(change, column.name) for column in _SHOWN])


def _is_of(subjects: Sequence[str]) -> Any:
    # What is concatenated is in no index: the feed is read on from its place, however many changes
    # these subjects have before it.
    return Change.subject.concat("").in_(subjects)


def _place_of(*where: Any) -> Place:
    query = Change.select(Change.id, Change.digest).order_by(Change.id.desc()).limit(1)
    rows = run(query.where(*where) if where else query)
    return _place(rows[0]) if rows else START


def _place(row: Sequence[Any]) -> Place:
    return Place(row[0], bytes(row[1])[:_DIGEST_BYTES].hex())
