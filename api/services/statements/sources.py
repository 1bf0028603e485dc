"""Sources: found or created, revised, deleted."""

from typing import Any

from api.language.words.folding import fold
from api.ledger.history import revisions
from api.ledger.models import Appearance, Source, Statement
from api.ledger.queries import sources
from api.ledger.storage.database import writing
from api.services.common.errors import Conflict, Invalid
from api.services.common.versions import Precondition, change, find, held_to

_FIELDS = ("title", "url", "publisher", "published_on", "language", "text_hash")
_NAMED = 20


def create(given: dict[str, Any]) -> tuple[int, bool]:
    """Add a source, or find the one that is the same: its id, and whether it is new."""
    with writing():
        source = _same(given)
        if source is not None:
            return source.id, False
        return _add(given).id, True


def find_or_create(given: dict[str, Any], pointer: str) -> Source:
    """The source that a request names, by id or by what it is.

    Raises:
        Invalid: no source has the id.
    """
    if "id" in given:
        source = Source.one(id=given["id"])
        if source is None:
            raise Invalid(f"{pointer}/id", f"There is no source {given['id']}.")
        return source
    return _same(given) or _add(given)


def known(given: dict[str, Any]) -> Source | None:
    """The source that a request names, where it is there already.

    Raises:
        Invalid: no source has the id.
    """
    return find_or_create(given, "/source") if "id" in given else _same(given)


def reread(source: Source, text_hash: str) -> bool:
    """Keep which text a source was last read with; whether it is another than before."""
    if source.text_hash == text_hash:
        return False
    source.text_hash = text_hash
    revisions.revise(source, "text read")
    return True


def revise(source_id: int, changes: dict[str, Any], precondition: Precondition) -> None:
    """Change what is known of a source.

    Raises:
        Invalid: neither a title nor a url would be left.
        Conflict: another source is the same then.
        Stale, Missing: see ``held_to`` and ``find``.
    """
    with writing():
        source = held_to(find(Source, source_id), precondition)
        change(source, changes)
        if not source.dirty_fields:
            return
        if source.title is None and source.url is None:
            raise Invalid("/title", "A source has a title or a url: leave one of them.")
        other = _same({name: getattr(source, name) for name in _FIELDS})
        if other is not None and other.id != source.id:
            raise Conflict(f"Source {other.id} is the same document then.", source=other.id)
        source.publisher_folded = source.publisher and fold(source.publisher)
        revisions.revise(source, "revised")


def delete(source_id: int, precondition: Precondition) -> None:
    """Delete a source in which nothing appeared.

    Raises:
        Conflict: statements appeared in it.
    """
    with writing():
        source = held_to(find(Source, source_id), precondition)
        appeared = Appearance.select(Appearance.statement).where(Appearance.source == source_id)
        resting = Statement.select(Statement.id).where(
            (Statement.source == source_id) | Statement.id.in_(appeared)
        )
        ids = [statement.id for statement in resting.order_by(Statement.id).limit(_NAMED)]
        if ids:
            raise Conflict("Statements appeared in this source.", resting={"statements": ids})
        revisions.delete(source)


def _same(given: dict[str, Any]) -> Source | None:
    return sources.same(
        *(given.get(name) for name in ("url", "title", "publisher", "published_on"))
    )


def _add(given: dict[str, Any]) -> Source:
    publisher = given.get("publisher")
    source = Source(
        publisher_folded=publisher and fold(publisher),
        **{name: given[name] for name in _FIELDS if name in given},
    )
    revisions.create(source, "created")
    return source
