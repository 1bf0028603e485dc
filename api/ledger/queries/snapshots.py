"""The ledger as it was when a change had been made: its things as they were shown then."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from peewee import fn

from api.language.dates.edtf_dates import span
from api.ledger.history import versions
from api.ledger.models import (
    Appearance,
    Change,
    Contradiction,
    CrossReference,
    Proposition,
    Review,
    Source,
    Speaker,
    Stance,
    Statement,
    Subject,
)
from api.ledger.queries import (
    contradictions,
    propositions,
    references,
    reviews,
    sources,
    speakers,
    stances,
)
from api.ledger.queries.statements import statement_shape
from api.ledger.storage.keyset_pages import Order, Position, Slice, run, take

_Shown = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class PastFilter:
    """Which statements of the past a list holds. Filters are joined by AND, values by OR."""

    speaker: Sequence[int] = ()
    status: Sequence[str] = ("active",)


def statement(statement_id: int, number: int) -> _Shown | None:
    """A statement in any status, or None."""
    return _statements([statement_id], number).get(statement_id)


def statement_page(
    wanted: PastFilter, moment: str, number: int, after: Position | None, limit: int
) -> Slice:
    """A page of statements, the last recorded first; ``show_statements`` shows its rows.

    Args:
        wanted: which.
        moment: when.
        number: the last change that was made by then.
        after: see ``take``.
        limit: statements in the page.
    """
    wanted_retracted = [status == "retracted" for status in wanted.status]
    query = versions.in_force(number).where(Change.is_retracted.in_(wanted_retracted))
    order = Order((Change.subject_id,), descending=True)
    if wanted.speaker:
        query = query.where(*versions.resting_on(Statement, "speaker_id", wanted.speaker))
    else:
        query = query.where(versions.of_kind(Statement))
        if set(wanted.status) == {"retracted"}:
            # They are few among many, and none came back: those of today are looked through.
            query = query.join(Statement, on=Statement.id == Change.subject_id).where(
                Statement.status == "retracted"
            )
            order = Order((Statement.id,), descending=True)
    if after is None:
        query = query.where(order.by[0] <= _last_statement(moment))
    return take(query, order, after, limit)


def show_statements(rows: Iterable[Sequence[Any]], number: int) -> list[_Shown]:
    """The rows of a page as the API showed them, with what was known of them then."""
    found = [thing for row in rows if (thing := versions.thing(row)) is not None]
    ids = [thing["id"] for thing in found]
    said_by = versions.things(Speaker, {thing["speaker_id"] for thing in found}, number)
    said_in = versions.things(Source, {thing["source_id"] for thing in found} - {None}, number)
    appeared = Counter(
        each["statement_id"]
        for each in versions.things(
            Appearance, versions.resting(Appearance, "statement_id", ids), number
        ).values()
    )
    standing = _standing(ids, number)
    shown = []
    for thing in found:
        said = span(thing["said_on"]) if thing["said_on"] else None
        derived = {
            "said_earliest": said and said.earliest,
            "said_latest": said and said.latest,
            "appearances": appeared[thing["id"]],
            "contradiction_count": standing[thing["id"]],
        }
        belonging = {
            Statement: thing | derived,
            Speaker: said_by[thing["speaker_id"]],
            Source: said_in.get(thing["source_id"]),
        }
        shown.append(statement_shape.SHAPE.of(belonging))
    return shown


def speaker(speaker_id: int, number: int) -> _Shown | None:
    """A speaker, or None; one that had been merged into another is shown as it was left."""
    found = _row(Speaker, speakers.SHOWN, speaker_id, number)
    return None if found is None else speakers.speaker_json(found)


def final_speaker(speaker_id: int, number: int) -> int:
    """The speaker into whom this one had been merged in the end; itself if it had not been."""
    found = versions.things(Speaker, [speaker_id], number).get(speaker_id)
    if found is None or found["merged_into_id"] is None:
        return speaker_id
    return final_speaker(found["merged_into_id"], number)


def source(source_id: int, number: int) -> _Shown | None:
    """A source, or None."""
    found = _row(Source, sources.SHOWN, source_id, number)
    return None if found is None else sources.source_json(found)


def reference(reference_id: int, number: int) -> _Shown | None:
    """A curated cross-reference, or None."""
    found = _row(CrossReference, references.SHOWN, reference_id, number)
    return None if found is None else references.reference_json(found)


def contradiction(contradiction_id: int, number: int) -> _Shown | None:
    """A contradiction in any status, with its statements as they were then, or None."""
    found = versions.things(Contradiction, [contradiction_id], number).get(contradiction_id)
    if found is None:
        return None
    said = _statements([found["first_id"], found["second_id"]], number)
    return contradictions.SHAPE.of({Contradiction: found}, said)


def review(review_id: int, number: int) -> _Shown | None:
    """A review with its statement as it was then, or None."""
    found = versions.things(Review, [review_id], number).get(review_id)
    if found is None:
        return None
    return reviews.SHAPE.of({Review: found}, _statements([found["statement_id"]], number))


def proposition(proposition_id: int, number: int) -> _Shown | None:
    """A proposition with how many statements took which stand on it, or None."""
    found = _row(Proposition, propositions.SHOWN, proposition_id, number)
    shown = propositions.propositions_json(
        [] if found is None else [found], lambda ids: _taken(ids, number)
    )
    return next(iter(shown), None)


def stance(statement_id: int, proposition_id: int, number: int) -> _Shown | None:
    """The stance of a statement on a proposition, or None."""
    named = versions.things(Proposition, [proposition_id], number)
    for each in _stances([proposition_id], number):
        if each["statement_id"] == statement_id:
            belonging = {Stance: each, Proposition: named[proposition_id]}
            return stances.stance_json(versions.row(stances.SHOWN, belonging))
    return None


def _statements(ids: Iterable[int], number: int) -> dict[int, _Shown]:
    of_these = versions.in_force(number).where(
        versions.of_kind(Statement), Change.subject_id.in_(list(ids))
    )
    return {each["id"]: each for each in show_statements(run(of_these), number)}


def _row(kind: type[Subject], shown: Sequence[Any], own_id: int, number: int) -> list[Any] | None:
    found = versions.things(kind, [own_id], number).get(own_id)
    return None if found is None else versions.row(shown, {kind: found})


def _last_statement(moment: str) -> int:
    """The statement that was the last to be recorded by a moment; 0 before the first."""
    low, high = 0, Statement.select(fn.MAX(Statement.id)).scalar() or 0
    while low < high:
        # Moments rise with ids: halving needs no index that each write would have to keep up.
        middle = (low + high + 1) // 2
        later = Statement.select(Statement.id, Statement.created_at).where(Statement.id >= middle)
        ((found, made),) = run(later.order_by(Statement.id).limit(1))
        low, high = (found, high) if made <= moment else (low, middle - 1)
    return low


def _standing(ids: Collection[int], number: int) -> Counter[int]:
    """How many contradictions of each statement were flagged or confirmed."""
    pairs = Contradiction.select(Contradiction.id).where(
        Contradiction.first.in_(ids) | Contradiction.second.in_(ids)
    )
    return Counter(
        each[side]
        for each in versions.things(Contradiction, pairs, number).values()
        if each["status"] in contradictions.STANDING
        for side in ("first_id", "second_id")
    )


def _stances(proposition_ids: Collection[int], number: int) -> list[versions.Thing]:
    taken = versions.resting(Stance, "proposition_id", proposition_ids)
    return list(versions.things(Stance, taken, number).values())


def _taken(proposition_ids: Collection[int], number: int) -> Counter[tuple[int, str]]:
    """How many active statements took each stance on each proposition."""
    taken = _stances(proposition_ids, number)
    said = versions.things(Statement, {each["statement_id"] for each in taken}, number)
    return Counter(
        (each["proposition_id"], each["stance"])
        for each in taken
        if not each["stale"] and said[each["statement_id"]]["status"] == "active"
    )
