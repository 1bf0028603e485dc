"""Feeds: read from a place on, which the caller keeps as an opaque ``since``."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from flask import Response, request
from itsdangerous import BadData

from api.ledger.history.changes import START, Place, Stretch
from api.web.http.cursors import Cursors
from api.web.http.problems import invalid_parameter
from api.web.responses.formats import computed
from api.web.responses.pages import DEFAULT_LIMIT, at_head


def fed(query: dict[str, Any], read: Callable[[Place, int], Stretch]) -> Response:
    """A page of a feed, with the place it leads to.

    Args:
        query: the query parameters as they were read, with ``since`` and ``limit``.
        read: gives what follows a place.
    """

    def page() -> Response:
        stretch = read(_place(query.get("since")), query.get("limit", DEFAULT_LIMIT))
        since = Cursors(request.path).write((stretch.end.change, stretch.end.digest))
        following = _address(since) if stretch.more else None
        response = computed({"items": stretch.items, "next": following, "since": since})
        if following is not None:
            response.headers["Link"] = f'<{following}>; rel="next"'
        return response

    return at_head(page)


def _address(since: str) -> str:
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "since"]
    return f"{request.base_url}?{urlencode([*kept, ('since', since)])}"


def _place(since: str | None) -> Place:
    if since is None:
        return START
    try:
        return Place(*Cursors(request.path).read(since))
    except BadData as error:
        raise invalid_parameter(
            "since",
            "This is no position in this ledger's history: give since as this ledger gave it, or "
            "begin without it.",
        ) from error
