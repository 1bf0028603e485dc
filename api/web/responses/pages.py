"""Lists: pages by an opaque cursor, with the address of the next in the body and in ``Link``."""

from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlencode

import orjson
from flask import Response, current_app, request
from itsdangerous import BadData

from api import __version__
from api.deadline import deadline, within
from api.ledger.storage.database import snapshot
from api.services.reading import queries
from api.web.http.cursors import Cursors
from api.web.http.media_types import CSV, NDJSON
from api.web.http.preconditions import etag, holds_any, is_fresh, not_modified
from api.web.http.problems import invalid_parameter
from api.web.responses.csv_columns import columns, write
from api.web.responses.formats import Forms, chosen, computed, encode, form, has_mark, in_form

DEFAULT_LIMIT = 50
_AT_ONCE = 1000
PAGING = ("cursor", "limit")
_WHOLE = (CSV, NDJSON)

Read = Callable[[queries.Position, int], queries.Page]
# Gives things as lines, and whether a header comes before them.
Lines = Callable[[list[Any], bool], bytes]


def listed(
    query: dict[str, Any],
    read: Read,
    forms: Forms | None = None,
    fresh: Callable[[Callable[[], Response]], Response] | None = None,
) -> Response:
    """A page of a list, or all of it.

    Args:
        query: the query parameters as they were read, with ``cursor``, ``limit`` and ``all``.
        read: gives the page that starts after a position.
        forms: for each media type besides JSON, CSV and NDJSON, what it makes of the list's body.
        fresh: answers a page by its ETag; ``at_head`` where it is left out.
    """
    if query.get("all"):
        _refuse_in_parts(query)
        return _whole(read)

    def page() -> Response:
        after, limit = _position(query.get("cursor")), query.get("limit", DEFAULT_LIMIT)
        page = read(after, limit)
        following = _address(page.next) if page.next is not None else None
        if chosen() in _WHOLE:
            response = Response(_lines()(page.items, True), mimetype=chosen())
        else:
            body = {**page.about, "items": page.items, "next": following}
            response = computed(in_form(body, forms))
        if following is not None:
            response.headers["Link"] = f'<{following}>; rel="next"'
        return response

    return (fresh or at_head)(page)


def as_read(read: Callable[[], Response]) -> Response:
    """What is not in the history of the ledger: fresh while it reads the same."""
    response = read()
    tag = etag(0, response.get_data(), form())
    if is_fresh(tag) or holds_any():
        return not_modified(tag)
    response.set_etag(tag)
    return response


def at_head(read: Callable[[], Response]) -> Response:
    """What is read from many things: fresh until anything in the ledger changes.

    The tag is taken before the reading: a change in between makes it too old, never too new.
    """
    tag = _tag()
    if is_fresh(tag):
        return not_modified(tag)
    response = read()
    if holds_any():
        return not_modified(tag)
    response.set_etag(tag)
    return response


def _whole(read: Read) -> Response:
    """All of a list, as it is when it is asked for, however long it takes to send."""
    with ExitStack() as held:
        held.enter_context(snapshot())
        tag = _tag()
        if is_fresh(tag) or holds_any():
            return not_modified(tag)
        # Read before anything is sent: what is wrong with the query is told as a problem.
        first = read(None, _AT_ONCE)
        kept = held.pop_all()
    pages = _pages(read, first, _lines(), kept, deadline().seconds)
    response = Response(pages, mimetype=chosen())
    response.set_etag(tag)
    # A caller that is gone at once leaves the pages unbegun.
    response.call_on_close(kept.close)
    return response


def _pages(
    read: Read, page: queries.Page, lines: Lines, kept: ExitStack, seconds: float
) -> Iterator[bytes]:
    with kept:
        yield lines(page.items, True)
        while page.next is not None:
            # However long all of it takes to send, each page is read in time.
            with within(seconds):
                page = read(page.next, _AT_ONCE)
            yield lines(page.items, False)


def _lines() -> Lines:
    """What writes things as lines of the chosen media type; CSV begins with its columns' names."""
    if chosen() == NDJSON:
        return lambda items, header: b"".join(encode(item) + b"\n" for item in items)
    view: Any = current_app.view_functions[request.endpoint or ""]
    named = columns(view.item)
    mark = BOM_UTF8 if has_mark() else b""
    return lambda items, header: (
        (mark if header else b"") + write(named, orjson.loads(encode(items)), header)
    )


def _refuse_in_parts(query: dict[str, Any]) -> None:
    if chosen() not in _WHOLE:
        raise invalid_parameter(
            "all",
            f"A whole list is sent line by line, which {chosen()} is not: accept "
            f"{' or '.join(_WHOLE)}, or leave all out and follow next.",
        )
    for name in PAGING:
        if name in query:
            raise invalid_parameter(name, "A whole list has no pages: leave out this, or all.")


def _tag() -> str:
    """The tag of a list's answer: answers hold addresses of this host, as the caller names it."""
    number, digest = queries.ledger_head()
    asked = f"{request.scheme}://{request.host}{request.full_path}"
    return etag(number, digest, __version__.encode(), asked.encode(), form())


def _address(position: tuple[Any, ...]) -> str:
    """The address of the page of this list that starts after a position."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "cursor"]
    following = urlencode([*kept, ("cursor", _cursors().write(position))])
    return f"{request.base_url}?{following}"


def _position(cursor: str | None) -> queries.Position:
    if cursor is None:
        return None
    try:
        return _cursors().read(cursor)
    except BadData as error:
        raise invalid_parameter(
            "cursor",
            "This cursor was altered or belongs to another query: follow next as it was given, "
            "or start again without a cursor.",
        ) from error


def _cursors() -> Cursors:
    """The cursors of this query: no other's are taken for one."""
    query = sorted(pair for pair in request.args.items(multi=True) if pair[0] not in PAGING)
    return Cursors(f"{request.path}?{urlencode(query)}")
