"""Contradictions as they are shown: their members, with both statements whole."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from api.ledger.models import Contradiction
from api.ledger.queries.json_shapes import Shape, Things, Whole
from api.ledger.queries.statements.statement_filters import is_one_of
from api.ledger.queries.statements.statement_shape import STATEMENTS
from api.ledger.storage.database import database, engine
from api.ledger.storage.keyset_pages import run

STANDING = ("flagged", "confirmed")

SHAPE = Shape(
    id=Contradiction.id,
    statements=Whole(STATEMENTS, (Contradiction.first, Contradiction.second), is_list=True),
    nature=Contradiction.nature,
    basis=Contradiction.basis,
    scope=Contradiction.scope,
    status=Contradiction.status,
    score=Contradiction.score,
    explanation=Contradiction.explanation,
    evidence=Contradiction.evidence,
    detector=Contradiction.detector,
    reason=Contradiction.reason,
    reviewed_by=Contradiction.reviewed_by,
    reviewed_at=Contradiction.reviewed_at,
    note=Contradiction.note,
    version=Contradiction.version,
    created_at=Contradiction.created_at,
    updated_at=Contradiction.updated_at,
)
CONTRADICTIONS = Things(SHAPE, Contradiction)


def of_statement(statement_id: int) -> list[dict[str, Any]]:
    """What is flagged or confirmed of a statement, the strongest first."""
    return _strongest([statement_id], STANDING)


def among(statement_ids: Collection[int]) -> list[dict[str, Any]]:
    """What is flagged, confirmed or a candidate of any of the statements, the strongest first."""
    return _strongest(statement_ids, (*STANDING, "candidate"))


def recount(statement_ids: Iterable[int]) -> None:
    """Bring up to date how many standing contradictions each statement has."""
    # What is concatenated is in no index: SQLite goes by the sides, not by the status.
    sides = " + ".join(
        f"(SELECT count(*) FROM contradiction WHERE {side} = statement.id "  # noqa: S608
        "AND status || '' IN (?, ?))"
        for side in ("first_id", "second_id")
    )
    database.execute_sql(
        f"UPDATE statement SET contradiction_count = {sides} WHERE {engine().among('id')}",  # noqa: S608
        [*STANDING, *STANDING, engine().listed(set(statement_ids))],
    )


def of_sides(statement_ids: Collection[int]) -> Any:
    """The query for the ids of the contradictions that have one of some statements."""
    first, second = Contradiction.alias(), Contradiction.alias()
    # A union of two: for an OR beside a status SQLite reads the index of the status alone.
    return first.select(first.id).where(is_one_of(first.first, statement_ids)) | second.select(
        second.id
    ).where(is_one_of(second.second, statement_ids))


def _strongest(statement_ids: Collection[int], statuses: Sequence[str]) -> list[dict[str, Any]]:
    query = Contradiction.select(Contradiction.id).where(
        Contradiction.id.in_(of_sides(statement_ids)),
        Contradiction.status.concat("").in_(statuses),
    )
    rows = run(query.order_by(Contradiction.score.desc(), Contradiction.id))
    found = CONTRADICTIONS.read([row[0] for row in rows])
    return [found[row[0]].read() for row in rows]
