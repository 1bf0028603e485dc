"""The statements around one: by the same speaker, on the same topics, in the same words."""

from collections.abc import Sequence
from typing import Any

from api.ledger.models import Statement
from api.ledger.queries.statements.said_dates import LATEST
from api.ledger.storage.database import database


def by_speaker(statement: Statement, limit: int) -> list[int]:
    """The latest active statements of the same speaker."""
    query = Statement.select(Statement.id).where(
        Statement.speaker == statement.speaker_id,
        Statement.status == "active",
        Statement.id != statement.id,
    )
    return _ids(query.order_by(LATEST.desc(), Statement.id.desc()).limit(limit))


def in_words(statement: Statement, limit: int) -> list[int]:
    """Active statements of the same words, by whomever and whenever they were said."""
    query = Statement.select(Statement.id).where(
        Statement.text_key == statement.text_key,
        # What is concatenated is in no index: SQLite goes by the words, not by all that are active.
        Statement.status.concat("") == "active",
        Statement.id != statement.id,
    )
    return _ids(query.order_by(Statement.id).limit(limit))


def on_topics(statement: Statement, newest: int) -> dict[int, list[str]]:
    """Active statements that share topics, with those topics; of each topic the newest are read."""
    topics: Sequence[str] = statement.topics
    if not topics:
        return {}
    one = (
        "SELECT * FROM (SELECT statement_id, topic FROM statement_topic "
        "WHERE topic = ? AND statement_id <> ? ORDER BY statement_id DESC LIMIT ?)"
    )
    rows = database.execute_sql(
        " UNION ALL ".join([one] * len(topics)),
        [value for topic in topics for value in (topic, statement.id, newest)],
    ).fetchall()
    shared: dict[int, list[str]] = {}
    for statement_id, topic in rows:
        shared.setdefault(statement_id, []).append(topic)
    ranked = sorted(shared, key=lambda statement_id: (-len(shared[statement_id]), -statement_id))
    return {statement_id: sorted(shared[statement_id]) for statement_id in ranked}


def _ids(query: Any) -> list[int]:
    return [statement.id for statement in query]
