"""Propositions as they are shown, and their lists."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from api.language.words.folding import fold
from api.ledger.models import Proposition, PropositionTopic, Stance, Statement
from api.ledger.queries.statements import search
from api.ledger.storage.database import database, engine
from api.ledger.storage.keyset_pages import Order, Position, Slice, run, take

# Gives of propositions how many statements take each stance on each.
Count = Callable[[list[int]], Mapping[tuple[int, str], int]]

STANCES = ("affirms", "denies", "conditional", "unclear")

SHOWN = (
    Proposition.id,
    Proposition.text,
    Proposition.topics,
    Proposition.note,
    Proposition.language,
    Proposition.version,
    Proposition.created_at,
    Proposition.updated_at,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PropositionFilter:
    """Which propositions a list holds. Filters are joined by AND, the values of one by OR."""

    q: str | None = None
    topic: Sequence[str] = ()
    statement: Sequence[int] = ()
    speaker: Sequence[int] | None = None


def propositions_json(
    rows: Iterable[Sequence[Any]], count: Count | None = None
) -> list[dict[str, Any]]:
    """Rows of the shown columns, each with how many active statements take which stand on it."""
    rows = list(rows)
    counts = (count or _counts)([row[0] for row in rows])
    return [
        {
            "id": row[0],
            "text": row[1],
            "topics": orjson.Fragment(row[2]),
            "note": row[3],
            "language": row[4],
            "stances": {stance: counts.get((row[0], stance), 0) for stance in STANCES},
            "version": row[5],
            "created_at": row[6],
            "updated_at": row[7],
        }
        for row in rows
    ]


def read(proposition_id: int) -> dict[str, Any] | None:
    """One proposition, or None."""
    found = propositions_json(
        run(Proposition.select(*SHOWN).where(Proposition.id == proposition_id))
    )
    return found[0] if found else None


def page(wanted: PropositionFilter, after: Position | None, limit: int) -> Slice:
    """A page of propositions in the order of their ids."""
    query = Proposition.select(*SHOWN)
    if wanted.q is not None:
        query = query.where(Proposition.id.in_(search.propositions_matching(wanted.q)))
    if wanted.topic:
        query = query.where(Proposition.id.in_(on_topics(wanted.topic)))
    taken = Stance.select(Stance.proposition)
    if wanted.statement:
        on = taken.where(Stance.statement.in_(wanted.statement))
        query = query.where(Proposition.id.in_(on))
    if wanted.speaker is not None:
        said = Statement.select(Statement.id).where(
            Statement.speaker.in_(wanted.speaker), Statement.status == "active"
        )
        query = query.where(Proposition.id.in_(taken.where(Stance.statement.in_(said))))
    return take(query, Order((Proposition.id,)), after, limit)


def on_topics(topics: Sequence[str]) -> Any:
    """The ids of propositions that have one of the topics."""
    return PropositionTopic.select(PropositionTopic.proposition).where(
        PropositionTopic.topic.in_(topics)
    )


def same(text: str) -> Proposition | None:
    """The proposition of these words."""
    return Proposition.one(folded=fold(text))


def named(ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Propositions by id, as a stance shows them."""
    query = Proposition.select(Proposition.id, Proposition.text)
    rows = run(query.where(Proposition.id.in_(list(ids))))
    return {row[0]: {"id": row[0], "text": row[1]} for row in rows}


def topics(ids: Iterable[int]) -> dict[int, list[str]]:
    """The topics of propositions by id."""
    query = Proposition.select(Proposition.id, Proposition.topics)
    return {each.id: each.topics for each in query.where(Proposition.id.in_(list(ids)))}


def _counts(ids: list[int]) -> dict[tuple[int, str], int]:
    rows = database.execute_sql(
        "SELECT proposition_id, stance, count(*) FROM stance "  # noqa: S608
        "JOIN statement ON statement.id = statement_id AND status = 'active' "
        f"WHERE {engine().among('proposition_id')} AND NOT stale "
        "GROUP BY proposition_id, stance",
        [engine().listed(ids)],
    )
    return {(row[0], row[1]): row[2] for row in rows.fetchall()}
