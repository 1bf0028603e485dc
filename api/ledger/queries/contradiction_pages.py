"""Which contradictions a list holds, and its pages, read from where the least is looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from peewee import SQL, fn

from api.ledger.models import Contradiction, Statement, StatementTopic
from api.ledger.queries.contradictions import STANDING, of_sides
from api.ledger.queries.statements.said_dates import said_within
from api.ledger.queries.statements.statement_filters import MOST, few, is_one_of
from api.ledger.storage.keyset_pages import Order, Position, Slice, take, take_merged

# See ``statement_filters.MOST``: of a million statements a few ten thousand contradictions stand.
_MOST = 1000


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


def page(
    wanted: ContradictionFilter,
    sort: str,
    after: Position | None,
    limit: int,
    columns: Sequence[Any] = (Contradiction.id,),
) -> Slice:
    """A page of contradictions under ``-created_at``, ``-updated_at`` or ``-score``."""
    by = getattr(Contradiction, sort.removeprefix("-"))
    order = Order((by, Contradiction.id), descending=True)
    query = Contradiction.select(*columns)
    ids = _narrowed(wanted)
    if ids is not None:
        # What is concatenated is in no index: SQLite goes by the ids.
        of_status = Contradiction.status.concat("").in_(wanted.status)
        led = query.where(is_one_of(Contradiction.id, ids), of_status, *_passing(wanted, sort))
        return take(led, order, after, limit)
    passing = _passing(wanted, sort)
    if _is_of_standing(wanted):
        return take(query.where(Contradiction.stands == 1, *passing), order, after, limit)
    each = (
        query.where(Contradiction.status == status, *passing)
        for status in dict.fromkeys(wanted.status)
    )
    return take_merged(each, order, after, limit)


def _is_of_standing(wanted: ContradictionFilter) -> bool:
    return set(wanted.status) == set(STANDING)


def _narrowed(wanted: ContradictionFilter) -> list[int] | None:
    """The contradictions that those of a filter are among, where they are few; else None."""
    most = MOST if wanted.between is not None else _MOST
    sides = [found for each in _selections(wanted) if (found := few(each, most)) is not None]
    if wanted.statement:
        sides.append(set(wanted.statement))
    selections = [of_sides(ids) for ids in sides]
    if wanted.min_score is not None and _is_of_standing(wanted):
        standing = Contradiction.stands == 1, Contradiction.score >= wanted.min_score
        selections.append(Contradiction.select(Contradiction.id).where(*standing))
    led = [ids for each in selections if (ids := few(each, most)) is not None]
    return sorted(set.intersection(*led)) if led else None


def _selections(wanted: ContradictionFilter) -> list[Any]:
    """For each filter by statements that an index gives, the query for their ids."""
    selections: list[Any] = []
    said = Statement.select(Statement.id)
    if _is_of_standing(wanted):
        said = said.where(Statement.contradiction_count > 0)
    speakers = [] if wanted.speaker is None else [wanted.speaker]
    speakers += [] if wanted.between is None else [[each] for each in wanted.between]
    selections += (said.where(Statement.speaker.in_(each)) for each in speakers)
    if wanted.topic:
        tagged = StatementTopic.topic.in_(wanted.topic)
        selections.append(StatementTopic.select(StatementTopic.statement).where(tagged))
    return selections


def _passing(wanted: ContradictionFilter, sort: str) -> list[Any]:
    """The conditions under which a contradiction passes a filter but for its status.

    Each is looked up for the contradiction at hand, so that an order is followed no further than a
    page needs.
    """
    conditions: list[Any] = []
    if wanted.speaker is not None:
        conditions.append(_either_side(Statement.speaker.in_(wanted.speaker)))
    if wanted.between is not None:
        one, other = wanted.between
        conditions.append(
            _sides(Statement.speaker == one, Statement.speaker == other)
            | _sides(Statement.speaker == other, Statement.speaker == one)
        )
    if wanted.topic:
        tagged = StatementTopic.select(SQL("1")).where(StatementTopic.topic.in_(wanted.topic))
        conditions.append(
            fn.EXISTS(tagged.where(StatementTopic.statement == Contradiction.first))
            | fn.EXISTS(tagged.where(StatementTopic.statement == Contradiction.second))
        )
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
        # A sum is in no index: SQLite goes by that of the list's order.
        score = Contradiction.score if sort == "-score" else Contradiction.score + 0
        conditions.append(score >= wanted.min_score)
    if wanted.said_from or wanted.said_to:
        conditions.append(_either_side(*said_within(wanted.said_from, wanted.said_to, "overlaps")))
    return conditions


def _sides(first: Any, second: Any) -> Any:
    return _side(Contradiction.first, first) & _side(Contradiction.second, second)


def _either_side(*where: Any) -> Any:
    return _side(Contradiction.first, *where) | _side(Contradiction.second, *where)


def _side(side: Any, *where: Any) -> Any:
    return fn.EXISTS(Statement.select(SQL("1")).where(Statement.id == side, *where))


def _has_basis(wanted: Sequence[str]) -> Any:
    words = Contradiction.basis.cast("TEXT")
    # The column is JSON text of plain words, so a quoted word is found whole.
    either = [words.contains(f'"{basis}"') for basis in wanted]
    condition = either[0]
    for other in either[1:]:
        condition |= other
    return condition
