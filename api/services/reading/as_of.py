"""The ledger as it was at a moment: what was shown then, whatever became of it since."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from api.identifiers import read_id
from api.ledger.history import revisions, versions
from api.ledger.queries import snapshots
from api.ledger.storage.clock import now, stamp
from api.ledger.storage.database import snapshot
from api.ledger.storage.keyset_pages import Position, Slice
from api.services.common.errors import InvalidParameter, Missing, Moved

Read = Callable[[int], dict[str, Any] | None]

_HOLD = ("as_of", "speaker", "status", "sort", "limit", "cursor", "all")
_ORDER = "-created_at"


def read_as_of(what: str, read: Read, as_of: datetime) -> dict[str, Any]:
    """A thing as it was at a moment.

    Args:
        what: how a problem names it: ``source 7``.
        read: reads it as it was when a change of some number had been made.
        as_of: the moment.

    Raises:
        InvalidParameter: the moment is yet to come.
        Missing: it was not there.
    """
    with snapshot():
        found = read(_number(stamp(as_of)))
    if found is None:
        raise Missing(f"There was no {what} in this ledger at {stamp(as_of)}.")
    return found


def speaker_as_of(speaker_id: int, as_of: datetime) -> dict[str, Any]:
    """A speaker as it was at a moment.

    Raises:
        Moved: it had been merged into another.
        InvalidParameter, Missing: see ``read_as_of``.
    """
    final = snapshots.final_speaker(speaker_id, _number(stamp(as_of)))
    if final != speaker_id:
        raise Moved(final)
    return read_as_of(
        f"speaker {speaker_id}", lambda number: snapshots.speaker(speaker_id, number), as_of
    )


def page_as_of(
    query: dict[str, Any], after: Position | None, limit: int
) -> tuple[list[dict[str, Any]], Slice]:
    """Statements as they were at a moment, the last recorded first, and the page they are of.

    Raises:
        InvalidParameter: the moment is yet to come; a filter or an order that the past has not.
    """
    _refuse_what_does_not_hold(query)
    wanted = snapshots.PastFilter(
        speaker=[_id(each) for each in query.get("speaker", ())],
        status=query.get("status", snapshots.PastFilter().status),
    )
    moment = stamp(query["as_of"])
    with snapshot():
        number = _number(moment)
        page = snapshots.statement_page(wanted, moment, number, after, limit)
        return snapshots.show_statements(page.rows, number), page


def _number(moment: str) -> int:
    if moment > max(now(), revisions.last_changed_at()):
        raise InvalidParameter("as_of", "It lies in the future: give a time in the past.")
    return versions.number_at(moment)


def _refuse_what_does_not_hold(query: dict[str, Any]) -> None:
    for name in query:
        if name not in _HOLD:
            raise InvalidParameter(
                name,
                "With as_of the list is narrowed by speaker and status alone: leave this out, and "
                "choose from what is listed.",
            )
    if query.get("sort", _ORDER) != _ORDER:
        raise InvalidParameter("sort", f"With as_of the list has one order, {_ORDER}.")


def _id(speaker: str) -> int:
    found = read_id(speaker)
    if found is None:
        raise InvalidParameter(
            "speaker", "Names change: with as_of give the speaker's id, as GET /v1/speakers has it."
        )
    return found
