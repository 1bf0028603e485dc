"""Filters for what a statement lacks: ``topic=none``, ``said=none`` and their like."""

from typing import Any

from api.services.common.errors import InvalidParameter

NONE = "none"
# What a statement may lack; one that is attributed to nobody by name has an unnamed speaker.
_MAY_LACK = ("speaker", "source", "publisher", "topic", "said")


def told_apart(query: dict[str, Any]) -> tuple[dict[str, Any], frozenset[str]]:
    """The filters of a query that ask for something, and the names of those that ask for nothing.

    Raises:
        InvalidParameter: one asks for both.
    """
    lacking = frozenset(
        name for name in _MAY_LACK if name in query and NONE in (query[name], *query[name])
    )
    for name in lacking:
        if query[name] not in (NONE, [NONE]):
            raise InvalidParameter(
                name, "none goes with no other value: leave out one or the other."
            )
    return {name: value for name, value in query.items() if name not in lacking}, lacking
