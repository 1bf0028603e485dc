"""What a call would answer, with nothing stored.

The work is done in memory, on a copy of what it reads of the ledger: who writes never waits for it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
    with working_in_copy(excerpt):
        given: dict[str, Any] = orjson.loads(orjson.dumps(answer()))
        made = made_here()
    _forget_ids(given, shows, made)
    return given


@contextmanager
def working_in_copy(excerpt: Excerpt, spills: bool = False) -> Iterator[None]:
    """Everything inside reads and writes a copy of a part of the ledger, which goes at the end.

    Args:
        excerpt: what is read.
        spills: whether the copy may be large; see ``MemoryLedger``.
    """
    copy, last = copied(excerpt, pair_key, spills)
    try:
        with working_in(copy, last):
            yield
    finally:
        copy.close()


def made_here() -> set[tuple[str, int]]:
    """What was made in the copy that is worked in: the kind and the made-up id of each."""
    return revisions.created_since(FIRST_CHANGE)


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
