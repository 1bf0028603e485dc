"""Topics and their counts."""

from collections.abc import Collection, Sequence
from typing import Any

from api.ledger.models import StatementTopic, Topic
from api.ledger.storage.database import database
from api.ledger.storage.keyset_pages import Order, Position, Slice, take

_COUNT_ONE_MORE = (
    "INSERT INTO topic (name, statements) VALUES (?, 1) "
    "ON CONFLICT (name) DO UPDATE SET statements = topic.statements + 1"
)


def tag(statement_id: int, topics: Collection[str]) -> None:
    """Give an active statement topics that it does not have."""
    for topic in sorted(topics):
        database.execute_sql(_COUNT_ONE_MORE, [topic])
        StatementTopic.add(topic=topic, statement=statement_id)


def retag(statement_id: int, topics: Collection[str]) -> None:
    """Give an active statement these topics and no others; a retracted one is given none."""
    had = {row.topic for row in StatementTopic.those(statement=statement_id)}
    tag(statement_id, set(topics) - had)
    if lost := sorted(had - set(topics)):
        StatementTopic.erase(
            (StatementTopic.statement == statement_id) & StatementTopic.topic.in_(lost)
        )
        Topic.update(statements=Topic.statements - 1).where(Topic.name.in_(lost)).execute()
        # The name of a topic that nothing has may be made of words that nothing may keep.
        Topic.erase(Topic.name.in_(lost), Topic.statements <= 0)


def topic_json(row: Sequence[Any]) -> dict[str, Any]:
    """A row of a page under the names of the contract."""
    return {"topic": row[0], "statements": row[1]}


def page(after: Position | None, limit: int) -> Slice:
    """A page of the topics that active statements have, in the order of their names."""
    query = Topic.select(Topic.name, Topic.statements).where(Topic.statements > 0)
    return take(query, Order((Topic.name,)), after, limit)
