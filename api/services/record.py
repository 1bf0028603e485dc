"""Statements: recorded, revised, retracted, and where else they appeared."""

from dataclasses import dataclass
from typing import Any

from api.contradictions import Analysis
from api.language.edtf_dates import span
from api.language.folding import slug, text_key
from api.ledger import history
from api.ledger.database import writing
from api.ledger.models import Appearance, Source, Speaker, Statement, StatementExternalId
from api.ledger.topics import retag
from api.services import sources, speakers
from api.services.judge import judge, withdraw_all
from api.services.refusals import Conflict, Invalid
from api.services.remember import forget, read_text, remember
from api.services.versions import Precondition, find, held_to

_PLAIN = (
    "kind",
    "text",
    "role",
    "said_on",
    "said_on_text",
    "cue",
    "context",
    "position",
    "language",
    "external_id",
    "confidence",
)
# A contradiction is judged on these; a change of anything else leaves it as it is.
_COMPARED = ("text", "speaker", "said_on", "language")


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement that was read and can be recorded without keeping other writers waiting."""

    given: dict[str, Any]
    analysis: Analysis | None


def draft(given: dict[str, Any]) -> Draft:
    """Read a statement's text before the ledger is locked for it.

    Raises:
        Invalid: its verbatim parts are not in its text, or do not fit its kind.
    """
    given = {"language": "en", "topics": [], **given}
    given["verbatim"] = _verbatim(given["kind"], given["text"], given.get("verbatim"))
    return Draft(given, read_text(given["text"], given["language"]))


def record(draft: Draft) -> tuple[int, bool]:
    """Record a statement with its speaker, its source and its contradictions, all or nothing.

    The same words by the same speaker on the same date are one statement; a new source is then a
    further appearance of it.

    Returns:
        The statement's id, and whether it is new.

    Raises:
        Invalid: its speaker or source is not there.
        Conflict: its speaker's name fits several; another text holds its external id.
    """
    given = draft.given
    with writing():
        speaker = speakers.find_or_create(given["speaker"], "/speaker")
        source = sources.find_or_create(given["source"], "/source") if given.get("source") else None
        statement = _same(text_key(given["text"]), speaker.id, given.get("said_on"))
        external_id = given.get("external_id")
        if external_id is not None:
            statement = _held(external_id, statement, given["text"])
        if statement is not None:
            _appear_again(statement, source, given)
            return statement.id, False
        statement = _new(given, speaker)
        if source is not None:
            appear(statement, source, given)
        retag(statement.id, statement.topics)
        remember(statement, draft.analysis)
        judge(statement)
        return statement.id, True


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
        same = _same(statement.text_key, statement.speaker_id, statement.said_on)
        if same is not None and same.id != statement.id:
            raise Conflict(f"Statement {same.id} says the same then.", statement=same.id)
        if "external_id" in changed and statement.external_id is not None:
            _claim(statement.external_id, statement)
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


def publish(statement_id: int, given: dict[str, Any]) -> tuple[int, bool]:
    """Add a place where a statement was published: the appearance's id, and whether it is new.

    Raises:
        Invalid: the source is not there.
        Missing: see ``find``.
    """
    with writing():
        statement = find(Statement, statement_id)
        source = sources.find_or_create(given["source"], "/source")
        known = _appearance(statement, source)
        if known is not None:
            return known.id, False
        added = appear(statement, source, given)
        if statement.source_id is None:
            statement.source = source
            history.revise(statement, "revised")
        return added.id, True


def appear(statement: Statement, source: Source, given: dict[str, Any]) -> Appearance:
    """Note that a statement appeared in a source, once."""
    known = _appearance(statement, source)
    if known is not None:
        return known
    appearance = Appearance(
        statement=statement,
        source=source,
        text=given.get("text"),
        cue=given.get("cue"),
        position=given.get("position"),
    )
    history.create(appearance, "appeared")
    Statement.update(appearances=Statement.appearances + 1).where(
        Statement.id == statement.id
    ).execute()
    if statement.source_id is None:
        Statement.update(source=source).where(Statement.id == statement.id).execute()
    return appearance


def _new(given: dict[str, Any], speaker: Speaker) -> Statement:
    statement = Statement(
        speaker=speaker,
        verbatim=given["verbatim"],
        topics=_slugs(given["topics"]),
        text_key=text_key(given["text"]),
        **{name: given.get(name) for name in _PLAIN},
    )
    statement.role = given.get("role") or speaker.role
    _date(statement)
    history.create(statement, "recorded")
    if statement.external_id is not None:
        StatementExternalId.insert(external_id=statement.external_id, statement=statement).execute()
    return statement


def _apply(statement: Statement, changes: dict[str, Any]) -> None:
    changes = dict(changes)
    was = {name: getattr(statement, name) for name in (*_PLAIN, "verbatim", "topics")}
    if "speaker" in changes:
        changes["speaker"] = speakers.find_or_create(changes["speaker"], "/speaker")
    if changes.get("source"):
        changes["source"] = sources.find_or_create(changes["source"], "/source")
    if "topics" in changes:
        changes["topics"] = _slugs(changes["topics"])
    if {"text", "kind", "verbatim"} & set(changes):
        kind, text = changes.get("kind", was["kind"]), changes.get("text", was["text"])
        whole = was["verbatim"] == [was["text"]]
        kept = None if whole or was["kind"] != kind else was["verbatim"]
        changes["verbatim"] = _verbatim(kind, text, changes.get("verbatim", kept))
    for name, value in changes.items():
        if getattr(statement, name) != value:
            setattr(statement, name, value)
    statement.text_key = (
        text_key(statement.text) if statement.text != was["text"] else statement.text_key
    )
    if statement.said_on != was["said_on"]:
        _date(statement)


def _date(statement: Statement) -> None:
    said = span(statement.said_on) if statement.said_on else None
    statement.said_earliest = said.earliest if said else None
    statement.said_latest = said.latest if said else None
    statement.said_certain = bool(said and said.certain and said.earliest and said.latest)


def _verbatim(kind: str, text: str, parts: list[str] | None) -> list[str]:
    if kind == "claim":
        if parts:
            raise Invalid("/verbatim", "A claim has no verbatim parts: its kind is quote then.")
        return []
    if parts is None:
        return [text]
    if not parts:
        raise Invalid(
            "/verbatim", "A quote has at least one verbatim part: leave it out where all of it is."
        )
    for index, part in enumerate(parts):
        if part not in text:
            raise Invalid(
                f"/verbatim/{index}",
                "This part does not stand in the text: give it letter for letter, without marks.",
            )
    return parts


def _slugs(topics: list[str]) -> list[str]:
    return list(dict.fromkeys(slug(topic) for topic in topics))


def _same(key: bytes, speaker_id: int, said_on: str | None) -> Statement | None:
    dated = Statement.said_on == said_on if said_on else Statement.said_on.is_null()
    same = Statement.select().where(
        Statement.text_key == key,
        Statement.speaker == speaker_id,
        Statement.status == "active",
        dated,
    )
    found: Statement | None = same.order_by(Statement.id).first()
    return found


def _held(external_id: str, same: Statement | None, text: str) -> Statement | None:
    """The statement an external id leads to, if it says the same; a new name for one that does."""
    holder = StatementExternalId.get_or_none(StatementExternalId.external_id == external_id)
    if holder is None:
        if same is not None:
            _claim(external_id, same)
        return same
    held = holder.statement
    if held == same or (held.status == "retracted" and held.text_key == text_key(text)):
        return held
    raise Conflict(
        f"The external id {external_id!r} is held by statement {held.id}, which says something "
        f"else: revise that one, or give another id.",
        statement=held.id,
    )


def _claim(external_id: str, statement: Statement) -> None:
    holder = StatementExternalId.get_or_none(StatementExternalId.external_id == external_id)
    if holder is None:
        StatementExternalId.insert(external_id=external_id, statement=statement).execute()
    elif holder.statement_id != statement.id:
        raise Conflict(
            f"The external id {external_id!r} is held by statement {holder.statement_id}.",
            statement=holder.statement_id,
        )


def _appear_again(statement: Statement, source: Source | None, given: dict[str, Any]) -> None:
    if statement.external_id is None and given.get("external_id") is not None:
        statement.external_id = given["external_id"]
        history.revise(statement, "revised")
    if source is not None and statement.status == "active":
        appear(statement, source, given)


def _appearance(statement: Statement, source: Source) -> Appearance | None:
    return Appearance.get_or_none(Appearance.statement == statement, Appearance.source == source)
