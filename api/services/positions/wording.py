"""A change of a speaker's position in a sentence or two that a reporter accepts."""

from api.services.positions.position_changes import PositionChange, Stand, When, order_of

_SAID = {"affirms": "affirmed it", "denies": "denied it"}
_NOT_KNOWN = "Which came first is not known."


def change_sentence(speaker: str, change: PositionChange) -> str:
    """What changed, and how sure the order is."""
    if change.kind == "refinement" and change.reason is None:
        return "The same stand in other words."
    if change.reason is not None:
        return f"A reviewer dismissed the contradiction as {change.reason}."
    link = "and" if change.order == "uncertain" else "and then"
    earlier, later = _said(change.earlier), _said(change.later)
    return f"{speaker} {earlier} {link} {later}. {_doubt(change)}".rstrip()


def order_sentence(earlier: When, later: When) -> str:
    """When two statements were made, and how sure their order is."""
    if order_of(earlier, later) == "uncertain":
        return f"Said ({_date(earlier)}) and ({_date(later)}). {_NOT_KNOWN}"
    return f"Said first ({_date(earlier)}), then ({_date(later)})."


def _said(stand: Stand) -> str:
    if stand.stance == "conditional":
        condition = f": “{stand.condition}”" if stand.condition else ""
        return f"set a condition for it ({_date(stand.when)}{condition})"
    return f"{_SAID[stand.stance]} ({_date(stand.when)})"


def _doubt(change: PositionChange) -> str:
    if change.order == "uncertain":
        return _NOT_KNOWN
    if change.order == "likely":
        return "A date is approximate or uncertain, so the order is likely only."
    return ""


def _date(when: When) -> str:
    return when.said_on or "undated"
