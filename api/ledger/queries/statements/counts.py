"""How many statements each speaker, topic, publisher, kind, year or month has.

Where a filter leaves many, those that were said last are counted, and no more than a bounded
number.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from peewee import Case, fn

from api.ledger.models import Appearance, Source, Speaker, Statement, StatementTopic
from api.ledger.queries.statements.statement_filters import (
    StatementFilter,
    among,
    is_one_of,
    narrowed,
)
from api.ledger.queries.statements.statement_pages import page as page_in_order
from api.ledger.storage.keyset_pages import Position, Slice, run

# Statements that are looked at, at the most: each is looked up.
MOST_COUNTED = 10_000

_IN_ORDER_OF_TIME = ("year", "month")
_DIGITS = {"year": 4, "month": 7}


@dataclass(frozen=True, slots=True)
class Counts:
    """How many things have each value, and how people write it.

    Args:
        by_value: by the value, None for those that have none; one may have several.
        labels: of the values that are not written as they are.
        total: things that were counted.
        capped: whether these were not all.
    """

    by_value: Counter[Any]
    labels: dict[Any, str]
    total: int
    capped: bool


def count(by: str, wanted: StatementFilter) -> Counts:
    """Count the statements that a filter leaves."""
    value = {"speaker": Statement.speaker, "kind": Statement.kind}.get(by, Statement.id)
    if by in _DIGITS:
        value = _period(_DIGITS[by])
    values, capped = _values(value, wanted)
    labels: dict[Any, str] = {}
    if by == "topic":
        by_value = _several(values, _topics(values))
    elif by == "publisher":
        written = _published(values)
        by_value = _several(values, {(row[0], row[1]) for row in written})
        for _, folded, publisher in written:
            labels[folded] = min(publisher, labels.get(folded, publisher))
    else:
        by_value = Counter(values)
    return Counts(by_value, labels, len(values), capped)


def _values(value: Any, wanted: StatementFilter) -> tuple[list[Any], bool]:
    """A value of each of the statements that are counted, and whether there are more."""
    ids = narrowed(wanted, by_days=True, most=MOST_COUNTED)
    if ids is not None:
        those = Statement.select(value).where(*among(wanted, ids))
        return [row[0] for row in run(those)], False
    found = page_in_order(wanted, "-said_on", None, MOST_COUNTED, value)
    return [row[0] for row in found.rows], found.next is not None


def page(by: str, counts: Counts, after: Position | None, limit: int) -> Slice:
    """A page of values, the most frequent first; years and months in the order of time."""
    values = {_place(by, *each): each for each in counts.by_value.items()}
    left = sorted(place for place in values if after is None or place > tuple(after))
    rows: list[Sequence[Any]] = [values[place] for place in left[:limit]]
    return Slice(rows, left[limit - 1] if len(left) > limit else None)


def counts_json(by: str, rows: Iterable[Sequence[Any]], counts: Counts) -> list[dict[str, Any]]:
    """Rows of a page under the names of the contract."""
    rows = list(rows)
    speakers = _speakers(row[0] for row in rows) if by == "speaker" else {}
    return [
        {
            "value": None if value is None else str(value),
            "label": speakers[value]["name"] if speakers else counts.labels.get(value, value),
            "speaker": speakers.get(value),
            "count": number,
        }
        for value, number in rows
    ]


def _place(by: str, value: Any, number: int) -> Position:
    """Where a value stands in the list of them: no two in one place."""
    if by in _IN_ORDER_OF_TIME:
        return (value or "unknown",)
    return (-number, value or "")


def _several(statements: Sequence[int], had: Iterable[tuple[int, str]]) -> Counter[Any]:
    """How many of some statements have each of the values that one may have several of."""
    pairs = list(had)
    by_value: Counter[Any] = Counter(value for _, value in pairs)
    if without := len(statements) - len({statement for statement, _ in pairs}):
        by_value[None] = without
    return by_value


def _topics(statements: Sequence[int]) -> list[Any]:
    tagged = StatementTopic.select(StatementTopic.statement, StatementTopic.topic)
    return run(tagged.where(is_one_of(StatementTopic.statement, statements)))


def _published(statements: Sequence[int]) -> list[Sequence[Any]]:
    """Of each statement the publishers: (statement, folded, as it is written) each."""
    placed = Appearance.select(Appearance.statement, Source.publisher_folded, Source.publisher)
    return run(
        placed.join(Source, on=Appearance.source == Source.id).where(
            is_one_of(Appearance.statement, statements), Source.publisher_folded.is_null(False)
        )
    )


def _speakers(ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    named = Speaker.select(Speaker.id, Speaker.name, Speaker.kind)
    rows = run(named.where(is_one_of(Speaker.id, ids)))
    return {row[0]: {"id": row[0], "name": row[1], "kind": row[2]} for row in rows}


def _period(digits: int) -> Any:
    """The year or month that a date lies in; null where it is unknown or spans more than one."""
    earliest = fn.substr(Statement.said_earliest, 1, digits)
    return Case(None, [(earliest == fn.substr(Statement.said_latest, 1, digits), earliest)])
