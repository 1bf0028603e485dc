"""Stances as they are shown, their lists, and which of them are opposed."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from api.ledger.models import Proposition, Stance, Statement
from api.ledger.queries.statements import statement_shape
from api.ledger.storage.database import database, engine
from api.ledger.storage.keyset_pages import Order, Position, Slice, run, take

SHOWN = (
    Stance.id,
    Stance.statement,
    Stance.proposition,
    Proposition.text,
    Stance.stance,
    Stance.condition,
    Stance.note,
    Stance.stale,
    Stance.version,
    Stance.created_at,
    Stance.updated_at,
)


def stance_json(row: Sequence[Any]) -> dict[str, Any]:
    """A row of the shown columns under the names of the contract."""
    return {
        "id": row[0],
        "statement": row[1],
        "proposition": {"id": row[2], "text": row[3]},
        "stance": row[4],
        "condition": row[5],
        "note": row[6],
        "stale": bool(row[7]),
        "version": row[8],
        "created_at": row[9],
        "updated_at": row[10],
    }


def stances_with_statements_json(rows: Iterable[Sequence[Any]]) -> list[dict[str, Any]]:
    """Like ``show``, each with its statement whole instead of its id."""
    rows = list(rows)
    said = statement_shape.read({row[1] for row in rows})
    return [stance_json(row) | {"statement": said[row[1]]} for row in rows]


def read(statement_id: int, proposition_id: int) -> dict[str, Any] | None:
    """The stance of a statement on a proposition, or None."""
    rows = run(
        _shown().where(Stance.statement == statement_id, Stance.proposition == proposition_id)
    )
    return stance_json(rows[0]) if rows else None


def page(statement_id: int, after: Position | None, limit: int) -> Slice:
    """A page of a statement's stances in the order of the propositions' ids."""
    query = _shown().where(Stance.statement == statement_id)
    return take(query, Order((Stance.proposition,)), after, limit)


def page_on(
    proposition_id: int, wanted: Sequence[str], after: Position | None, limit: int
) -> Slice:
    """A page of the stances of active statements on a proposition, in the order of their ids."""
    query = (
        _shown()
        .join_from(Stance, Statement)
        # What is concatenated is in no index: SQLite goes by the stances.
        .where(Stance.proposition == proposition_id, Statement.status.concat("") == "active")
    )
    if wanted:
        query = query.where(Stance.stance.in_(wanted))
    return take(query, Order((Stance.id,)), after, limit)


def of(statement_ids: Collection[int]) -> dict[int, list[dict[str, Any]]]:
    """The stances of each of the statements, but for stale ones."""
    query = _shown().where(Stance.statement.in_(statement_ids), Stance.stale == 0)
    found: dict[int, list[dict[str, Any]]] = {}
    for row in run(query.order_by(Stance.proposition)):
        found.setdefault(row[1], []).append(stance_json(row))
    return found


def newly_opposed(
    statement_id: int, speaker_id: int, known: Collection[int], most: int
) -> list[int]:
    """Active statements that take an opposed stand and are not among the known.

    The speaker's own come first, then those said last; stale stances raise nothing.
    """
    rows = database.execute_sql(
        "SELECT other_id FROM opposed_stance WHERE statement_id = ? AND NOT stale "  # noqa: S608
        f"AND NOT ({engine().among('other_id')}) "
        "GROUP BY other_id, other_speaker_id, other_said_latest ORDER BY "
        "other_speaker_id = ? DESC, other_said_latest DESC NULLS LAST, other_id DESC LIMIT ?",
        [statement_id, engine().listed(known), speaker_id, most],
    )
    return [other_id for (other_id,) in rows.fetchall()]


def opposed(statement_id: int, other_ids: Collection[int]) -> list[tuple[int, int, str, bool]]:
    """What sets a statement against active others: (id, proposition, own stance, stale or not).

    Of each the current stances come first, then the proposition that was there first.
    """
    rows = database.execute_sql(
        "SELECT other_id, proposition_id, stance, stale FROM opposed_stance "  # noqa: S608
        f"WHERE statement_id = ? AND {engine().among('other_id')} "
        "ORDER BY other_id, stale, proposition_id",
        [statement_id, engine().listed(other_ids)],
    )
    return [(row[0], row[1], row[2], bool(row[3])) for row in rows.fetchall()]


def _shown() -> Any:
    return Stance.select(*SHOWN).join(Proposition)
