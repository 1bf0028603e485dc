"""A newer engine run over the statements that were there before it."""

from collections.abc import Iterator
from typing import Any

from peewee import JOIN, fn

from api.contradictions import ANALYSIS_VERSION, ENGINE, analyse
from api.ledger.models import Analysis, Recheck, Statement
from api.ledger.storage.database import writing
from api.services.contradictions.analysis_store import (
    COMPARED_LANGUAGE,
    delete_analysis,
    store_analysis,
)
from api.services.contradictions.judge import judge

_BATCH = 50


def outstanding() -> int:
    """How many steps this engine has still to do: texts to read, statements to judge."""
    return int(_unread().count() + _unjudged().count())


def recheck() -> Iterator[int]:
    """Read every text and hold every statement against the ledger as this engine does.

    What was decided stays as it is; all else is as this engine says, new or withdrawn. Each batch
    is committed with how far it came, so that a run that was stopped goes on where it was.

    Yields:
        How many steps each batch was.
    """
    # All are read first: a statement is held against others, which must be read alike.
    while batch := list(_unread().order_by(Statement.id).limit(_BATCH)):
        analyses = analyse([statement.text for statement in batch])
        with writing():
            for statement, analysis in zip(batch, analyses, strict=True):
                if _is_as_it_was(statement):
                    delete_analysis(statement)
                    store_analysis(statement, analysis)
        yield len(batch)
    while batch := list(_unjudged().order_by(Statement.id).limit(_BATCH)):
        with writing():
            for statement in batch:
                if _is_as_it_was(statement):
                    judge(statement, reworded=False)
            Recheck.put(detector=ENGINE, statement_id=batch[-1].id)
        yield len(batch)
    Recheck.erase(Recheck.detector == ENGINE)


def _compared() -> Any:
    return Statement.select().where(
        Statement.status == "active", Statement.language == COMPARED_LANGUAGE
    )


def _unread() -> Any:
    read = (Analysis.statement == Statement.id) & (Analysis.version == ANALYSIS_VERSION)
    return _compared().join(Analysis, JOIN.LEFT_OUTER, on=read).where(Analysis.statement.is_null())


def _unjudged() -> Any:
    judged = Recheck.select(fn.max(Recheck.statement_id)).where(Recheck.detector == ENGINE)
    return _compared().where(Statement.id > (judged.scalar() or 0))


def _is_as_it_was(statement: Statement) -> bool:
    """Whether nobody revised it meanwhile; whoever did has had it judged."""
    return (
        Statement.select()
        .where(Statement.id == statement.id, Statement.version == statement.version)
        .exists()
    )
