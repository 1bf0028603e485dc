"""Stances: what stand a statement takes on a proposition, as a person read it."""

from typing import Any

from api.ledger.history import revisions
from api.ledger.models import Proposition, Stance, Statement
from api.ledger.storage.database import writing
from api.services.common.errors import Conflict, Missing, Stale
from api.services.common.versions import Precondition, change, find, held_to
from api.services.contradictions.judge import judge_stances


def put(
    statement_id: int, proposition_id: int, given: dict[str, Any], precondition: Precondition
) -> bool:
    """Let a statement take a stand on a proposition, in place of any it took; whether it is new.

    Raises:
        Conflict: the statement was retracted.
        Stale, Missing: see ``held_to`` and ``find``; a stance that is not there has no version.
    """
    with writing():
        statement, proposition = find(Statement, statement_id), find(Proposition, proposition_id)
        if statement.status == "retracted":
            raise Conflict(f"Statement {statement_id} was retracted.", statement=statement_id)
        stance = _known(statement_id, proposition_id)
        if stance is None and precondition is not None:
            raise Stale("It takes no stand on that proposition: leave If-Match out to set one.")
        is_new = stance is None
        stance = held_to(
            stance or Stance(statement=statement, proposition=proposition), precondition
        )
        change(
            stance,
            {
                "stance": given["stance"],
                "condition": given.get("condition"),
                "note": given.get("note"),
                "text_key": statement.text_key,
                "stale": False,
            },
        )
        if is_new:
            revisions.create(stance, "created")
        elif stance.dirty_fields:
            revisions.revise(stance, "revised")
        judge_stances(statement)
        return is_new


def delete(statement_id: int, proposition_id: int, precondition: Precondition) -> None:
    """Take back a stance; what it raised alone is withdrawn.

    Raises:
        Stale, Missing: see ``held_to`` and ``find``; or there is no such stance.
    """
    with writing():
        statement = find(Statement, statement_id)
        find(Proposition, proposition_id)
        stance = _known(statement_id, proposition_id)
        if stance is None:
            raise no_stance(statement_id, proposition_id)
        revisions.delete(held_to(stance, precondition))
        judge_stances(statement)


def outdate(statement: Statement) -> None:
    """Mark the stances that were taken on other words than a statement now has, and those only."""
    for stance in Stance.select().where(Stance.statement == statement).order_by(Stance.id):
        is_stale = bytes(stance.text_key) != bytes(statement.text_key)
        if stance.stale != is_stale:
            stance.stale = is_stale
            revisions.revise(stance, "statement reworded" if is_stale else "words restored")


def no_stance(statement_id: int, proposition_id: int) -> Missing:
    """The refusal where a statement takes no stand on a proposition."""
    return Missing(f"Statement {statement_id} takes no stand on proposition {proposition_id}.")


def _known(statement_id: int, proposition_id: int) -> Stance | None:
    return Stance.one(statement=statement_id, proposition=proposition_id)
