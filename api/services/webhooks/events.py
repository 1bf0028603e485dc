"""What webhooks tell of: the event that each change is, and whom it concerns."""

from collections.abc import Iterable, Sequence
from typing import Any

from api.ledger.models import Change, Speaker, Statement
from api.ledger.queries import speakers
from api.ledger.queries.statements.search import matching

_STATEMENTS = ("statement_id", "first_id", "second_id", "from_statement_id", "to_statement_id")


def event(change: Change) -> str:
    """The name of the event that a change is: ``statement.created``.

    A contradiction's is named after its status: most of them are candidates, which few follow.
    """
    record = change.kept()
    if record is None:
        what = "deleted"
    elif change.subject == "contradiction":
        what = record["status"]
    elif change.subject == "statement" and record["status"] == "retracted":
        what = "retracted"
    else:
        what = "created" if change.version == 1 else "revised"
    return f"{change.subject}.{what}"


def is_redacted(change: Change) -> bool:
    """Whether what a change recorded was taken out: it is told no more, the taking out is."""
    return change.record is None


def concerning(
    changes: Sequence[Change], events: Iterable[str], narrowed: dict[str, Any]
) -> list[tuple[Change, str]]:
    """Those changes that are some events, and pass a filter, each with its event.

    Args:
        changes: in the order of their commits.
        events: the names of those that are told of.
        narrowed: ``speaker`` (ids), ``topic`` and ``q``, each may be open. They hold for the
            statements that the changed thing rests on, as those are now: one of them meets all. A
            filter by speaker alone holds for speakers, one by topic alone for propositions.
    """
    narrowed = {name: value for name, value in narrowed.items() if value}
    wanted = frozenset(events)
    told = (change for change in changes if not is_redacted(change))
    named = [(change, name) for change in told if (name := event(change)) in wanted]
    if not narrowed:
        return named
    records = {change.id: _last_record(change) for change, _ in named}
    rested = {number: _statements(record) for number, record in records.items()}
    for change, _ in named:
        if change.subject == "statement":
            rested[change.id] = {change.subject_id}
    matching = _matching(set().union(*rested.values()), narrowed)
    people, topics = _people(narrowed), set(narrowed.get("topic", ()))
    return [
        (change, name)
        for change, name in named
        if rested[change.id] & matching
        or (
            change.subject == "speaker"
            and set(narrowed) == {"speaker"}
            and people & {change.subject_id, records[change.id].get("merged_into_id")}
        )
        or (
            change.subject == "proposition"
            and set(narrowed) == {"topic"}
            and topics & set(records[change.id]["topics"])
        )
    ]


def _last_record(change: Change) -> dict[str, Any]:
    """A thing as a change recorded it; as it was before, where the change deleted it."""
    record = change.kept()
    if record is None:
        before = Change.one(
            subject=change.subject, subject_id=change.subject_id, version=change.version - 1
        )
        record = before.kept() if before else None
    return record or {}


def _statements(record: dict[str, Any]) -> set[int]:
    return {record[name] for name in _STATEMENTS if name in record}


def _matching(statement_ids: set[int], narrowed: dict[str, Any]) -> set[int]:
    """Those statements that meet a filter."""
    query = Statement.select(Statement.id, Statement.speaker, Statement.topics).where(
        Statement.id.in_(statement_ids)
    )
    if "q" in narrowed:
        query = query.where(Statement.id.in_(matching(narrowed["q"])))
    if "speaker" in narrowed:
        query = query.where(Statement.speaker.in_(_people(narrowed)))
    topics = set(narrowed.get("topic", ()))
    # Not from the index of topics, which a retracted statement has left.
    return {row.id for row in query if not topics or topics & set(row.topics)}


def _people(narrowed: dict[str, Any]) -> set[int]:
    """The speakers of a filter, and those into whom they were merged since."""
    named = set(narrowed.get("speaker", ()))
    finals: list[Speaker | None] = [speakers.final(each) for each in named]
    return named | {speaker.id for speaker in finals if speaker is not None}
