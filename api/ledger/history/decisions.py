"""What reviewers decided of two texts, with a history of it.

A decision holds for the words, speakers and dates that it was made on, whichever statements have
them, and is found by their key; the history knows it by a number that is made of the key.
"""

from collections.abc import Collection
from typing import Any

from api.ledger.history import revisions
from api.ledger.models import Change, Decision

NAME = "decision"
COLUMNS = ("status", "reason", "reviewed_by", "reviewed_at", "note")
"""What a row has beside its key; a record has it, too."""

_SIDES = ("first_id", "second_id")


def number(pair: bytes) -> int:
    """The number by which the history knows the decision of a key: one that JSON can hold."""
    return int.from_bytes(pair[:8], "big") >> 11


def put(pair: bytes, sides: Collection[int | None], action: str, **decided: Any) -> None:
    """Keep a decision, in place of the one before on the same words.

    Args:
        pair: the key of what it was made on.
        sides: the two statements; None where that is not known.
        action: how it came about, for the history.
        decided: a value for each of ``COLUMNS``.
    """
    Decision.put(pair=pair, **decided)
    record = _record(pair, sides, decided)
    revisions.note(NAME, number(pair), action, record, decided["reviewed_by"])


def keep_history(pair: bytes, decided: dict[str, Any], action: str) -> None:
    """Begin the history of a decision that is there and has none."""
    revisions.note(NAME, number(pair), action, _record(pair, (None, None), decided))


def erase(pair: bytes) -> None:
    """Take a decision back, if there is one."""
    if Decision.one(pair=pair) is not None:
        Decision.erase(Decision.pair == pair)
        revisions.note(NAME, number(pair), revisions.DELETED, None)


def redact(statement_id: int, pairs: Collection[bytes]) -> None:
    """Take out all that was ever decided of a statement's words, with the keys made of them.

    Args:
        statement_id: which statement.
        pairs: the keys of its contradictions, for decisions whose statements are not known.
    """
    keys: dict[int, bytes] = {}
    of_it = {number(pair) for pair in pairs if Decision.one(pair=pair) is not None}
    keys |= {number(pair): pair for pair in pairs}
    versions = Change.select(Change.subject_id, Change.packed).where(Change.subject == NAME)
    for change in versions.order_by(Change.subject_id, Change.version):
        record = change.kept() or {}
        if statement_id in (record.get(side) for side in _SIDES):
            of_it.add(change.subject_id)
            keys[change.subject_id] = bytes.fromhex(record["pair"])
    for each in sorted(of_it):
        # Who follows the changes drops what is told to be deleted, and has no record of it then.
        erase(keys[each])
        revisions.note_redaction(NAME, each)


def _record(pair: bytes, sides: Collection[int | None], decided: dict[str, Any]) -> dict[str, Any]:
    told = {"id": number(pair), "pair": pair.hex(), **dict(zip(_SIDES, sides, strict=True))}
    return told | {name: decided[name] for name in COLUMNS}
