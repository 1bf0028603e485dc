"""Where else a statement was published."""

from typing import Any

from api.ledger import history
from api.ledger.database import writing
from api.ledger.models import Appearance, Source, Statement
from api.services import sources
from api.services.versions import find


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
    return appearance


def _appearance(statement: Statement, source: Source) -> Appearance | None:
    return Appearance.get_or_none(Appearance.statement == statement, Appearance.source == source)
