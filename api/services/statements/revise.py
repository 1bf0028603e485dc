"""Statements revised and retracted."""

from dataclasses import dataclass
from typing import Any

from api.contradictions import Analysis
from api.language.words.folding import text_key
from api.language.words.identification import identify
from api.ledger.history import revisions
from api.ledger.models import Statement
from api.ledger.queries.statements.topics import retag
from api.ledger.storage.database import writing
from api.services.common.errors import Conflict
from api.services.common.statement_parts import PLAIN, claim, date, same, slugs, verbatim_parts
from api.services.common.versions import Precondition, change, find, held_to
from api.services.contradictions.analysis_store import analyse_text, delete_analysis, store_analysis
from api.services.contradictions.comparisons import Comparisons
from api.services.contradictions.judge import judge, withdraw_all
from api.services.positions.stances import outdate
from api.services.speakers import speaker_registry
from api.services.statements import sources
from api.services.statements.appearances import correct
from api.services.statements.redacted_words import refuse_redacted

# The same words by the same speaker on the same date are one statement.
_IDENTIFYING = ("text", "speaker", "said_on")
# A text is read anew when one of these changes.
_READ = ("text", "language")
# A contradiction is judged on these; a change of anything else leaves it as it is.
_COMPARED = ("text", "speaker", "said_on", "language")


@dataclass(frozen=True, slots=True)
class PreparedRevision:
    """Changes to a statement, and what its text reads like with them, if it reads differently."""

    statement_id: int
    changes: dict[str, Any]
    text: str
    language: str
    analysis: Analysis | None


def prepare_revision(statement_id: int, changes: dict[str, Any]) -> PreparedRevision:
    """Read a statement's new text before the ledger is locked for it.

    Raises:
        Missing: there is no such statement.
    """
    before = find(Statement, statement_id)
    text = changes.get("text", before.text)
    if "language" not in changes and (told := retold(before, text)) != before.language:
        changes = {**changes, "language": told}
    language = changes.get("language", before.language)
    is_reread = (text, language) != (before.text, before.language)
    analysis = analyse_text(text, language) if is_reread else None
    return PreparedRevision(statement_id, changes, text, language, analysis)


def retold(before: Statement, text: str) -> str:
    """The language of a statement with another text, where nobody stated that of the one before."""
    if text == before.text or before.language != identify(before.text):
        return str(before.language)
    return identify(text)


def commit_revision(
    revision: PreparedRevision, precondition: Precondition, action: str = "revised"
) -> None:
    """Change a statement; where its words, speaker, date or language change, it is judged anew.

    Args:
        revision: what changes.
        precondition: the version that the caller has seen.
        action: how the change came about, for the history.

    Raises:
        Conflict: it was retracted, its new words were redacted, or another statement says the same
            then.
        Invalid: its verbatim parts are not in its text; its speaker or source is not there.
        Stale, Missing: see ``held_to`` and ``find``.
    """
    with writing():
        statement = held_to(find(Statement, revision.statement_id), precondition)
        if statement.status == "retracted":
            raise Conflict("The statement was retracted: record it anew, under no external id.")
        was_source = statement.source
        _apply(statement, revision.changes)
        changed = {field.name for field in statement.dirty_fields}
        if not changed:
            return
        if (statement.text, statement.language) != (revision.text, revision.language):
            raise Conflict("The statement was revised at the same time: read it and try again.")
        if "text" in changed:
            refuse_redacted("/text", statement.text)
        if changed & set(_IDENTIFYING):
            _refuse_to_repeat(statement)
        if "external_id" in changed and statement.external_id is not None:
            claim(statement.external_id, statement)
            statement.external_ids = list(
                dict.fromkeys([*statement.external_ids, statement.external_id])
            )
        store(statement, action, revision.analysis)
        if "source" in changed:
            correct(statement, was_source)


def store(
    statement: Statement,
    action: str,
    analysis: Analysis | None,
    compared: Comparisons | None = None,
) -> None:
    """Store a statement's next version, and bring up to date what rests on what it changes.

    Args:
        statement: with its changes, at least one.
        action: how they came about, for the history.
        analysis: what its text reads like, where text or language changed.
        compared: see ``judge_new``.
    """
    changed = {field.name for field in statement.dirty_fields}
    revisions.revise(statement, action)
    if "topics" in changed:
        retag(statement.id, statement.topics)
    if changed & set(_READ):
        delete_analysis(statement)
        store_analysis(statement, analysis)
    if "text" in changed:
        outdate(statement)
    if changed & set(_COMPARED):
        judge(statement, compared=compared)


def retract(statement_id: int, precondition: Precondition) -> None:
    """Retract a statement and withdraw its contradictions; again, it stays retracted.

    Raises:
        Stale, Missing: see ``held_to`` and ``find``.
    """
    with writing():
        statement = held_to(find(Statement, statement_id), precondition)
        if statement.status == "retracted":
            return
        statement.status = "retracted"
        revisions.revise(statement, "retracted")
        withdraw_all(statement)
        delete_analysis(statement)
        retag(statement.id, ())


def _refuse_to_repeat(statement: Statement) -> None:
    other = same(statement.text_key, statement.speaker_id, statement.said_on, but=statement.id)
    if other is not None:
        raise Conflict(f"Statement {other.id} says the same then.", statement=other.id)


def _apply(statement: Statement, changes: dict[str, Any]) -> None:
    changes = dict(changes)
    was = {name: getattr(statement, name) for name in (*PLAIN, "verbatim", "topics")}
    if "speaker" in changes:
        changes["speaker"] = speaker_registry.find_or_create(changes["speaker"], "/speaker")
    if changes.get("source"):
        changes["source"] = sources.find_or_create(changes["source"], "/source")
    if "topics" in changes:
        changes["topics"] = slugs(changes["topics"])
    if {"text", "kind", "verbatim"} & set(changes):
        kind, text = changes.get("kind", was["kind"]), changes.get("text", was["text"])
        whole = was["verbatim"] == [was["text"]]
        kept = None if whole or was["kind"] != kind else was["verbatim"]
        changes["verbatim"] = verbatim_parts(kind, text, changes.get("verbatim", kept))
    change(statement, changes)
    if statement.text != was["text"]:
        statement.text_key = text_key(statement.text)
    if statement.said_on != was["said_on"]:
        date(statement)
