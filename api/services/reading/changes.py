"""Following the ledger: what was changed since a place in its history."""

from collections.abc import Sequence

from api.ledger.history import changes
from api.ledger.history.changes import Place, Stretch
from api.ledger.storage.database import snapshot
from api.services.common.errors import Gone


def follow(since: Place, subjects: Sequence[str], limit: int) -> Stretch:
    """The changes since a place, in the order of their commits.

    Raises:
        Gone: the history does not hold the place any more.
    """
    with snapshot():
        if not changes.is_there(since):
            raise Gone(
                "The ledger was put back to an earlier state, and what came after is not in its "
                "history any more: empty the mirror and begin again, without since."
            )
        return changes.after(since, subjects, limit)
