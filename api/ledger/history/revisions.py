"""Every version of everything, in the order of commits.

A record is canonical JSON by RFC 8785 and is hashed together with a random salt of its own, so that
a text can later be taken out without its hash giving it away: see ``chain``.
"""

import secrets
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from peewee import SQL, fn

from api.ledger.history import chain
from api.ledger.history.canonical import canonical
from api.ledger.models import Change, Subject, Versioned
from api.ledger.storage.clock import next_after, now
from api.ledger.storage.database import database, transaction

_SALT_BYTES = 16
DELETED = "deleted"
"""The action by which a history is closed, with a version that has no record."""
REDACTED = "redacted"
"""The action by which words were taken out, from every version before it as well."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who changes the ledger in this context, and why; None where it is not known."""

    who: str | None = None
    why: str | None = None


author: ContextVar[Author] = ContextVar("author", default=Author())  # noqa: B039 (it is frozen)


def subject_name(subject: Versioned | type[Versioned]) -> str:
    """The name under which the history keeps a subject: ``statement``, ``cross_reference``."""
    return str(subject._meta.table_name)


def create(subject: Subject, action: str) -> None:
    """Store a new subject with its first version."""
    last = chain.last()
    subject.created_at = subject.updated_at = _moment_after(last)
    subject.id = subject.add(**subject.__data__)
    # As ``save`` does, which would write its SQL anew each time.
    subject._dirty.clear()  # type: ignore[attr-defined]
    _keep(last, subject, action, subject.record(), None)


def revise(subject: Subject, action: str, who: str | None = None) -> None:
    """Store a subject's next version; ``who`` made it, where its author is not known better."""
    last = chain.last()
    subject.version += 1
    subject.updated_at = _moment_after(last)
    subject.save(only=subject.dirty_fields)
    _keep(last, subject, action, subject.record(), who)


def delete(subject: Subject) -> None:
    """Delete a subject; its history stays, closed by a version without a record."""
    last = chain.last()
    subject.delete_instance()
    subject.version += 1
    subject.updated_at = _moment_after(last)
    _keep(last, subject, DELETED, None, None)


def redact(subject: Subject) -> None:
    """Store a subject's version without its words, and take the records of all before it out."""
    revise(subject, REDACTED)
    _take_out(subject_name(subject), subject.id, subject.version)


def redact_deleted(kind: type[Subject], fields: Sequence[str], value: int) -> None:
    """Take out the records of deleted subjects that had a value in one of some fields."""
    name = subject_name(kind)
    deleted = Change.select(Change.subject_id).where(
        # Written out, as their index is of these alone.
        Change.action == SQL(f"'{DELETED}'"),
        Change.subject == name,
    )
    versions: defaultdict[int, list[Change]] = defaultdict(list)
    for change in Change.select().where(Change.subject == name, Change.subject_id.in_(deleted)):
        versions[change.subject_id].append(change)
    for subject_id, changes in sorted(versions.items()):
        records = [change.kept() or {} for change in changes]
        if any(record.get(field) == value for record in records for field in fields):
            last, version = chain.last(), len(changes) + 1
            subject = kind(id=subject_id, version=version, updated_at=_moment_after(last))
            _keep(last, subject, REDACTED, None, None)
            _take_out(name, subject_id, version)


def _take_out(name: str, subject_id: int, before: int) -> None:
    quoting = Change.select().where(
        Change.subject == name,
        Change.subject_id == subject_id,
        Change.version < before,
        # That something was deleted quotes nobody.
        fn.length(Change.packed) > 0,
    )
    for change in list(quoting):
        change.record_hash = chain.hash_of_record(change)
        change.keep(None)
        change.salt = None
        change.save(only=change.dirty_fields)


@contextmanager
def because(why: str) -> Iterator[None]:
    """All changes inside are made for a reason."""
    before = author.get()
    token = author.set(Author(before.who, why))
    try:
        yield
    finally:
        author.reset(token)


def _moment_after(last: chain.Last) -> str:
    """When the present transaction changes the ledger: one moment, which no other one has.

    So each moment has one state of the ledger, and nothing half done. It is now, or right after the
    latest change where the clock was put back: time never runs back.
    """
    current = transaction()
    if current.moment is None:
        current.moment = max(now(), next_after(last.at)) if last.at else now()
    return current.moment


def note(
    name: str,
    subject_id: int,
    action: str,
    record: dict[str, Any] | None,
    who: str | None = None,
) -> None:
    """Keep the next version of something that has no version of its own.

    Args:
        name: what kind of thing it is.
        subject_id: which one.
        action: how the version came about.
        record: what it says; None where the thing was deleted.
        who: who made it, where its author is not known better.
    """
    version = 1 + (_latest_version(name, subject_id) or 0)
    last = chain.last()
    _append(last, (name, subject_id, version), action, _moment_after(last), record, who)


def note_redaction(name: str, subject_id: int) -> None:
    """Keep that something was deleted, and take the records of all its versions out."""
    note(name, subject_id, REDACTED, None)
    _take_out(name, subject_id, _latest_version(name, subject_id) or 0)


