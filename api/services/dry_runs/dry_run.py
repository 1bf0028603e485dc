"""What a call would answer, with nothing stored.

The work is done in memory, on a copy of what it reads of the ledger: who writes never waits for it.
"""

from collections.abc import Callable
from typing import Any

import orjson

from api.ledger.history import revisions
from api.ledger.storage.database import working_in
from api.ledger.transfer.excerpts import FIRST_CHANGE, Excerpt, copied
from api.services.contradictions.judge import pair_key

# The members of an answer that show subjects, and what kind these are of.
_SHOWS = {
    "speaker": "speaker",
    "candidates": "speaker",
    "source": "source",
    "statements": "statement",
    "contradictions": "contradiction",
}


def dry_run(
    answer: Callable[[], dict[str, Any]], excerpt: Excerpt, shows: str | None = None
) -> dict[str, Any]:
    """Do the work of a recording call on a copy, and give its answer with no id that was made up.

    Args:
        answer: does the work.
        excerpt: what it reads of the ledger.
        shows: the kind of the one subject that the answer shows, if it is one.
    """
    copy, last = copied(excerpt, pair_key)
    try:
        with working_in(copy, last):
            given: dict[str, Any] = orjson.loads(orjson.dumps(answer()))
            made = revisions.created_since(FIRST_CHANGE)
    finally:
        copy.close()
    _forget_ids(given, shows, made)
    return given


def _forget_ids(shown: Any, subject: str | None, made: set[tuple[str, int]]) -> None:
    if isinstance(shown, list):
        for each in shown:
            _forget_ids(each, subject, made)
    elif isinstance(shown, dict):
        # The member "statement" is a bare id, in evidence.
        for member, kind in (("id", subject), ("statement", "statement")):
            if (kind, shown.get(member)) in made:
                shown[member] = None
        for member, value in shown.items():
            _forget_ids(value, _SHOWS.get(member), made)
