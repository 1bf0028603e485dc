"""Whether the ledger can be used."""

from typing import Any

from api.ledger.migrations.runner import is_current
from api.ledger.storage.database import LedgerBusy, LedgerUnusable
from api.ledger.storage.faults import failures, fault, unwritable
from api.ledger.storage.replicas import replicas


def is_ready() -> bool:
    """Whether the ledger has this release's schema, and takes writes."""
    return trouble() is None


def trouble() -> str | None:
    """Why the ledger cannot be used, in a sentence; None where it can."""
    try:
        if not is_current():
            return "The ledger is being migrated, or is another release's."
        return unwritable()
    except failures(LedgerBusy, LedgerUnusable) as error:
        return fault(error) or "The ledger cannot be reached."


def replica_states() -> list[dict[str, Any]]:
    """How each replica is; by its place in the setting, not its address."""
    followed = replicas()
    followed.watch()
    return [
        {
            "number": number,
            "state": each.known_state,
            "behind_seconds": None if each.behind is None else round(each.behind, 1),
        }
        for number, each in enumerate(followed.all, start=1)
    ]
