"""On what grounds two statements contradict: the engine's verdict, opposed stances, or both."""

from typing import Any

from api.contradictions import Verdict
from api.ledger.models import Statement
from api.services.contradictions.opposed_stances import CURATED, Opposition, opposition_json


def outcome(
    statement: Statement,
    other: Statement,
    verdict: Verdict | None,
    opposition: Opposition | None,
) -> dict[str, Any] | None:
    """What a contradiction of two statements shows; None where there is none.

    Stances taken on words that are gone are for a person to look at, unless the engine raises what
    the words are now.
    """
    engines = None if verdict is None else _said(verdict, statement, other)
    if opposition is None or (opposition.stale and engines is not None):
        return engines
    persons = opposition_json(opposition, statement, other)
    persons["status"] = "candidate" if opposition.stale else "flagged"
    if engines is None:
        return persons
    return persons | {
        "nature": engines["nature"],
        "basis": [*engines["basis"], CURATED],
        "explanation": f"{persons['explanation']} {engines['explanation']}",
        "evidence": engines["evidence"],
        "detector": f"{engines['detector']}+{CURATED}",
    }


def _said(verdict: Verdict, statement: Statement, other: Statement) -> dict[str, Any]:
    first, second = sorted((statement.id, other.id))
    ids = {"a": first, "b": second}
    return {
        "nature": verdict.nature,
        "basis": list(verdict.basis),
        "score": verdict.score,
        "explanation": verdict.explanation,
        "evidence": [
            {
                "statement": ids[each.side],
                "start": each.start,
                "end": each.end,
                "text": each.text,
                "role": each.role,
            }
            for each in verdict.evidence
        ],
        "detector": verdict.detector,
        "status": verdict.verdict,
    }