def _latest_version(name: str, subject_id: int) -> int | None:
    versions = Change.select(fn.MAX(Change.version))
    found: int | None = versions.where(
        Change.subject == name, Change.subject_id == subject_id
    ).scalar()
    return found


def _keep(
    last: chain.Last,
    subject: Subject,
    action: str,
    record: dict[str, Any] | None,
    who: str | None,
) -> None:
    named = (subject_name(subject), subject.id, subject.version)
    _append(last, named, action, subject.updated_at, record, who)


def _append(
    last: chain.Last,
    named: tuple[str, int, int],
    action: str,
    at: str,
    record: dict[str, Any] | None,
    who: str | None,
) -> None:
    name, subject_id, version = named
    change = Change(
        # Counted here: what a database counts may have gaps where a transaction was undone.
        id=last.number + 1,
        subject=name,
        subject_id=subject_id,
        version=version,
        action=action,
        at=at,
        who=author.get().who or who,
        why=author.get().why,
        salt=secrets.token_bytes(_SALT_BYTES),
    )
    change.keep(canonical(record))
    chain.append(change, last)


def head() -> tuple[int, bytes]:
    """The number of the latest change and its digest; 0 and zeros in a new ledger."""
    last = chain.last()
    return last.number, last.digest


def origin() -> bytes:
    """The digest of the first change; zeros in a new ledger."""
    first = database.execute_sql("SELECT digest FROM change ORDER BY id LIMIT 1").fetchone()
    return bytes(first[0]) if first else chain.START


def last_changed_at() -> str:
    """When the ledger was changed for the last time, or made."""
    latest = (
        database.execute_sql("SELECT at FROM change ORDER BY id DESC LIMIT 1").fetchone()
        or database.execute_sql("SELECT min(applied_at) FROM schema_migration").fetchone()
    )
    return str(latest[0])


def created_since(change: int) -> set[tuple[str, int]]:
    """The subjects whose first version came after a change, as (name, id)."""
    first = Change.select(Change.subject, Change.subject_id).where(
        Change.id > change, Change.version == 1
    )
    return {(change.subject, change.subject_id) for change in first}


def changed_since(change: int, subjects: Iterable[type[Subject]]) -> bool:
    """Whether anything of some kinds changed after a change."""
    names = [subject_name(subject) for subject in subjects]
    later = Change.select().where(Change.id > change, Change.subject.in_(names))
    return bool(later.exists())


def last_written(subject: Subject, actions: Container[str]) -> dict[str, Any]:
    """The values that a subject's fields were last given by some actions."""
    written: dict[str, Any] = {}
    before: dict[str, Any] = {}
    versions = Change.select(Change.action, Change.packed).where(
        Change.subject == subject_name(subject), Change.subject_id == subject.id
    )
    for each in versions.order_by(Change.version):
        record = each.kept() or {}
        if each.action in actions:
            written |= {
                name: value
                for name, value in record.items()
                if name not in before or before[name] != value
            }
        before = record
    return written


def last_actions(subject: type[Subject], ids: Iterable[int]) -> dict[int, dict[str, str]]:
    """For each subject, the action by which each of its fields came to be what it is."""
    versions = (
        Change.select(Change.subject_id, Change.action, Change.packed)
        .where(Change.subject == subject_name(subject), Change.subject_id.in_(list(ids)))
        .order_by(Change.subject_id, Change.version)
    )
    actions: dict[int, dict[str, str]] = {}
    before: dict[int, dict[str, Any]] = {}
    for each in versions:
        record = each.kept() or {}
        was = before.get(each.subject_id, {})
        changed = {
            name: each.action for name in record if name not in was or was[name] != record[name]
        }
        actions.setdefault(each.subject_id, {}).update(changed)
        before[each.subject_id] = record
    return actions


def page(
    subject: type[Subject], subject_id: int, after: int, limit: int
) -> tuple[list[dict[str, Any]], int | None]:
    """A page of a subject's versions, each with what changed against the one before it.

    Args:
        subject: what kind of thing it is.
        subject_id: which one.
        after: the version that the page before ended at; 0 for the first page.
        limit: versions in the page.

    Returns:
        The versions, and the last one's number where more follow.
    """
    query = Change.select().where(
        Change.subject == subject_name(subject),
        Change.subject_id == subject_id,
        Change.version >= after,
    )
    changes = list(query.order_by(Change.version).limit(limit + 2))
    before = changes.pop(0).kept() if after else {}
    shown = []
    for change in changes[:limit]:
        record = change.kept()
        shown.append(
            {
                "version": change.version,
                "change": change.id,
                "at": change.at,
                "who": change.who,
                "why": change.why,
                "action": change.action,
                "changes": _differences(before or {}, record or {}),
            }
        )
        before = record
    return shown, changes[limit - 1].version if len(changes) > limit else None


def _differences(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"field": name, "was": before.get(name), "is": after.get(name)}
        for name in sorted({*before, *after} - {"id"})
        if before.get(name) != after.get(name)
    ]
