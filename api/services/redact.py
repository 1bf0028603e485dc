"""Words taken out of the ledger for good: what a person has a right to have erased.

A statement keeps its place, its speaker, its source and its dates. Its words go, and with them
whatever quotes them: from rows, from every version in the history, from the full-text index, from
answers that are kept. The salted hashes stay, so the chain still holds, and the redaction is a
change like any other. Exports and backups that were made before are beyond its reach.
"""

from collections.abc import Iterable
from typing import Any

from api.language.folding import text_key
from api.ledger import contradictions, erasure, history
from api.ledger.database import writing
from api.ledger.models import (
    Appearance,
    Contradiction,
    CrossReference,
    Decision,
    KeptAnswer,
    Review,
    Stance,
    Statement,
    Subject,
)
from api.ledger.topics import retag
from api.services.judge import pair_key
from api.services.remember import forget
from api.services.versions import Precondition, find, held_to

REDACTED = "[redacted]"

_OF_STATEMENT: dict[str, Any] = {
    "text": REDACTED,
    "text_key": text_key(REDACTED),
    "verbatim": [],
    "cue": None,
    "context": None,
    "position": None,
    "said_on_text": None,
    "topics": [],
    "status": "retracted",
}
# What quotes a statement: by which of its fields, and what becomes of its own.
_QUOTING: tuple[tuple[type[Subject], tuple[str, ...], dict[str, Any]], ...] = (
    (Appearance, ("statement",), {"text": None, "cue": None, "position": None}),
    (
        Contradiction,
        ("first", "second"),
        {"status": "withdrawn", "explanation": REDACTED, "evidence": [], "note": None},
    ),
    (CrossReference, ("from_statement", "to_statement"), {"note": None}),
    (
        Stance,
        ("statement",),
        {"condition": None, "note": None, "stale": True, "text_key": text_key(REDACTED)},
    ),
    (
        Review,
        ("statement",),
        {"title": None, "claim": None, "claimant": None, "explanation": None},
    ),
)


def redact(statement_id: int, reason: str, precondition: Precondition) -> None:
    """Take out a statement's words; again, it stays as it is.

    Args:
        statement_id: which one.
        reason: why, for the history; it must not quote what is taken out.
        precondition: the version that the caller has seen.

    Raises:
        Stale, Missing: see ``held_to`` and ``find``.
    """
    with writing(), history.because(reason):
        statement = held_to(find(Statement, statement_id), precondition)
        if statement.text == REDACTED:
            return
        pairs = _linked(Contradiction, ("first", "second"), statement_id)
        Decision.erase(Decision.pair.in_([pair_key(pair.first, pair.second) for pair in pairs]))
        forget(statement)
        retag(statement_id, ())
        _blank(statement, _OF_STATEMENT)
        for kind, fields, blank in _QUOTING:
            linked = _linked(kind, fields, statement_id)
            for subject in linked:
                _blank(subject, blank)
            history.redact_deleted(kind, [f"{field}_id" for field in fields], statement_id)
        contradictions.recount(
            {statement_id, *(side for pair in pairs for side in (pair.first_id, pair.second_id))}
        )
        KeptAnswer.erase(KeptAnswer.status > 0)
    erasure.sweep()


def _blank(subject: Subject, values: dict[str, Any]) -> None:
    for name, value in values.items():
        if getattr(subject, name) != value:
            setattr(subject, name, value)
    history.redact(subject)


def _linked(kind: type[Subject], fields: Iterable[str], statement_id: int) -> list[Any]:
    return [row for field in fields for row in kind.those(**{field: statement_id})]
