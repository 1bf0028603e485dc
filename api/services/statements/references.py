"""Cross-references that a person draws between statements."""

from typing import Any

from api.ledger.history import revisions
from api.ledger.models import CrossReference, Statement
from api.ledger.storage.database import writing
from api.services.common.errors import Invalid
from api.services.common.versions import Precondition, find, held_to


def refer(given: dict[str, Any]) -> tuple[int, bool]:
    """Tie two statements together: the reference's id, and whether it is new.

    Raises:
        Invalid: a statement is not there, or is tied to itself.
    """
    with writing():
        ends = []
        for end in ("from_statement", "to_statement"):
            statement = Statement.one(id=given[end])
            if statement is None:
                raise Invalid(f"/{end}", f"There is no statement {given[end]}.")
            ends.append(statement)
        if ends[0].id == ends[1].id:
            raise Invalid("/to_statement", "A statement cannot refer to itself: name another.")
        known = CrossReference.one(from_statement=ends[0], to_statement=ends[1], kind=given["kind"])
        if known is not None:
            return known.id, False
        reference = CrossReference(
            from_statement=ends[0],
            to_statement=ends[1],
            kind=given["kind"],
            note=given.get("note"),
        )
        revisions.create(reference, "created")
        return reference.id, True


def delete(reference_id: int, precondition: Precondition) -> None:
    """Remove a cross-reference.

    Raises:
        Stale, Missing: see ``held_to`` and ``find``.
    """
    with writing():
        revisions.delete(held_to(find(CrossReference, reference_id), precondition))
