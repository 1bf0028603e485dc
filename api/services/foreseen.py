"""Statements that are not recorded yet, held against the ledger and against each other."""

from api.contradictions import Side
from api.identifiers import LARGEST_ID
from api.services.compare import Comparisons
from api.services.meet import Coming, met_by
from api.services.remember import faces


class Foreseen:
    """What they meet if nothing else is recorded until they are: each those before it, too."""

    def __init__(self) -> None:
        self._compared = Comparisons()
        self._sides: dict[int, Side] = {}
        self._coming = Coming()

    def hold(self, own: Side) -> None:
        """Hold the next statement against those that it will meet."""
        met = met_by(own, None, self._coming)
        known = self._compared.sides(faces(i for i in met if i <= LARGEST_ID))
        against = [*known.values(), *(self._sides[i] for i in met if i in self._sides)]
        self._compared.compare([(other, own) for other in against])
        number = LARGEST_ID + 1 + len(self._sides)
        self._sides[number] = own
        self._coming.add(number, own)

    def compared(self) -> Comparisons:
        """What was found, without the sides it was found on."""
        self._compared.forget_sides()
        return self._compared
