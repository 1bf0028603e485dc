"""Statements of a ledger cloned, so that it becomes a large one without a text read again.

The n-th clones of all statements, with their sources, appearances and contradictions, make the n-th
generation. They have ids and a history of their own, every entry of it in the chain and the tree;
keys and full-text index are as large as they would be. What is other than before: the ids, the
addresses of sources, external ids, the speakers (but for the most quoted, each generation has
others), and the days of speech, which each generation has some months later, up to five years. The
texts stay, with their figures: a word of one statement is a word of all its clones.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from random import Random
from typing import Any, NamedTuple

from peewee import ForeignKeyField, fn

from api.contradictions import Analysis
from api.language.dates.edtf_dates import span
from api.ledger.history.revisions import subject_name
from api.ledger.models import (
    Appearance,
    Change,
    Contradiction,
    Source,
    Speaker,
    Statement,
    StatementExternalId,
    StatementTopic,
    Subject,
)
from api.ledger.storage.database import database, transaction, writing
from api.ledger.transfer.tables import shape
from api.services.contradictions.analysis_store import store_analysis
from api.services.speakers.speaker_registry import create
from benchmarks.entries import History
from benchmarks.news import SPEAKERS, people

Row = dict[str, Any]
Moment = Callable[[int], str]

_CLONED: tuple[type[Subject], ...] = (Source, Statement, Appearance, Contradiction)
# Those who are quoted most in one generation are so in all.
_QUOTED_MOST = 200
# Beside them there is a new speaker for so many statements.
_PER_SPEAKER = 100
_MONTHS = 60
_BATCH = 1_000
# A month, with its day or without.
_MONTH = re.compile(r"(\d{4})-(\d{2})")


class Original(NamedTuple):
    """A thing that is cloned, as it is stored, and how its first version came about."""

    kind: type[Subject]
    action: str
    row: Row


def clone(analyses: Mapping[int, Analysis | None], size: int, moment: Moment, seed: int) -> None:
    """Let a ledger grow to a size by clones of what is in it.

    Args:
        analyses: what was read in each statement of it, by their ids.
        size: how many statements it will have.
        moment: when the n-th was recorded.
        seed: of salts.
    """
    generations = -(-size // len(analyses))
    if generations == 1:
        return
    originals = list(_originals())
    with writing():
        transaction().moment = moment(len(analyses))
        clones = _Clones(analyses, _Cast(size), moment, Random(seed))  # noqa: S311 (no secret)
    for generation in range(1, generations):
        clones.begin(generation)
        for batch in _batches(originals, size - generation * len(analyses)):
            with writing():
                clones.add(batch)
    with writing():
        database.execute_sql(
            "UPDATE topic SET statements = "
            "(SELECT count(*) FROM statement_topic WHERE topic = topic.name)"
        )
        # The other side of some is in no generation.
        database.execute_sql(
            "UPDATE statement SET contradiction_count = (SELECT count(*) FROM contradiction "
            "WHERE statement.id IN (first_id, second_id) AND status IN ('flagged', 'confirmed')) "
            "WHERE contradiction_count > 0"
        )


def _originals() -> Iterator[Original]:
    """All that is cloned, in the order in which it came to be."""
    rows = {(kind, row["id"]): row for kind in _CLONED for row in kind.select().dicts()}
    kinds = {subject_name(kind): kind for kind in _CLONED}
    first = Change.select(Change.subject, Change.subject_id, Change.action).where(
        Change.version == 1, Change.subject.in_(list(kinds))
    )
    for name, number, action in first.order_by(Change.id).tuples():
        yield Original(kinds[name], action, rows[kinds[name], number])


def _batches(originals: list[Original], statements: int) -> Iterator[list[Original]]:
    """The originals up to so many statements, with what came with the last."""
    batch: list[Original] = []
    for original in originals:
        if original.kind is Statement:
            statements -= 1
            if statements < 0:
                break
        if len(batch) >= _BATCH and original.kind is Statement:
            yield batch
            batch = []
        batch.append(original)
    yield batch


class _Cast:
    """Who says in each generation what others said in the first."""

    def __init__(self, size: int) -> None:
        quoted = Statement.select(Statement.speaker, fn.count()).group_by(Statement.speaker)
        ranked = [number for number, _ in quoted.order_by(fn.count().desc()).tuples()]
        self._same, self._others = ranked[:_QUOTED_MOST], ranked[_QUOTED_MOST:]
        names = people(SPEAKERS + size // _PER_SPEAKER)[SPEAKERS:]
        new = [create({"name": name, "kind": "person"}) for name in names]
        self._pool = [*self._others, *new]

    def of(self, generation: int) -> dict[int, int]:
        """The speakers of a generation by those of the first; no two become one."""
        turned = generation * len(self._others)
        others = {
            number: self._pool[(place + turned) % len(self._pool)]
            for place, number in enumerate(self._others)
        }
        return others | {number: number for number in self._same}


class _Clones:
    """Adds generations to a ledger."""

    def __init__(
        self,
        analyses: Mapping[int, Analysis | None],
        cast: _Cast,
        moment: Moment,
        random: Random,
    ) -> None:
        self._analyses, self._cast, self._moment = analyses, cast, moment
        self._number = len(analyses)
        self._history = History(random)
        # By how much the ids of each kind rise from one generation to the next.
        self._strides = {kind: kind.select(fn.max(kind.id)).scalar() or 0 for kind in _CLONED}

    def begin(self, generation: int) -> None:
        """Go on to a generation."""
        self._generation = generation
        self._speakers = self._cast.of(generation)

    def add(self, originals: list[Original]) -> None:
        """Clone things, in their order."""
        rows: dict[type[Subject], list[Row]] = {kind: [] for kind in _CLONED}
        for kind, action, original in originals:
            if kind is Statement:
                self._number += 1
            at = self._moment(self._number - 1)
            row = self._shifted(kind, original)
            row |= self._other(kind, row) | {"version": 1, "created_at": at, "updated_at": at}
            rows[kind].append(row)
            self._history.add(kind, action, row)
        for kind in _CLONED:
            kind.add_all(rows[kind])
        for original, row in zip(
            (each.row for each in originals if each.kind is Statement), rows[Statement], strict=True
        ):
            self._index(row, self._analyses[original["id"]])
        self._history.store()

    def _shifted(self, kind: type[Subject], original: Row) -> Row:
        """A row with the ids of this generation, its own and those that it refers to."""
        row = {name: original[name] for name in stored_fields(kind)}
        for name, field in kind._meta.fields.items():
            if isinstance(field, ForeignKeyField) and row[name] is not None:
                row[name] = self._id(field.rel_model, row[name])
        return row | {"id": self._id(kind, row["id"])}

    def _id(self, kind: type[Subject], number: int) -> int:
        if kind is Speaker:
            return self._speakers[number]
        return int(number + self._generation * self._strides[kind])

    def _other(self, kind: type[Subject], row: Row) -> Row:
        """What of a clone is other than its original, but for ids."""
        if kind is Source:
            return {"url": row["url"] and f"{row['url']}-{self._generation}"}
        if kind is Statement:
            names = [f"{name}-{self._generation}" for name in row["external_ids"]]
            said_on, earliest, latest = _later(row["said_on"], self._generation % _MONTHS)
            return {
                "external_ids": names,
                "external_id": names[0] if names else None,
                "said_on": said_on,
                "said_earliest": earliest,
                "said_latest": latest,
            }
        if kind is Contradiction:
            shift = self._generation * self._strides[Statement]
            evidence = [
                {**each, "statement": each["statement"] + shift} for each in row["evidence"]
            ]
            return {"evidence": evidence}
        return {}

    def _index(self, row: Row, analysis: Analysis | None) -> None:
        """Let a statement be found."""
        for name in row["external_ids"]:
            StatementExternalId.add(external_id=name, statement=row["id"])
        StatementTopic.add_all({"topic": topic, "statement": row["id"]} for topic in row["topics"])
        store_analysis(Statement(**row), analysis)


@cache
def stored_fields(kind: type[Subject]) -> tuple[str, ...]:
    """The fields of a kind that are stored, rather than made by the database."""
    stored = set(shape(subject_name(kind)).columns)
    return tuple(name for name, field in kind._meta.fields.items() if field.column_name in stored)


@lru_cache(maxsize=100_000)
def _later(said_on: str | None, months: int) -> tuple[str | None, str | None, str | None]:
    """A date some months later, and the days that bound it."""
    if said_on is None:
        return None, None, None

    def later(found: re.Match[str]) -> str:
        year, month = divmod(int(found[1]) * 12 + int(found[2]) - 1 + months, 12)
        return f"{year}-{month + 1:02}"

    moved = _MONTH.sub(later, said_on)
    bounds = span(moved)
    return moved, bounds.earliest, bounds.latest
