"""Words taken out of the ledger for good: what a person has a right to have erased.

A statement keeps its place, its speaker, its source and its dates. Its words go, and with them
whatever quotes them: from rows, from every version in the history, from the full-text index, from
topics, from what stood around other statements of its sources, from answers that are kept. The
salted hashes stay, so the chain still holds, and the redaction is a change like any other. Keyed
hashes of the words stay as well, so that they are known when they come again. Exports and backups
that were made before are beyond its reach.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from api.language.words.folding import text_key
from api.ledger.history import decisions, revisions
from api.ledger.models import (
    Appearance,
    Change,
    Contradiction,
    CrossReference,
    KeptAnswer,
    Review,
    Stance,
    Statement,
    Subject,
)
from api.ledger.queries import contradictions, redacted_words
from api.ledger.queries.redacted_words import same_words
from api.ledger.queries.statements.topics import retag
from api.ledger.storage import erasure
from api.ledger.storage.database import writing
from api.services.common.versions import Precondition, find, held_to
from api.services.contradictions.analysis_store import delete_analysis
from api.services.contradictions.judge import pair_key
from api.services.statements.redacted_words import quotes

REDACTED = "[redacted]"
# Fewer words may be anybody's; and of a statement that was reworded, all that it ever said counts.
_FEWEST_WORDS = 3
_SAID = ("text", "claim")

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


def redact(statement_id: int, reason: str, precondition: Precondition) -> bool:
    """Take out a statement's words; again, it stays as it is.

    Args:
        statement_id: which one.
        reason: why, for the history; it must not quote what is taken out.
        precondition: the version that the caller has seen.

    Returns:
        Whether they are in no file of the database any more. As long as somebody reads the ledger
        as it was before, they are: they go when he is done.

    Raises:
        Stale, Missing: see ``held_to`` and ``find``.
    """
    with writing(), revisions.because(reason):
        statement = held_to(find(Statement, statement_id), precondition)
        if statement.text != REDACTED:
            _take_out(statement)
            erasure.begin()
    return erasure.sweep()


def _take_out(statement: Statement) -> None:
    statement_id = statement.id
    texts = {text for text in _said(statement_id) if text != REDACTED}
    redacted_words.keep(statement_id, texts)
    _take_out_of_contexts(statement_id, texts)
    pairs = _linked(Contradiction, ("first", "second"), statement_id)
    decisions.redact(statement_id, [pair_key(pair.first, pair.second) for pair in pairs])
    delete_analysis(statement)
    retag(statement_id, ())
    _blank(statement, _OF_STATEMENT)
    for kind, fields, blank in _QUOTING:
        linked = _linked(kind, fields, statement_id)
        for subject in linked:
            _blank(subject, blank)
        revisions.redact_deleted(kind, [f"{field}_id" for field in fields], statement_id)
    contradictions.recount(
        {statement_id, *(side for pair in pairs for side in (pair.first_id, pair.second_id))}
    )
    KeptAnswer.erase(KeptAnswer.status > 0)


def _said(statement_id: int) -> Iterator[str]:
    """All that a statement said in any version, and was said to say where it appeared."""
    for record in _records(statement_id):
        yield from (record[name] for name in _SAID if record.get(name))
        yield from (
            part for part in record.get("verbatim") or () if len(part.split()) >= _FEWEST_WORDS
        )


def _records(statement_id: int) -> Iterator[dict[str, Any]]:
    is_own = (Change.subject == "statement") & (Change.subject_id == statement_id)
    for change in Change.select().where(is_own):
        yield change.kept() or {}
    quoting = ("appearance", "review")
    for change in Change.select().where(Change.statement_id == statement_id):
        if change.subject in quoting:
            yield change.kept() or {}


def _take_out_of_contexts(statement_id: int, texts: Collection[str]) -> None:
    """Take the words out of what stood before and after other statements of the same sources."""
    words = [each for each in map(same_words, texts) if " " in each]
    sources = Appearance.select(Appearance.source).where(Appearance.statement == statement_id)
    beside = Appearance.select(Appearance.statement).where(Appearance.source.in_(sources))
    for other in list(Statement.select().where(Statement.id.in_(beside))):
        if other.id != statement_id and any(quotes(each, words) for each in _contexts(other)):
            _blank(other, {"context": None})


def _contexts(statement: Statement) -> Iterator[str]:
    is_own = (Change.subject == "statement") & (Change.subject_id == statement.id)
    for change in Change.select().where(is_own):
        context = (change.kept() or {}).get("context")
        if context:
            yield context


def _blank(subject: Subject, values: dict[str, Any]) -> None:
    for name, value in values.items():
        if getattr(subject, name) != value:
            setattr(subject, name, value)
    revisions.redact(subject)


def _linked(kind: type[Subject], fields: Iterable[str], statement_id: int) -> list[Any]:
    return [row for field in fields for row in kind.those(**{field: statement_id})]
