"""What the ledger's own reviews say of the engine."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from api.ledger.history.revisions import subject_name
from api.ledger.models import Change, Contradiction
from api.services.contradictions.judge import MANUAL
from api.services.contradictions.opposed_stances import CURATED

_VERDICTS = ("flagged", "candidate")


@dataclass(slots=True)
class Precision:
    """How many of a group were confirmed and dismissed, and why the dismissed were."""

    confirmed: int = 0
    dismissed: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def precision(self) -> float:
        """The share of the decided that was confirmed."""
        return self.confirmed / (self.confirmed + self.dismissed)


def precision() -> dict[str, dict[str, Precision]]:
    """The precision of what was reviewed, by several groupings.

    Returns:
        ``verdict`` (what the engine had said), ``basis``, ``nature``, ``scope`` and ``detector``,
        each with its groups by name. What only people put in is left out.
    """
    groups: dict[str, dict[str, Precision]] = {
        name: {} for name in ("verdict", "basis", "nature", "scope", "detector")
    }
    decided = Contradiction.select().where(
        Contradiction.status.in_(("confirmed", "dismissed")),
        Contradiction.detector.not_in((MANUAL, CURATED)),
    )
    for pair in decided.order_by(Contradiction.id).iterator():
        _count(groups["verdict"], [_raised_as(pair.id)], pair)
        _count(groups["basis"], pair.basis, pair)
        for name in ("nature", "scope", "detector"):
            _count(groups[name], [getattr(pair, name)], pair)
    return groups


def _count(groups: dict[str, Precision], names: Iterable[str], pair: Contradiction) -> None:
    for name in names:
        group = groups.setdefault(name, Precision())
        if pair.status == "confirmed":
            group.confirmed += 1
        else:
            group.dismissed += 1
            group.reasons[pair.reason or "other"] += 1


def _raised_as(contradiction_id: int) -> str:
    """What the engine last said of a pair before a person decided it."""
    changes = (
        Change.select(Change.packed)
        .where(
            Change.subject == subject_name(Contradiction),
            Change.subject_id == contradiction_id,
        )
        .order_by(Change.version.desc())
    )
    said = ((change.kept() or {}).get("status") for change in changes)
    return next((status for status in said if status in _VERDICTS), "decided before")
