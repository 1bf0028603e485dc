"""What a call would answer, with nothing stored."""

from collections.abc import Callable
from typing import Any

import orjson

from api.ledger import history
from api.ledger.database import rehearsing

# The members of an answer that show subjects, and what kind these are of.
_SHOWS = {
    "speaker": "speaker",
    "candidates": "speaker",
    "source": "source",
    "statements": "statement",
    "contradictions": "contradiction",
}


def rehearse(answer: Callable[[], dict[str, Any]], shows: str | None = None) -> dict[str, Any]:
    """Do the work of a recording call, undo it, and give its answer with no id that was made up.

    Args:
        answer: does the work.
        shows: the kind of the one subject that the answer shows, if it is one.
    """
    with rehearsing():
        before, _ = history.head()
        given: dict[str, Any] = orjson.loads(orjson.dumps(answer()))
        made = history.created_since(before)
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
