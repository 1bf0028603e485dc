"""Propositions: found or created, revised, deleted."""

from typing import Any

from api.language.words.folding import fold
from api.language.words.identification import identify
from api.ledger.history import revisions
from api.ledger.models import Proposition, Stance
from api.ledger.queries import propositions
from api.ledger.storage.database import writing
from api.services.common.errors import Conflict
from api.services.common.statement_parts import slugs
from api.services.common.versions import Precondition, change, find, held_to

_NAMED = 20


def create(given: dict[str, Any]) -> tuple[int, bool]:
    """Add a proposition, or find the one of the same words: its id, and whether it is new."""
    with writing():
        known = propositions.same(given["text"])
        if known is not None:
            return known.id, False
        proposition = Proposition(
            text=given["text"],
            folded=fold(given["text"]),
            topics=slugs(given.get("topics", [])),
            note=given.get("note"),
            language=given.get("language") or identify(given["text"]),
        )
        revisions.create(proposition, "created")
        return proposition.id, True


def revise(proposition_id: int, changes: dict[str, Any], precondition: Precondition) -> None:
    """Change a proposition; its words only while nobody took a stand on them.

    Raises:
        Conflict: stances rest on the words, or another proposition has the new ones.
        Stale, Missing: see ``held_to`` and ``find``.
    """
    with writing():
        proposition = held_to(find(Proposition, proposition_id), precondition)
        if "topics" in changes:
            changes = {**changes, "topics": slugs(changes["topics"])}
        change(proposition, changes)
        if not proposition.dirty_fields:
            return
        if fold(proposition.text) != proposition.folded:
            _refuse_to_reword(proposition)
            proposition.folded = fold(proposition.text)
        revisions.revise(proposition, "revised")


def delete(proposition_id: int, precondition: Precondition) -> None:
    """Delete a proposition on which nobody takes a stand.

    Raises:
        Conflict: stances rest on it.
        Stale, Missing: see ``held_to`` and ``find``.
    """
    with writing():
        proposition = held_to(find(Proposition, proposition_id), precondition)
        resting = _resting(proposition_id)
        if resting:
            raise Conflict(
                "Statements take a stand on this proposition: remove their stances first.",
                resting={"statements": resting},
            )
        revisions.delete(proposition)


def _refuse_to_reword(proposition: Proposition) -> None:
    other = propositions.same(proposition.text)
    if other is not None:
        raise Conflict(f"Proposition {other.id} has these words.", proposition=other.id)
    resting = _resting(proposition.id)
    if resting:
        raise Conflict(
            "Statements take a stand on these words: make another proposition of the new ones.",
            resting={"statements": resting},
        )


def _resting(proposition_id: int) -> list[int]:
    """The statements whose stances rest on a proposition, so many as a refusal names."""
    rows = Stance.select(Stance.statement).where(Stance.proposition == proposition_id)
    return [stance.statement_id for stance in rows.order_by(Stance.statement).limit(_NAMED)]
