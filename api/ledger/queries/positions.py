"""Where a speaker stands: statements in the order of time, by proposition or by topic."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from peewee import SQL, fn

from api.ledger.models import (
    PropositionTopic,
    Stance,
    Statement,
    StatementTopic,
)
from api.ledger.queries.contradictions import STANDING
from api.ledger.queries.propositions import on_topics
from api.ledger.queries.statements.said_dates import said_within
from api.ledger.storage.database import database, engine
from api.ledger.storage.keyset_pages import Order, Position, Slice, take

# Undated statements come last. Of dated ones, whichever surely came before another comes first:
# it ends before the other begins, so it begins before it too. An open end is the furthest one.
# By what ``statement_counted`` has, so that no statement has to be read to be put in order.
_UNDATED = Statement.said_earliest.is_null() & Statement.said_latest.is_null()
_BEGINS = fn.coalesce(Statement.said_earliest, SQL("''"))
_ENDS = fn.coalesce(Statement.said_latest, SQL("'open'"))
_IN_TIME = (_UNDATED, _BEGINS, _ENDS, Statement.id)
# A sum is in no index: SQLite goes from a speaker's statements to their stances, not from all of
# the stances to who took them.
_TAKEN = Stance.statement == Statement.id + 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionFilter:
    """Which stands a list holds. Filters are joined by AND, the values of one by OR."""

    proposition: Sequence[int] = ()
    topic: Sequence[str] = ()
    said_from: str | None = None
    said_to: str | None = None


def by_proposition(
    speaker_id: int, wanted: PositionFilter, after: Position | None, limit: int
) -> Slice:
    """A page of (proposition, statement) ids: the stances that a speaker's statements take."""
    query = (
        Statement.select(Stance.proposition, Statement.id)
        .join(Stance, on=_TAKEN)
        .where(*_said(speaker_id, wanted), Stance.stale == 0)
    )
    if wanted.proposition:
        query = query.where(Stance.proposition.in_(wanted.proposition))
    if wanted.topic:
        tagged = StatementTopic.select(StatementTopic.statement).where(
            StatementTopic.topic.in_(wanted.topic)
        )
        query = query.where(
            Stance.proposition.in_(on_topics(wanted.topic)) | Statement.id.in_(tagged)
        )
    return take(query, Order((Stance.proposition, *_IN_TIME)), after, limit)


def by_topic(speaker_id: int, wanted: PositionFilter, after: Position | None, limit: int) -> Slice:
    """A page of (topic, statement id): what a speaker said on it, or on a proposition on it."""
    said = _said(speaker_id, wanted)
    if wanted.proposition:
        taking = Stance.select(Stance.statement).where(
            Stance.proposition.in_(wanted.proposition), Stance.stale == 0
        )
        said.append(Statement.id.in_(taking))
    tagged = Statement.select(StatementTopic.topic, Statement.id).join(
        StatementTopic, on=StatementTopic.statement == Statement.id
    )
    taken = (
        Statement.select(PropositionTopic.topic, Statement.id)
        .join(Stance, on=_TAKEN)
        .join(PropositionTopic, on=PropositionTopic.proposition == Stance.proposition)
        .where(Stance.stale == 0, ~_is_tagged())
        .distinct()
    )
    slices = []
    for query, topic in ((tagged, StatementTopic.topic), (taken, PropositionTopic.topic)):
        on = [topic.in_(wanted.topic)] if wanted.topic else []
        slices.append(take(query.where(*said, *on), Order((topic, *_IN_TIME)), after, limit))
    rows = sorted((row for each in slices for row in each.rows), key=_place)
    more = len(rows) > limit or any(each.next for each in slices)
    return Slice(rows[:limit], _place(rows[limit - 1]) if more else None)


def _is_tagged() -> Any:
    """The condition that a statement has the topic of a proposition by itself."""
    own = StatementTopic.select(SQL("1")).where(
        StatementTopic.topic == PropositionTopic.topic, StatementTopic.statement == Statement.id
    )
    return fn.EXISTS(own)


def _place(row: Sequence[Any]) -> Position:
    """The position of a row under its topic or proposition."""
    return tuple(row[-1 - len(_IN_TIME) :])


def stands(speaker_id: int, proposition_ids: Collection[int]) -> list[Sequence[Any]]:
    """All that a speaker's statements say on propositions, in the order of time.

    Returns:
        (proposition, statement, stance, condition, text key, said_on, earliest, latest) each.
    """
    query = (
        Statement.select(
            Stance.proposition,
            Statement.id,
            Stance.stance,
            Stance.condition,
            Statement.text_key,
            Statement.said_on,
            Statement.said_earliest,
            Statement.said_latest,
        )
        .join(Stance, on=Stance.statement == Statement.id)
        .where(
            Statement.speaker == speaker_id,
            Statement.status == "active",
            Stance.stale == 0,
            Stance.proposition.in_(list(proposition_ids)),
        )
        .order_by(*_IN_TIME)
    )
    return database.execute(query).fetchall()  # type: ignore[no-any-return]


def own_contradictions(statement_ids: Collection[int]) -> list[Sequence[Any]]:
    """What was found or decided between statements and others of the same speaker.

    Returns:
        (first, second, id, status, reason, basis, explanation) each; the latest first.
    """
    # A sum is in no index: SQLite goes by the statements, not through all in the order of ids.
    rows = database.execute_sql(
        "SELECT first_id, second_id, id, status, reason, basis, explanation FROM contradiction "  # noqa: S608
        "WHERE scope = 'same_speaker' AND status IN (?, ?, 'dismissed') "
        f"AND ({engine().among('first_id')} OR {engine().among('second_id')}) ORDER BY id + 0 DESC",
        [*STANDING, *[engine().listed(statement_ids)] * 2],
    )
    return rows.fetchall()  # type: ignore[no-any-return]


def own_references(statement_ids: Collection[int], kinds: Sequence[str]) -> list[Sequence[Any]]:
    """The references of some kinds between statements and others: (from, to, kind) each."""
    rows = database.execute_sql(
        "SELECT from_statement, to_statement, kind FROM cross_reference "  # noqa: S608
        f"WHERE kind IN ({', '.join('?' * len(kinds))}) AND ({engine().among('from_statement')} "
        f"OR {engine().among('to_statement')}) ORDER BY id + 0 DESC",
        [*kinds, *[engine().listed(statement_ids)] * 2],
    )
    return rows.fetchall()  # type: ignore[no-any-return]


def dates(speaker_id: int, statement_ids: Collection[int]) -> list[Sequence[Any]]:
    """Of the statements the active ones of a speaker: (id, said_on, earliest, latest) each."""
    query = Statement.select(
        Statement.id, Statement.said_on, Statement.said_earliest, Statement.said_latest
    ).where(
        Statement.id.in_(list(statement_ids)),
        Statement.speaker == speaker_id,
        Statement.status == "active",
    )
    return database.execute(query).fetchall()  # type: ignore[no-any-return]


def _said(speaker_id: int, wanted: PositionFilter) -> list[Any]:
    conditions = [Statement.speaker == speaker_id, Statement.status == "active"]
    if wanted.said_from or wanted.said_to:
        conditions += said_within(wanted.said_from, wanted.said_to, "overlaps")
    return conditions
