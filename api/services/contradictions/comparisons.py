"""Statements held against each other, each pair once."""

from collections.abc import Iterable

from api.contradictions import Side, Verdict, compare_all, second_opinion
from api.services.contradictions.analysis_store import (
    Fingerprint,
    fingerprint,
    fingerprints,
    limits,
    sides,
)

# Sides that are kept at once: some ten kilobytes each.
_MOST_SIDES = 4_000


class Comparisons:
    """What was compared so far.

    A verdict is kept by all that it depends on: what both sides say, who says it and when. So it
    holds whatever happens in the ledger; a pair that was not compared before is when it is asked
    for.
    """

    def __init__(self) -> None:
        # The statements of the ledger that were looked up as candidates, by their ids.
        self.candidates: set[int] = set()
        self._verdicts: dict[tuple[Fingerprint, Fingerprint], Verdict | None] = {}
        self._sides: dict[Fingerprint, Side] = {}

    def raised(self, own_id: int, other_ids: Iterable[int]) -> dict[int, Verdict]:
        """The contradictions of a statement with others, by their ids.

        Of each pair the one recorded first is "a". What was retracted, or is in another language,
        contradicts nothing.
        """
        seen = fingerprints({own_id, *other_ids})
        own = seen.pop(own_id, None)
        if own is None:
            return {}
        pairs = {i: (own, other) if own_id < i else (other, own) for i, other in seen.items()}
        missing = [i for i, pair in pairs.items() if pair not in self._verdicts]
        if missing:
            read = self.sides({own_id: own} | {i: seen[i] for i in missing})
            held = {i: (read[own_id], read[i]) for i in missing}
            self.compare([held[i] if own_id < i else held[i][::-1] for i in missing])
        verdicts = {i: self._verdicts[pair] for i, pair in pairs.items()}
        return {i: verdict for i, verdict in verdicts.items() if verdict is not None}

    def side(self, own_id: int) -> Side | None:
        """A statement as the engine sees it; None where it is not compared."""
        return self.sides(fingerprints([own_id])).get(own_id)

    def sides(self, seen: dict[int, Fingerprint]) -> dict[int, Side]:
        """Statements as the engine sees them; those that went meanwhile are missing."""
        known = {i: self._sides[each] for i, each in seen.items() if each in self._sides}
        read = sides(seen.keys() - known)
        if len(self._sides) + len(read) > _MOST_SIDES:
            self._sides.clear()
        self._sides.update((fingerprint(side), side) for side in read.values())
        return known | read

    def compare(self, pairs: list[tuple[Side, Side]]) -> None:
        """Hold pairs of sides against each other."""
        verdicts = compare_all(pairs, opinion=second_opinion(limits.nli_model), briefly=True)
        for (a, b), verdict in zip(pairs, verdicts, strict=True):
            self._verdicts[fingerprint(a), fingerprint(b)] = (
                None if verdict.verdict == "none" else verdict
            )

    def forget_sides(self) -> None:
        """Keep the verdicts alone, which are small."""
        self._sides.clear()
