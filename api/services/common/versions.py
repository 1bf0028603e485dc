"""Finding what a request is about, and holding it to the version the caller has seen."""

from collections.abc import Callable
from typing import Any, TypeVar

from api.ledger.history.revisions import subject_name
from api.ledger.models import Versioned
from api.services.common.errors import Missing, Stale

# Whether the caller's precondition holds for a version; None where none was given.
Precondition = Callable[[int], bool] | None

S = TypeVar("S", bound=Versioned)


def missing(kind: str, subject_id: int) -> Missing:
    """The refusal for an id that is not in the ledger."""
    return Missing(f"There is no {kind} {subject_id} in this ledger.")


def find(model: type[S], subject_id: int) -> S:
    """The subject with an id.

    Raises:
        Missing: there is none.
    """
    found = model.one(id=subject_id)
    if found is None:
        raise missing(subject_name(model).replace("_", "-"), subject_id)
    return found


def change(subject: Versioned, values: dict[str, Any]) -> None:
    """Set what differs in a subject, so that only that counts as changed."""
    for name, value in values.items():
        if getattr(subject, name) != value:
            setattr(subject, name, value)


def held_to(subject: S, precondition: Precondition) -> S:
    """The subject, if the caller's precondition holds for its version.

    Raises:
        Stale: it was revised since the caller read it.
    """
    if precondition is not None and not precondition(subject.version):
        raise Stale(
            f"It was revised meanwhile and is now at version {subject.version}: "
            "read it again and send its current ETag in If-Match."
        )
    return subject
