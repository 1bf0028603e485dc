"""Statements revised and retracted."""

from typing import Any

from api.language.folding import text_key
from api.ledger import history
from api.ledger.database import writing
from api.ledger.models import Statement
from api.ledger.topics import retag
from api.services import sources, speakers
from api.services.judge import judge, withdraw_all
from api.services.publish import appear
from api.services.refusals import Conflict
from api.services.remember import forget, read_text, remember
from api.services.statement_parts import PLAIN, claim, date, same, slugs, verbatim_parts
from api.services.versions import Precondition, find, held_to

# The same words by the same speaker on the same date are one statement.
_IDENTIFYING = ("text", "speaker", "said_on")
# A contradiction is judged on these; a change of anything else leaves it as it is.
_COMPARED = ("text", "speaker", "said_on", "language")


def revise(statement_id: int, changes: dict[str, Any], precondition: Precondition) -> None:
    """Change a statement; where its words, speaker, date or language change, it is judged anew.

    Raises:
        Conflict: it was retracted, or another statement says the same then.
        Invalid: its verbatim parts are not in its text; its speaker or source is not there.
        Stale, Missing: see ``held_to`` and ``find``.
    """
    before = find(Statement, statement_id)
    text, language = changes.get("text", before.text), changes.get("language", before.language)
    reread = (text, language) != (before.text, before.language)
    analysis = read_text(text, language) if reread else None
    with writing():
        statement = held_to(find(Statement, statement_id), precondition)
        if statement.status == "retracted":
            raise Conflict("The statement was retracted: record it anew to say it again.")
        _apply(statement, changes)
        changed = {field.name for field in statement.dirty_fields}
        if not changed:
            return
        if (statement.text, statement.language) != (text, language):
            raise Conflict("The statement was revised at the same time: read it and try again.")
        if changed & set(_IDENTIFYING):
            _refuse_to_repeat(statement)
        if "external_id" in changed and statement.external_id is not None:
            claim(statement.external_id, statement)
        history.revise(statement, "revised")
        if "source" in changed and statement.source is not None:
            appear(statement, statement.source, {})
        if "topics" in changed:
            retag(statement.id, statement.topics)
        if reread:
            remember(statement, analysis)
        if changed & set(_COMPARED):
            judge(statement)


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
        history.revise(statement, "retracted")
        withdraw_all(statement)
        forget(statement)
        retag(statement.id, ())


def _refuse_to_repeat(statement: Statement) -> None:
    other = same(statement.text_key, statement.speaker_id, statement.said_on, but=statement.id)
    if other is not None:
        raise Conflict(f"Statement {other.id} says the same then.", statement=other.id)


def _apply(statement: Statement, changes: dict[str, Any]) -> None:
    changes = dict(changes)
    was = {name: getattr(statement, name) for name in (*PLAIN, "verbatim", "topics")}
    if "speaker" in changes:
        changes["speaker"] = speakers.find_or_create(changes["speaker"], "/speaker")
    if changes.get("source"):
        changes["source"] = sources.find_or_create(changes["source"], "/source")
    if "topics" in changes:
        changes["topics"] = slugs(changes["topics"])
    if {"text", "kind", "verbatim"} & set(changes):
        kind, text = changes.get("kind", was["kind"]), changes.get("text", was["text"])
        whole = was["verbatim"] == [was["text"]]
        kept = None if whole or was["kind"] != kind else was["verbatim"]
        changes["verbatim"] = verbatim_parts(kind, text, changes.get("verbatim", kept))
    for name, value in changes.items():
        if getattr(statement, name) != value:
            setattr(statement, name, value)
    if statement.text != was["text"]:
        statement.text_key = text_key(statement.text)
    if statement.said_on != was["said_on"]:
        date(statement)
