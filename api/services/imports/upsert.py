"""A line of an import put into the ledger: recorded, or found again and brought up to date.

What a line leaves out stays as it is. What a person revised since the line was imported last stays
as well, until the line itself says something new; so the same line changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from api.contradictions import Analysis
from api.deadline import DeadlineExceeded, within
from api.language.words.identification import identify
from api.ledger.history import revisions
from api.ledger.models import Appearance, Statement, StatementExternalId
from api.services.common.errors import Conflict, ServiceError
from api.services.common.statement_parts import slugs, verbatim_parts
from api.services.contradictions.analysis_store import (
    COMPARED_LANGUAGE,
    analyse_text,
    analyse_texts,
    limits,
)
from api.services.contradictions.comparisons import Comparisons
from api.services.imports.known_lines import VALUES, Known
from api.services.speakers import speaker_registry
from api.services.statements import sources
from api.services.statements.appearances import appear
from api.services.statements.record import PreparedStatement, commit_statement
from api.services.statements.revise import PreparedRevision, commit_revision, retold

IMPORTED = "imported"
# The versions that an import made: what they brought is what the lines said last.
_BROUGHT = frozenset({"recorded", IMPORTED})
_IDENTIFYING = frozenset({"text", "speaker_id", "said_on"})


@dataclass(slots=True)
class PreparedLine:
    """A line that was read and can be stored without keeping other writers waiting.

    ``is_read`` where its text was read, in ``language``; what is known already is not read again.
    ``unchanged`` is the statement of which it says nothing new, if the ledger has still ``seen``
    changes.
    """

    given: dict[str, Any]
    language: str
    analysis: Analysis | None
    is_read: bool
    unchanged: int | None
    seen: int
    line: int = 0

    @property
    def external_id(self) -> str | None:
        """The caller's own name for the statement."""
        name: str | None = self.given.get("external_id")
        return name


# A line that was read, or why it cannot be stored.
Ready = PreparedLine | ServiceError | DeadlineExceeded


def prepare_lines(bodies: Sequence[dict[str, Any]]) -> list[Ready]:
    """Read the texts of lines, those that the ledger does not know yet; nothing is locked."""
    known = Known(bodies)
    ready: list[Ready] = []
    for body in bodies:
        try:
            ready.append(_checked(body, known))
        except ServiceError as refusal:
            ready.append(refusal)
    new = [each for each in ready if isinstance(each, PreparedLine) and each.is_read]
    try:
        # Each may take as long as it may alone.
        with within(limits.statement_seconds * len(new)):
            analyses = analyse_texts([each.given["text"] for each in new], COMPARED_LANGUAGE)
    except DeadlineExceeded as error:
        return [
            error if isinstance(each, PreparedLine) and each.is_read else each for each in ready
        ]
    for each, analysis in zip(new, analyses, strict=True):
        each.analysis = analysis
    return ready


def commit_line(
    prepared: PreparedLine, compared: Comparisons
) -> tuple[int, Literal["created", "updated", "unchanged"]]:
    """Store a line; the ledger is locked, and what a refused one did is the caller's to undo.

    Returns:
        The statement's id, and what became of it.

    Raises:
        Invalid: its speaker or source is not there.
        Conflict: its speaker's name fits several; another statement holds its external id or says
            the same.
    """
    before, _ = revisions.head()
    named = _named(prepared.external_id)
    if named is not None and named.status == "active":
        _update(named, prepared)
        statement_id, is_new = named.id, False
    else:
        given = {"language": prepared.language, "topics": [], **prepared.given}
        statement_id, is_new = commit_statement(
            PreparedStatement(given, _analysis(prepared)), compared
        )
    if is_new:
        return statement_id, "created"
    changed = revisions.changed_since(before, (Statement, Appearance))
    return statement_id, "updated" if changed else "unchanged"


