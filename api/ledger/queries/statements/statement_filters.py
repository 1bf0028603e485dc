"""Which statements a list holds: the conditions of its filters, and those that select little."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from peewee import SQL, NodeList, fn

from api.ledger.models import (
    Appearance,
    Source,
    Speaker,
    Statement,
    StatementExternalId,
    StatementTopic,
)
from api.ledger.queries.statements import search
from api.ledger.queries.statements.said_dates import LATEST, by_latest, said_within
from api.ledger.storage.database import engine
from api.ledger.storage.keyset_pages import run
from api.ledger.storage.templates import Slot, Template, Values, slotted

# From so many on, an index of the list's order comes upon enough of them within as many steps: the
# square root of a million statements times a page.
MOST = 4000
MOST_SHAPES = 500
"""Filters of a shape each whose queries are kept: those that are asked for again and again."""

# The fields of a filter on which its SQL depends.
_FIXED = frozenset(("said_match", "contradicted", "lacking"))


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementFilter:
    """Which statements a list holds. Filters are joined by AND, the values of one by OR.

    ``lacking`` names what they have none of: ``topic``, ``source``, ``publisher``, ``said`` for a
    date, ``speaker`` for one with a name.
    """

    q: str | None = None
    kind: Sequence[str] = ()
    speaker: Sequence[int] | None = None
    source: Sequence[int] = ()
    publisher: Sequence[str] = ()
    topic: Sequence[str] = ()
    language: Sequence[str] = ()
    external_id: Sequence[str] = ()
    status: Sequence[str] = ("active",)
    said_from: str | None = None
    said_to: str | None = None
    said_match: str = "overlaps"
    contradicted: bool | None = None
    lacking: frozenset[str] = frozenset()


def matching(wanted: StatementFilter) -> list[Any]:
    """The conditions under which a statement passes a filter, its search included.

    They are those for queries that look at all that pass, from whichever filter is planned first.
    """
    own = replace(wanted, speaker=None, source=(), publisher=(), topic=(), external_id=())
    elsewhere = _selections(replace(wanted, speaker=None))
    if wanted.q is not None:
        elsewhere.append(search.matching(wanted.q))
    said = [] if wanted.speaker is None else [Statement.speaker.in_(wanted.speaker)]
    return [*passing(own), *said, *(Statement.id.in_(ids) for ids in elsewhere)]


def among(wanted: StatementFilter, ids: Sequence[int] | Slot) -> list[Any]:
    """The conditions under which one of some statements passes a filter but for its search."""
    # What is concatenated is in no index: SQLite goes by the ids.
    unled = Statement.status.concat("").in_(wanted.status)
    return [is_one_of(Statement.id, ids), unled, *passing(wanted)[1:]]


def is_one_of(column: Any, ids: Iterable[int] | Slot) -> Any:
    """The condition that a column has one of some ids, which may be many.

    The value of a slot is what the engine makes of the list.
    """
    listed = ids if isinstance(ids, Slot) else engine().listed(ids)
    return NodeList((column, SQL(engine().among(""), [listed])))


def narrowed(
    wanted: StatementFilter, *, by_days: bool, most: int | None = None
) -> list[int] | None:
    """The statements that those of a filter are among, where they are few; else None.

    They are no more than ``most``, or ``MOST``, and have what is searched for; ``among`` gives the
    conditions that are left. ``by_days`` where a range of days may tell them: the orders by days
    have it in one stretch anyway.
    """
    shape, values = shaped(wanted)
    selections = [*_kept_selections(engine().name, shape)]
    if wanted.language and "en" not in wanted.language:
        selections.append(_other_languages(engine().name, shape))
    most = MOST if most is None else most
    led = [found for each in selections if (found := few(each, most, values)) is not None]
    if by_days and (of_days := _of_days(wanted, most)) is not None:
        led.append(of_days)
    if not led:
        return None
    ids = sorted(set.intersection(*led))
    return engine().found_among(search.terms(wanted.q), ids) if wanted.q is not None else ids


def passing(wanted: StatementFilter) -> list[Any]:
    """The conditions under which a statement passes a filter but for its search: first its status.

    Each is looked up for the statement at hand, so that an order is followed no further than a
    page needs: a sum is in no index, and nothing but the status leads away from that of the order.
    """
    conditions: list[Any] = [Statement.status.in_(wanted.status)]
    if wanted.kind:
        conditions.append(Statement.kind.in_(wanted.kind))
    if wanted.speaker is not None:
        conditions.append((Statement.speaker + 0).in_(wanted.speaker))
    if wanted.source:
        conditions.append(_exists(Appearance, Appearance.source.in_(wanted.source)))
    if wanted.publisher:
        placed = Appearance.select(SQL("1")).join(Source, on=Appearance.source == Source.id)
        published = Source.publisher_folded.in_(wanted.publisher)
        conditions.append(fn.EXISTS(placed.where(Appearance.statement == Statement.id, published)))
    if wanted.topic:
        conditions.append(_exists(StatementTopic, StatementTopic.topic.in_(wanted.topic)))
    if wanted.language:
        conditions.append(Statement.language.in_(wanted.language))
    if wanted.external_id:
        named = StatementExternalId.external_id.in_(wanted.external_id)
        conditions.append(_exists(StatementExternalId, named))
    if wanted.contradicted is not None:
        contradicted = Statement.contradiction_count + 0 > 0
        conditions.append(contradicted if wanted.contradicted else ~contradicted)
    if wanted.said_from or wanted.said_to:
        conditions += said_within(wanted.said_from, wanted.said_to, wanted.said_match)
    return [*conditions, *(_LACKING[name]() for name in sorted(wanted.lacking))]


def _without(of: Any, *where: Any) -> Any:
    return ~fn.EXISTS(of.where(of.model.statement == Statement.id, *where))


# The conditions under which a statement lacks something.
_LACKING: dict[str, Callable[[], Any]] = {
    "speaker": lambda: fn.EXISTS(
        Speaker.select(SQL("1")).where(
            Speaker.id == Statement.speaker, Speaker.kind == SQL("'unnamed'")
        )
    ),
    "topic": lambda: _without(StatementTopic.select(SQL("1"))),
    "source": lambda: _without(Appearance.select(SQL("1"))),
    "publisher": lambda: _without(
        Appearance.select(SQL("1")).join(Source, on=Appearance.source == Source.id),
        Source.publisher_folded.is_null(False),
    ),
    "said": lambda: Statement.said_on.is_null(),
}


def _selections(wanted: StatementFilter) -> list[Any]:
    """For each filter that an index gives the statements of, the query for their ids."""
    selections: list[Any] = []
    if wanted.external_id:
        named = StatementExternalId.external_id.in_(wanted.external_id)
        selections.append(StatementExternalId.select(StatementExternalId.statement).where(named))
    appeared = Appearance.select(Appearance.statement)
    if wanted.source:
        selections.append(appeared.where(Appearance.source.in_(wanted.source)))
    if wanted.publisher:
        published = Source.publisher_folded.in_(wanted.publisher)
        placed = appeared.join(Source, on=Appearance.source == Source.id)
        selections.append(placed.where(published))
    if wanted.topic:
        tagged = StatementTopic.topic.in_(wanted.topic)
        selections.append(StatementTopic.select(StatementTopic.statement).where(tagged))
    if wanted.speaker is not None:
        said = Statement.speaker.in_(wanted.speaker)
        selections.append(Statement.select(Statement.id).where(said))
    return selections


@lru_cache(MOST_SHAPES)
def _kept_selections(engine_name: str, shape: StatementFilter) -> list[Template]:
    return [Template(each) for each in _selections(shape)]


@lru_cache(MOST_SHAPES)
def _other_languages(engine_name: str, shape: StatementFilter) -> Template:
    """The query for statements in languages other than English, which most are in.

    An index has these alone.
    """
    others = Statement.language.in_(shape.language), Statement.language != SQL("'en'")
    return Template(Statement.select(Statement.id).where(*others))


def shaped(wanted: StatementFilter) -> tuple[StatementFilter, dict[str, Any]]:
    """The shape of a filter without its search, and the values of the slots in it."""
    return slotted(replace(wanted, q=None), _FIXED)


def few(selection: Any, most: int, values: Values | None = None) -> set[int] | None:
    """The ids that a query or a template gives, where they are so many at most; else None."""
    if isinstance(selection, Template):
        rows = selection.run(
            "few", lambda query: query.limit(Slot("most")), {**(values or {}), "most": most + 1}
        )
    else:
        rows = run(selection.limit(most + 1))
    return {row[0] for row in rows} if len(rows) <= most else None


def _of_days(wanted: StatementFilter, most: int) -> set[int] | None:
    """The statements of a range of days, where they are few; else None."""
    if not (wanted.said_from or wanted.said_to):
        return None
    range_ = wanted.said_from, wanted.said_to, wanted.said_match
    in_order = Statement.select(Statement.id).order_by(LATEST, Statement.id)
    of_status = [Statement.status == status for status in wanted.status]
    parts = [
        few(in_order.where(status, *stretch), most)
        for status in of_status
        for stretch in by_latest(*range_)
    ]
    found = [part for part in parts if part is not None]
    return set().union(*found) if len(found) == len(parts) else None


def _exists(of: Any, condition: Any) -> Any:
    return fn.EXISTS(of.select(SQL("1")).where(of.statement == Statement.id, condition))
