"""Statements that are not recorded yet, held against the ledger and against each other."""

from math import inf

from api.contradictions import Side
from api.deadline import check_deadline
from api.identifiers import LARGEST_ID
from api.services.common.errors import TooLarge
from api.services.contradictions.analysis_store import fingerprints
from api.services.contradictions.candidates import NewStatement, candidates_of
from api.services.contradictions.comparisons import Comparisons


class Precomparison:
    """What they meet if nothing else is recorded until they are: each those before it, too.

    Args:
        most: pairs that may be compared.
    """

    def __init__(self, most: float = inf) -> None:
        self._most = most
        self._pairs = 0
        self._sides: dict[int, Side] = {}
        self._met: dict[int, list[int]] = {}
        self._coming = NewStatement()

    def hold(self, own: Side) -> None:
        """Find those that the next statement will meet.

        Raises:
            TooLarge: more pairs are to be compared than may be.
        """
        check_deadline("looking up what is alike")
        met = candidates_of(own, None, self._coming)
        self._pairs += len(met)
        if self._pairs > self._most:
            raise TooLarge(
                f"Its statements are so much alike, among themselves or to others, that more than "
                f"{self._most} pairs of them are to be compared, which is as many as may be: send "
                "its parts one by one."
            )
        number = LARGEST_ID + 1 + len(self._sides)
        self._sides[number] = own
        self._met[number] = met
        self._coming.add(number, own)

    def compared(self) -> Comparisons:
        """What is found between them, without the sides it is found on."""
        compared = Comparisons()
        for number, met in self._met.items():
            own = self._sides[number]
            known = compared.sides(fingerprints(i for i in met if i <= LARGEST_ID))
            against = [*known.values(), *(self._sides[i] for i in met if i in self._sides)]
            compared.met |= known.keys()
            compared.compare([(other, own) for other in against])
        compared.forget_sides()
        return compared
