"""Where else a statement was published."""

from typing import Any

from api.ledger.history import revisions
from api.ledger.models import Appearance, Source, Statement
from api.ledger.storage.database import database, writing
from api.services.common.errors import Conflict
from api.services.common.versions import find
from api.services.statements import sources
from api.services.statements.redacted_words import refuse_redacted


def publish(statement_id: int, given: dict[str, Any]) -> tuple[int, bool]:
    """Add a place where a statement was published: the appearance's id, and whether it is new.

    Raises:
        Invalid: the source is not there.
        Conflict: the statement was retracted, or the words that it has there were redacted.
        Missing: see ``find``.
    """
    with writing():
        statement = find(Statement, statement_id)
        if statement.status == "retracted":
            raise Conflict("The statement was retracted: it appears nowhere any more.")
        refuse_redacted("/text", given.get("text"))
        source = sources.find_or_create(given["source"], "/source")
        known = _appearance(statement, source)
        if known is not None:
            return known.id, False
        added = appear(statement, source, given, given.get("text"))
        if statement.source_id is None:
            statement.source = source
            revisions.revise(statement, "revised")
        return added.id, True


def appear(
    statement: Statement, source: Source, given: dict[str, Any], words: str | None = None
) -> Appearance:
    """Note that a statement appeared in a source, once; ``words`` are the exact ones there."""
    known = _appearance(statement, source) if statement.appearances else None
    if known is not None:
        return known
    appearance = Appearance(
        statement=statement,
        source=source,
        text=words,
        cue=given.get("cue"),
        position=given.get("position"),
    )
    revisions.create(appearance, "appeared")
    _count(statement)
    return appearance


def correct(statement: Statement, was: Source | None) -> None:
    """Let the first appearance follow a statement's source, which was named wrongly before."""
    old = _appearance(statement, was) if was is not None else None
    if statement.source is None:
        if old is not None:
            revisions.delete(old)
    elif old is None or _appearance(statement, statement.source) is not None:
        appear(statement, statement.source, {})
        if old is not None:
            revisions.delete(old)
    else:
        old.source = statement.source
        revisions.revise(old, "corrected")
    _count(statement)


def _count(statement: Statement) -> None:
    # Plain SQL: building it takes several times what it takes.
    database.execute_sql(
        "UPDATE statement SET appearances = "
        "(SELECT count(*) FROM appearance WHERE statement_id = statement.id) WHERE id = ?",
        [statement.id],
    )


def _appearance(statement: Statement, source: Source) -> Appearance | None:
    return Appearance.one(statement=statement, source=source)
