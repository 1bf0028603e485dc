"""Contradictions as they are shown, and their lists."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from api.ledger import statements
from api.ledger.database import database, engine
from api.ledger.models import Contradiction, Statement, StatementTopic
from api.ledger.pages import Order, Position, Slice, run, take
from api.ledger.statement_filters import said_within

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


@dataclass(frozen=True, slots=True, kw_only=True)
class ContradictionFilter:
    """Which contradictions a list holds. Filters are joined by AND, the values of one by OR."""

    speaker: Sequence[int] | None = None
    between: Sequence[int] | None = None
    topic: Sequence[str] = ()
    nature: Sequence[str] = ()
    basis: Sequence[str] = ()
    scope: Sequence[str] = ()
    status: Sequence[str] = STANDING
    min_score: float | None = None
    statement: Sequence[int] = ()
    said_from: str | None = None
    said_to: str | None = None


def show(
    rows: Iterable[Sequence[Any]], read: statements.Read = statements.read
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
    found = show(run(query))
    return found[0] if found else None


def of_statement(statement_id: int) -> list[dict[str, Any]]:
    """What is flagged or confirmed of a statement, the strongest first."""
    query = (
        Contradiction.select(*SHOWN)
        .where(
            (Contradiction.first == statement_id) | (Contradiction.second == statement_id),
            Contradiction.status.in_(STANDING),
        )
        .order_by(Contradiction.score.desc(), Contradiction.id)
    )
    return show(run(query))


def among(statement_ids: Collection[int]) -> list[dict[str, Any]]:
    """What is flagged, confirmed or a candidate of any of the statements, the strongest first."""
    query = (
        Contradiction.select(*SHOWN)
        .where(
            Contradiction.first.in_(statement_ids) | Contradiction.second.in_(statement_ids),
            Contradiction.status.in_((*STANDING, "candidate")),
        )
        .order_by(Contradiction.score.desc(), Contradiction.id)
    )
    return show(run(query))


def page(wanted: ContradictionFilter, sort: str, after: Position | None, limit: int) -> Slice:
    """A page of contradictions under ``-created_at``, ``-updated_at`` or ``-score``."""
    by = getattr(Contradiction, sort.removeprefix("-"))
    query = Contradiction.select(*SHOWN).where(*_conditions(wanted))
    return take(query, Order((by, Contradiction.id), descending=True), after, limit)


def recount(statement_ids: Iterable[int]) -> None:
    """Bring up to date how many standing contradictions each statement has."""
    database.execute_sql(
        "UPDATE statement SET contradiction_count = (SELECT count(*) FROM contradiction "  # noqa: S608
        "WHERE (first_id = statement.id OR second_id = statement.id) AND status IN (?, ?)) "
        f"WHERE {engine().among('id')}",
        [*STANDING, engine().listed(set(statement_ids))],
    )


def _conditions(wanted: ContradictionFilter) -> list[Any]:
    first, second = Statement.alias(), Statement.alias()
    conditions: list[Any] = [
        Contradiction.stands == 1
        if set(wanted.status) == set(STANDING)
        else Contradiction.status.in_(wanted.status)
    ]
    if wanted.speaker is not None:
        conditions.append(_either_side(Statement.speaker.in_(wanted.speaker)))
    if wanted.between is not None:
        one, other = wanted.between
        between = [(one, other), (other, one)]
        either = [
            Contradiction.first.in_(first.select(first.id).where(first.speaker == left))
            & Contradiction.second.in_(second.select(second.id).where(second.speaker == right))
            for left, right in between
        ]
        conditions.append(either[0] | either[1])
    if wanted.topic:
        tagged = StatementTopic.select(StatementTopic.statement).where(
            StatementTopic.topic.in_(wanted.topic)
        )
        conditions.append(Contradiction.first.in_(tagged) | Contradiction.second.in_(tagged))
    if wanted.statement:
        conditions.append(
            Contradiction.first.in_(wanted.statement) | Contradiction.second.in_(wanted.statement)
        )
    if wanted.nature:
        conditions.append(Contradiction.nature.in_(wanted.nature))
    if wanted.scope:
        conditions.append(Contradiction.scope.in_(wanted.scope))
    if wanted.basis:
        conditions.append(_has_basis(wanted.basis))
    if wanted.min_score is not None:
        conditions.append(Contradiction.score >= wanted.min_score)
    if wanted.said_from or wanted.said_to:
        said = said_within(wanted.said_from, wanted.said_to, "overlaps")
        conditions.append(_either_side(*said))
    return conditions


def _either_side(*where: Any) -> Any:
    sides = Statement.select(Statement.id).where(*where)
    return Contradiction.first.in_(sides) | Contradiction.second.in_(sides)


def _has_basis(wanted: Sequence[str]) -> Any:
    words = Contradiction.basis.cast("TEXT")
    # The column is JSON text of plain words, so a quoted word is found whole.
    either = [words.contains(f'"{basis}"') for basis in wanted]
    condition = either[0]
    for other in either[1:]:
        condition |= other
    return condition
