"""A person's word on contradictions: confirmed, dismissed, or put in by hand."""

from typing import Any

from api.ledger.history import decisions, revisions
from api.ledger.models import Contradiction, Statement
from api.ledger.queries import contradictions
from api.ledger.storage.clock import now
from api.ledger.storage.database import writing
from api.services.common.errors import Conflict, Invalid
from api.services.common.versions import Precondition, find, held_to
from api.services.contradictions.judge import MANUAL, pair_key, scope

_DECIDED = ("confirmed", "dismissed")


def decide(contradiction_id: int, given: dict[str, Any], precondition: Precondition) -> None:
    """Confirm or dismiss a contradiction, for as long as its texts, speakers and dates stay.

    Raises:
        Conflict: it was decided and the caller has not seen how; it was withdrawn.
        Stale, Missing: see ``held_to`` and ``find``.
    """
    with writing():
        pair = find(Contradiction, contradiction_id)
        if pair.status in _DECIDED and (precondition is None or not precondition(pair.version)):
            raise Conflict(
                f"It was {pair.status} at {pair.reviewed_at}"
                + (f" by {pair.reviewed_by}" if pair.reviewed_by else "")
                + (f" as {pair.reason}" if pair.reason else "")
                + ": to decide otherwise, read it and send its current ETag in If-Match.",
                decision={
                    name: getattr(pair, name)
                    for name in ("status", "reason", "reviewed_by", "reviewed_at", "note")
                },
            )
        held_to(pair, precondition)
        if pair.status == "withdrawn":
            raise Conflict("It was withdrawn: there is nothing to decide any more.")
        decision = {
            "status": given["status"],
            "reason": given.get("reason"),
            "reviewed_by": given.get("reviewed_by"),
            "reviewed_at": now(),
            "note": given.get("note"),
        }
        for name, value in decision.items():
            setattr(pair, name, value)
        revisions.revise(pair, given["status"], given.get("reviewed_by"))
        sides = (pair.first_id, pair.second_id)
        decisions.put(pair_key(pair.first, pair.second), sides, given["status"], **decision)
        contradictions.recount((pair.first_id, pair.second_id))


def put_in(given: dict[str, Any]) -> int:
    """Put a contradiction in by hand: its id.

    Raises:
        Invalid: a statement is not there, or evidence is not in it.
        Conflict: the two are held against each other already, or one was retracted.
    """
    with writing():
        sides = [_side(index, i) for index, i in enumerate(given["statements"])]
        if sides[0].id == sides[1].id:
            raise Invalid("/statements/1", "A statement cannot contradict itself: name another.")
        first, second = sorted(sides, key=lambda statement: statement.id)
        known = Contradiction.one(first=first, second=second)
        if known is not None and known.status != "withdrawn":
            raise Conflict(
                f"Contradiction {known.id} is of the same two statements: it is {known.status}.",
                contradiction=known.id,
            )
        found = {
            "nature": given["nature"],
            "basis": [MANUAL],
            "scope": scope(first, second),
            "status": "flagged",
            "score": 1.0,
            "explanation": given.get("explanation") or "Put in by hand.",
            "evidence": _evidence(given.get("evidence", []), first, second),
            "detector": MANUAL,
            "note": given.get("note"),
        }
        if known is None:
            known = Contradiction(first=first, second=second, **found)
            revisions.create(known, "put in by hand")
        else:
            for name, value in found.items():
                setattr(known, name, value)
            revisions.revise(known, "put in by hand")
        # Whoever puts a pair in by hand reopens what was decided on it before.
        decisions.erase(pair_key(first, second))
        contradictions.recount((first.id, second.id))
        return known.id


def _side(index: int, statement_id: int) -> Statement:
    statement = Statement.one(id=statement_id)
    if statement is None:
        raise Invalid(f"/statements/{index}", f"There is no statement {statement_id}.")
    if statement.status == "retracted":
        raise Conflict(f"Statement {statement_id} was retracted.", statement=statement_id)
    return statement


def _evidence(
    given: list[dict[str, Any]], first: Statement, second: Statement
) -> list[dict[str, Any]]:
    texts = {first.id: first.text, second.id: second.text}
    evidence = []
    for index, each in enumerate(given):
        text = texts.get(each["statement"])
        if text is None:
            raise Invalid(f"/evidence/{index}/statement", "Name one of the two statements.")
        if not each["start"] < each["end"] <= len(text):
            raise Invalid(
                f"/evidence/{index}/end", f"The span must lie in the text's {len(text)} characters."
            )
        evidence.append(
            {
                "statement": each["statement"],
                "start": each["start"],
                "end": each["end"],
                "text": text[each["start"] : each["end"]],
                "role": each.get("role") or "shown",
            }
        )
    return evidence
