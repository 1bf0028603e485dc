"""What a call would answer, with nothing stored."""

from collections.abc import Callable
from typing import Any

import orjson

from api.ledger import history
from api.ledger.database import rehearsing


def rehearse(answer: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Do the work of a recording call, undo it, and give its answer with no id that was made up."""
    with rehearsing():
        before, _ = history.head()
        given: dict[str, Any] = orjson.loads(orjson.dumps(answer()))
        made = history.created_since(before)
    _forget_ids(given, made)
    return given


def _forget_ids(statement: dict[str, Any], made: set[tuple[str, int]]) -> None:
    contradictions = statement.get("contradictions", ())
    for each in contradictions:
        for evidence in each["evidence"]:
            _blank(evidence, "statement", "statement", made)
        for side in each["statements"]:
            _forget_ids(side, made)
        _blank(each, "id", "contradiction", made)
    _blank(statement["speaker"], "id", "speaker", made)
    if statement["source"] is not None:
        _blank(statement["source"], "id", "source", made)
    _blank(statement, "id", "statement", made)


def _blank(shown: dict[str, Any], member: str, subject: str, made: set[tuple[str, int]]) -> None:
    if (subject, shown[member]) in made:
        shown[member] = None
