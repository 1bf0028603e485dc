"""Statements recorded, each held against the ledger as it comes in."""

from dataclasses import dataclass
from typing import Any

from api.contradictions import Analysis
from api.language.words.folding import text_key
from api.language.words.identification import identify
from api.ledger.history import revisions
from api.ledger.models import Source, Speaker, Statement, StatementExternalId
from api.ledger.queries.statements.topics import tag
from api.ledger.storage.database import writing
from api.services.common.errors import Conflict
from api.services.common.statement_parts import PLAIN, claim, date, same, slugs, verbatim_parts
from api.services.contradictions.analysis_store import analyse_text, store_analysis
from api.services.contradictions.comparisons import Comparisons
from api.services.contradictions.judge import judge_new
from api.services.speakers import speaker_registry
from api.services.statements import sources
from api.services.statements.appearances import appear
from api.services.statements.redacted_words import refuse_redacted


@dataclass(frozen=True, slots=True)
class PreparedStatement:
    """A statement that was read and can be recorded without keeping other writers waiting."""

    given: dict[str, Any]
    analysis: Analysis | None


def prepare_statement(given: dict[str, Any]) -> PreparedStatement:
    """Read a statement's text before the ledger is locked for it.

    Raises:
        Invalid: its verbatim parts are not in its text, or do not fit its kind.
    """
    given = {"topics": [], **given}
    given.setdefault("language", identify(given["text"]))
    given["verbatim"] = verbatim_parts(given["kind"], given["text"], given.get("verbatim"))
    return PreparedStatement(given, analyse_text(given["text"], given["language"]))


def commit_statement(
    prepared: PreparedStatement, compared: Comparisons | None = None
) -> tuple[int, bool]:
    """Record a statement with its speaker, its source and its contradictions, all or nothing.

    The same words by the same speaker on the same date are one statement; a new source is then a
    further appearance of it.

    Args:
        prepared: what is recorded.
        compared: see ``judge_new``.

    Returns:
        The statement's id, and whether it is new.

    Raises:
        Invalid: its speaker or source is not there.
        Conflict: its speaker's name fits several; another text holds its external id; its words
            were redacted.
    """
    given = prepared.given
    with writing():
        refuse_redacted("/text", given["text"])
        speaker = speaker_registry.find_or_create(given["speaker"], "/speaker")
        source = sources.find_or_create(given["source"], "/source") if given.get("source") else None
        statement = same(text_key(given["text"]), speaker.id, given.get("said_on"))
        external_id = given.get("external_id")
        if external_id is not None:
            statement = _held(external_id, statement, given, speaker)
        if statement is not None:
            appear_again(statement, source, given)
            return statement.id, False
        return add(prepared, speaker, source, "recorded", compared=compared).id, True


def add(
    prepared: PreparedStatement,
    speaker: Speaker,
    source: Source | None,
    action: str,
    words: str | None = None,
    compared: Comparisons | None = None,
) -> Statement:
    """Store a new statement and hold it against the ledger.

    Args:
        prepared: what is recorded.
        speaker: whom it is attributed to.
        source: where it appeared.
        action: how its first version came about, for the history.
        words: the exact ones in the source, where they are known.
        compared: see ``judge_new``.
    """
    statement = _new(prepared.given, speaker, source, action)
    if source is not None:
        appear(statement, source, prepared.given, words)
    tag(statement.id, statement.topics)
    judge_new(statement, store_analysis(statement, prepared.analysis), compared)
    return statement


def _new(given: dict[str, Any], speaker: Speaker, source: Source | None, action: str) -> Statement:
    statement = Statement(
        speaker=speaker,
        source=source,
        verbatim=given["verbatim"],
        topics=slugs(given["topics"]),
        text_key=text_key(given["text"]),
        **{name: given.get(name) for name in PLAIN},
    )
    statement.external_ids = [given["external_id"]] if given.get("external_id") else []
    date(statement)
    revisions.create(statement, action)
    if statement.external_id is not None:
        claim(statement.external_id, statement)
    return statement


def _held(
    external_id: str, alike: Statement | None, given: dict[str, Any], speaker: Speaker
) -> Statement | None:
    """The statement that an external id leads to, where it says what is recorded; else ``alike``.

    A retracted one stays what its id leads to, so that an import that is repeated does not bring
    it back; where the same was recorded anew, the id leads there from now on.
    """
    holder = StatementExternalId.one(external_id=external_id)
    if holder is None:
        return alike
    held: Statement = holder.statement
    if held == alike:
        return held
    says = (held.text_key, held.speaker_id, held.said_on)
    recorded = (text_key(given["text"]), speaker.id, given.get("said_on"))
    if held.status == "active" or says != recorded:
        raise Conflict(
            f"The external id {external_id!r} is held by statement {held.id}, which says something "
            "else: revise that one, or give another id.",
            statement=held.id,
        )
    if alike is not None:
        holder.delete_instance()
    return alike or held


def appear_again(
    statement: Statement, source: Source | None, given: dict[str, Any], words: str | None = None
) -> None:
    """Note what a known statement gains by being recorded once more; see ``add``."""
    if statement.status == "retracted":
        return
    external_id = given.get("external_id")
    if external_id is not None and external_id not in statement.external_ids:
        claim(external_id, statement)
        statement.external_ids = [*statement.external_ids, external_id]
        statement.external_id = statement.external_id or external_id
    if source is not None:
        if statement.source_id is None:
            statement.source = source
        appear(statement, source, given, words)
    if statement.dirty_fields:
        revisions.revise(statement, "revised")
