"""Contradictions as they are shown."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import orjson

from api.ledger.models import Contradiction
from api.ledger.queries.statements import statement_shape
from api.ledger.queries.statements.statement_filters import is_one_of
from api.ledger.storage.database import database, engine
from api.ledger.storage.keyset_pages import run

STANDING = ("flagged", "confirmed")

SHOWN = (
    Contradiction.id,
    Contradiction.first,
    Contradiction.second,
    Contradiction.nature,
    Contradiction.basis,
    Contradiction.scope,
    Contradiction.status,
    Contradiction.score,
    Contradiction.explanation,
    Contradiction.evidence,
    Contradiction.detector,
    Contradiction.reason,
    Contradiction.reviewed_by,
    Contradiction.reviewed_at,
    Contradiction.note,
    Contradiction.version,
    Contradiction.created_at,
    Contradiction.updated_at,
)


def contradiction_json(
    rows: Iterable[Sequence[Any]], read: statement_shape.Read = statement_shape.read
) -> list[dict[str, Any]]:
    """Rows of the shown columns under the names of the contract, with both statements whole."""
    rows = list(rows)
    sides = read({side for row in rows for side in row[1:3]})
    return [
        {
            "id": row[0],
            "statements": [sides[row[1]], sides[row[2]]],
            "nature": row[3],
            "basis": orjson.Fragment(row[4]),
            "scope": row[5],
            "status": row[6],
            "score": row[7],
            "explanation": row[8],
            "evidence": orjson.Fragment(row[9]),
            "detector": row[10],
            "reason": row[11],
            "reviewed_by": row[12],
            "reviewed_at": row[13],
            "note": row[14],
            "version": row[15],
            "created_at": row[16],
            "updated_at": row[17],
        }
        for row in rows
    ]


def read(contradiction_id: int) -> dict[str, Any] | None:
    """One contradiction in any status, or None."""
    query = Contradiction.select(*SHOWN).where(Contradiction.id == contradiction_id)
    found = contradiction_json(run(query))
    return found[0] if found else None


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
    query = Contradiction.select(*SHOWN).where(
        Contradiction.id.in_(of_sides(statement_ids)),
        Contradiction.status.concat("").in_(statuses),
    )
    return contradiction_json(run(query.order_by(Contradiction.score.desc(), Contradiction.id)))
