"""Lists: pages by an opaque cursor, with the address of the next in the body and in ``Link``."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from flask import Response, current_app, request
from itsdangerous import BadData, URLSafeSerializer

from api import __version__
from api.services import find
from api.web.formats import Forms, chosen, computed, in_form
from api.web.preconditions import etag, holds_any, is_fresh, not_modified
from api.web.problems import invalid_parameter

DEFAULT_LIMIT = 50
_PAGING = ("cursor", "limit")


def listed(
    query: dict[str, Any],
    read: Callable[[find.Position, int], find.Page],
    forms: Forms | None = None,
) -> Response:
    """A page of a list.

    Args:
        query: the query parameters as they were read, with ``cursor`` and ``limit``.
        read: gives the page that starts after a position.
        forms: for each media type besides JSON, what it makes of the list's body.
    """

    def page() -> Response:
        page = read(_position(query.get("cursor")), query.get("limit", DEFAULT_LIMIT))
        following = _address(page.next) if page.next is not None else None
        response = computed(in_form({**page.about, "items": page.items, "next": following}, forms))
        if following is not None:
            response.headers["Link"] = f'<{following}>; rel="next"'
        return response

    return at_head(page)


def at_head(read: Callable[[], Response]) -> Response:
    """What is read from many things: fresh until anything in the ledger changes.

    The tag is taken before the reading: a change in between makes it too old, never too new.
    """
    number, digest = find.ledger_head()
    tag = etag(number, digest, __version__.encode(), request.full_path.encode(), chosen().encode())
    if is_fresh(tag):
        return not_modified(tag)
    response = read()
    if holds_any():
        return not_modified(tag)
    response.set_etag(tag)
    return response


def _address(position: tuple[Any, ...]) -> str:
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "cursor"]
    cursor = _serializer().dumps(list(position))
    return f"{request.base_url}?{urlencode([*kept, ('cursor', cursor)])}"


def _position(cursor: str | None) -> find.Position:
    if cursor is None:
        return None
    try:
        return tuple(_serializer().loads(cursor))
    except BadData as error:
        raise invalid_parameter(
            "cursor",
            "This cursor was altered or belongs to another query: follow next as it was given, "
            "or start again without a cursor.",
        ) from error


def _serializer() -> URLSafeSerializer:
    """Signs cursors for this ledger and this query, so that no other's is taken for one."""
    query = sorted(pair for pair in request.args.items(multi=True) if pair[0] not in _PAGING)
    seed = current_app.extensions["cursor_seed"]()
    return URLSafeSerializer(seed, salt=f"{request.path}?{urlencode(query)}")
