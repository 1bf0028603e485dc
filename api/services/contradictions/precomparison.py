"""Statements that are not recorded yet, held against the ledger and against each other."""

from math import inf

from api.contradictions import Side
from api.deadline import check_deadline
from api.identifiers import LARGEST_ID
from api.services.common.errors import TooLarge
from api.services.contradictions.analysis_store import fingerprints
from api.services.contradictions.candidates import UnrecordedStatements, candidates_of
from api.services.contradictions.comparisons import Comparisons


class Precomparison:
    """What they are compared with if nothing else is recorded before them: each other, too.

    Args:
        most: pairs that may be compared.
    """

    def __init__(self, most: float = inf) -> None:
        self._most = most
        self._pairs = 0
        self._sides: dict[int, Side] = {}
        self._candidates: dict[int, list[int]] = {}
        self._unrecorded = UnrecordedStatements()

    def add(self, own: Side) -> None:
        """Look up the candidates of the next statement.

        Raises:
            TooLarge: more pairs are to be compared than may be.
        """
        check_deadline("looking up what is alike")
        found = candidates_of(own, None, self._unrecorded)
        self._pairs += len(found)
        if self._pairs > self._most:
            raise TooLarge(
                f"Its statements are so much alike, among themselves or to others, that more than "
                f"{self._most} pairs of them are to be compared, which is as many as may be: send "
                "its parts one by one."
            )
        number = LARGEST_ID + 1 + len(self._sides)
        self._sides[number] = own
        self._candidates[number] = found
        self._unrecorded.add(number, own)

    def compared(self) -> Comparisons:
        """What is found between them, without the sides it is found on."""
        compared = Comparisons()
        for number, found in self._candidates.items():
            own = self._sides[number]
            known = compared.sides(fingerprints(i for i in found if i <= LARGEST_ID))
            against = [*known.values(), *(self._sides[i] for i in found if i in self._sides)]
            compared.candidates |= known.keys()
            compared.compare([(other, own) for other in against])
        compared.forget_sides()
        return compared
