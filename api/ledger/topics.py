"""Topics and their counts."""

from collections.abc import Collection, Sequence
from typing import Any

from api.ledger.models import StatementTopic, Topic
from api.ledger.pages import Order, Position, Slice, take


def retag(statement_id: int, topics: Collection[str]) -> None:
    """Give an active statement these topics and no others; a retracted one is given none."""
    had = {row.topic for row in StatementTopic.those(statement=statement_id)}
    for topic in sorted(set(topics) - had):
        Topic.insert(name=topic, statements=1).on_conflict(
            conflict_target=[Topic.name], update={Topic.statements: Topic.statements + 1}
        ).execute()
        StatementTopic.add(topic=topic, statement=statement_id)
    if lost := sorted(had - set(topics)):
        StatementTopic.erase(
            (StatementTopic.statement == statement_id) & StatementTopic.topic.in_(lost)
        )
        Topic.update(statements=Topic.statements - 1).where(Topic.name.in_(lost)).execute()


def show(row: Sequence[Any]) -> dict[str, Any]:
    """A row of a page under the names of the contract."""
    return {"topic": row[0], "statements": row[1]}


def page(after: Position | None, limit: int) -> Slice:
    """A page of the topics that active statements have, in the order of their names."""
    query = Topic.select(Topic.name, Topic.statements).where(Topic.statements > 0)
    return take(query, Order((Topic.name,)), after, limit)