def _checked(body: dict[str, Any], known: Known) -> PreparedLine:
    kind, text, held = body["kind"], body["text"], known.held(body.get("external_id"))
    given = {**body, "verbatim": verbatim_parts(kind, text, body.get("verbatim"))}
    language = body.get("language") or (retold(held, text) if held else identify(text))
    if held is not None and language != held.language:
        given["language"] = language
    is_known = (held.text, held.language) == (text, language) if held else known.is_told(body)
    is_read = language == COMPARED_LANGUAGE and not is_known
    return PreparedLine(given, language, None, is_read, known.unchanged(given), known.number)


def _analysis(prepared: PreparedLine) -> Analysis | None:
    """What the text reads like; read now only where what was known went a moment ago."""
    if prepared.is_read or prepared.language != COMPARED_LANGUAGE:
        return prepared.analysis
    return analyse_text(prepared.given["text"], prepared.language)


def _named(external_id: str | None) -> Statement | None:
    """The statement that has an external id for its own, shown one.

    Where the same words were recorded under several, the first speaks for the statement; lines
    under the others add where else it appeared.
    """
    if external_id is None:
        return None
    holder = StatementExternalId.one(external_id=external_id)
    if holder is None or holder.statement.external_id != external_id:
        return None
    statement: Statement = holder.statement
    return statement


def _update(statement: Statement, prepared: PreparedLine) -> None:
    given = prepared.given
    said = {name: given[name] for name in VALUES if name in given}
    said["verbatim"] = given["verbatim"]
    if "topics" in given:
        said["topics"] = slugs(given["topics"])
    said["speaker_id"] = speaker_registry.find_or_create(given["speaker"], "/speaker").id
    appeared = _appeared(statement, given)
    if appeared is not None:
        said["source_id"] = appeared
    new = _new(statement, said)
    if not new:
        return
    if new.keys() & _IDENTIFYING:
        _refuse_to_part(statement)
    if new.keys() & {"text", "language"}:
        # Both or none: the parts of a statement that are read together.
        language = new.get("language", statement.language)
        analysis = (
            prepared.analysis
            if prepared.is_read and prepared.language == language
            else analyse_text(new.get("text", statement.text), language)
        )
    else:
        analysis = None
    changes = {name: value for name, value in new.items() if not name.endswith("_id")}
    changes |= {
        name: {"id": new[f"{name}_id"]} for name in ("speaker", "source") if f"{name}_id" in new
    }
    commit_revision(
        PreparedRevision(
            statement.id,
            changes,
            new.get("text", statement.text),
            new.get("language", statement.language),
            analysis,
        ),
        None,
        IMPORTED,
    )


def _new(statement: Statement, said: dict[str, Any]) -> dict[str, Any]:
    """What a line says otherwise than the statement has it, and than the line before it did."""
    new = {name: value for name, value in said.items() if getattr(statement, name) != value}
    if new and statement.version > 1:
        brought = revisions.last_written(statement, _BROUGHT)
        new = {name: value for name, value in new.items() if brought.get(name) != value}
    return new


def _appeared(statement: Statement, given: dict[str, Any]) -> int | None:
    """The source that a line corrects the statement's to; None where it leaves it alone.

    Where it appeared there too, or other lines are of the same statement, nothing is corrected.
    """
    if not given.get("source"):
        return None
    source = sources.find_or_create(given["source"], "/source")
    known = Appearance.select().where(
        Appearance.statement == statement, Appearance.source == source
    )
    if source.id == statement.source_id or known.exists():
        return None
    if len(statement.external_ids) == 1 or statement.source_id is None:
        return int(source.id)
    appear(statement, source, given)
    return None


def _refuse_to_part(statement: Statement) -> None:
    others = [name for name in statement.external_ids if name != statement.external_id]
    if others:
        raise Conflict(
            f"Statement {statement.id} was recorded under {others[0]!r} as well and would say "
            "something else for that one too: revise it, or give this line an id of its own.",
            statement=statement.id,
        )
