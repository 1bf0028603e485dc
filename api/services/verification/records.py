"""Records of the history, read from what somebody may have written there."""

from typing import Any

from api.ledger.models import Change, Subject
from api.services.verification.derived import derived

_LISTS = ("topics", "external_ids", "aliases")


def record_of(change: Change) -> dict[str, Any] | None:
    """What a version says; None where it says that there is nothing, or cannot be read."""
    try:
        record = change.kept()
    except ValueError:
        return None
    return record if isinstance(record, dict) else None


def whole(kind: type[Subject], change: Change) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """What a version of a kind says, and what is made of it; None where it does not say it all."""
    record = record_of(change)
    if record is None or not {"id", *kind.recorded} <= record.keys():
        return None
    if not all(isinstance(record[name], list) for name in _LISTS if name in record):
        return None
    try:
        return record, derived(kind, record)
    except (ValueError, TypeError, AttributeError):
        return None
