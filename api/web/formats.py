"""What goes out: JSON, for those who accept it."""

from typing import Any

import orjson
from flask import Response, request

from api.web.bodies import JSON
from api.web.preconditions import etag, holds_any, is_fresh, not_modified
from api.web.problems import NOT_ACCEPTABLE, Problem


def encode(shown: Any) -> bytes:
    """Anything the ledger shows, as JSON."""
    return orjson.dumps(shown)


def refuse_unserved_formats() -> None:
    """Refuse a request that accepts nothing that the API serves. Runs before every request."""
    if request.path.startswith("/v1/") and request.accept_mimetypes and not _accepted(JSON):
        raise Problem(
            NOT_ACCEPTABLE,
            f"Nothing here is served as {request.headers['Accept']!r}.",
            available=[JSON],
        )


def _accepted(media_type: str) -> bool:
    """Whether the caller takes a media type, whatever parameters are asked of it."""
    qualities = {
        asked.partition(";")[0].strip(): quality for asked, quality in request.accept_mimetypes
    }
    for pattern in (media_type, media_type.partition("/")[0] + "/*", "*/*"):
        if pattern in qualities:
            return qualities[pattern] > 0
    return False


def shown(item: dict[str, Any]) -> Response:
    """One thing, with its ETag; 304 where the caller has it."""
    body = encode(item)
    tag = etag(item["version"], body, JSON.encode())
    if is_fresh(tag) or holds_any():
        return not_modified(tag)
    response = Response(body, mimetype=JSON)
    response.set_etag(tag)
    return response


def computed(answer: Any) -> Response:
    """An answer that is no stored thing and has no version."""
    return Response(encode(answer), mimetype=JSON)


def created(
    item: dict[str, Any], location: str, new: bool = True, of: dict[str, Any] | None = None
) -> Response:
    """A thing that was made (201), or was there already (200), with its address.

    ``of`` is the thing, where more than it is answered.
    """
    body = encode(item)
    response = Response(body, 201 if new else 200, mimetype=JSON)
    response.headers["Location"] = location
    response.set_etag(etag((of or item)["version"], body, JSON.encode()))
    return response


def gone() -> Response:
    """204: it is done and there is nothing to show."""
    return Response(status=204)
