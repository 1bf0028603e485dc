"""What is looked at of a statement before its text is: the little by which most are ruled out."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import orjson

from api.contradictions import Days, Outline, Side, called, days, outline
from api.ledger.queries.statements import postings
from api.services.contradictions.analysis_store import compared


class CandidateSummary(NamedTuple):
    """The keys that lead to a statement, its outline, when it was said, and by whom."""

    keys: frozenset[int]
    outline: Outline
    said: Days | None
    called: frozenset[str]

    @classmethod
    def of(cls, side: Side) -> "CandidateSummary":
        """What is looked at of a statement that was read."""
        return cls(
            frozenset(postings.numbers(side.analysis.keys)),
            outline(side.analysis),
            days(side.said_earliest, side.said_latest, side.said),
            frozenset(side.called),
        )


def candidate_summaries(ids: Iterable[int]) -> dict[int, CandidateSummary]:
    """What is looked at of active statements; those in other languages are missing."""
    return {
        row[0]: CandidateSummary(
            frozenset(postings.unpack(bytes(row[8]))),
            Outline.from_bytes(bytes(row[9])),
            days(row[5], row[6], bool(row[7])),
            _called(row[2], row[4]),
        )
        for row in compared(ids, ", keys, outline")
    }


@lru_cache(maxsize=10_000)
def _called(speaker: str, aliases: str) -> frozenset[str]:
    return frozenset(called(speaker, orjson.loads(aliases)))
