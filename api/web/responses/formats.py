"""What goes out: JSON, or another media type that a call serves and its caller prefers."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import orjson
from flask import Response, current_app, request
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from api.linked_data import World
from api.services.reading.queries import Shown
from api.services.reading.same_as import wikidata_of
from api.web.http.media_types import CSV, JSON, LD_JSON
from api.web.http.preconditions import etag, holds_any, is_fresh, not_modified
from api.web.http.problem_types import NOT_ACCEPTABLE
from api.web.http.problems import MEDIA_TYPE, Problem

# Accept headers that are told apart without being read anew: programs send few.
_MOST_HEADERS = 500

# What a media type makes of a thing, by the name of the type: what JSON can hold, or bytes.
Forms = Mapping[str, Callable[[Any], Any]]


def encode(shown: Any) -> bytes:
    """Anything the ledger shows, as JSON; what a form made bytes of goes out as it is."""
    return shown if isinstance(shown, bytes) else orjson.dumps(shown)


def served() -> tuple[str, ...]:
    """The media types of the called operation, in the order of its own preference."""
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "media_types", (JSON,))


def chosen() -> str:
    """The media type of this answer: of those served, the one its caller prefers."""
    return _preferred(served(), request.headers.get("Accept"))


def has_mark() -> bool:
    """Whether CSV is to begin with a byte order mark, by which Excel knows UTF-8.

    Asked for as ``text/csv; charset=utf-8-bom``.
    """
    return chosen() == CSV and any(
        re.fullmatch(r"text/csv\s*;(.*;)?\s*charset=\"?utf-8-bom\"?\s*(;.*)?", asked, re.IGNORECASE)
        for asked, _ in request.accept_mimetypes
    )


def form() -> bytes:
    """The form of this answer, which tells the tags of one address apart."""
    return chosen().encode() + (b"; bom" if has_mark() else b"")


def refuse_unserved_formats() -> None:
    """Refuse a request that accepts nothing that the call serves. Runs before every request."""
    accept = request.headers.get("Accept")
    if request.path.startswith("/v1/") and _quality(chosen(), accept) == 0:
        raise Problem(
            NOT_ACCEPTABLE,
            f"This is not available as {request.headers['Accept']!r}.",
            available=list(served()),
        )


@lru_cache(_MOST_HEADERS)
def _preferred(media_types: tuple[str, ...], accept: str | None) -> str:
    return max(media_types, key=lambda each: _quality(each, accept))


@lru_cache(_MOST_HEADERS)
def _quality(media_type: str, accept: str | None) -> float:
    """How much who sends a header wants a media type, whatever parameters are asked of it."""
    asked_for = parse_accept_header(accept, MIMEAccept)
    qualities = {asked.partition(";")[0].strip(): quality for asked, quality in asked_for}
    if qualities.keys() <= {MEDIA_TYPE}:
        # As generated clients do where that is the only JSON of a call: it is about refusals.
        return 1
    patterns = (media_type, media_type.partition("/")[0] + "/*", "*/*")
    return next((qualities[pattern] for pattern in patterns if pattern in qualities), 0)


def shown(item: Shown, forms: Forms | None = None) -> Response:
    """One thing, with its ETag; 304 where the caller has it.

    Args:
        item: the thing as the ledger shows it.
        forms: for each media type besides JSON, what it makes of the thing.
    """
    body = encode(in_form(item if isinstance(item, dict) else item.json, forms))
    tag = etag(_version(item), body, chosen().encode())
    if is_fresh(tag) or holds_any():
        return not_modified(tag)
    response = Response(body, mimetype=chosen())
    response.set_etag(tag)
    return response


def in_form(item: Any, forms: Forms | None) -> Any:
    """A thing as the media type of this answer has it."""
    if not forms or chosen() not in forms:
        return item
    # What the database made is JSON already: forms are made of what it says.
    return forms[chosen()](orjson.loads(encode(item)))


def linked(write: Callable[[Any, World], Any]) -> Forms:
    """The form of a thing as linked data, in which addresses are whole and speakers well known."""
    return {LD_JSON: lambda shown: write(shown, World(request.url_root, wikidata_of(shown)))}


def computed(answer: Any) -> Response:
    """An answer that is no stored thing and has no version."""
    return Response(encode(answer), mimetype=chosen())


def created(
    item: Shown, location: str, new: bool = True, of: dict[str, Any] | None = None
) -> Response:
    """A thing that was made (201), or was there already (200), with its address.

    ``of`` is the thing, where more than it is answered.
    """
    body = encode(item if isinstance(item, dict) else item.json)
    response = Response(body, 201 if new else 200, mimetype=JSON)
    response.headers["Location"] = location
    response.set_etag(etag(_version(of or item), body, JSON.encode()))
    return response


def _version(item: Shown) -> int:
    return item["version"] if isinstance(item, dict) else item.version


def gone() -> Response:
    """204: it is done and there is nothing to show."""
    return Response(status=204)
