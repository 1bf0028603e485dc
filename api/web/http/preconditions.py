"""ETags and the requests that depend on them.

An ETag is ``"<version>.<rest>"``: ``If-Match`` compares the version, ``If-None-Match`` the whole.
"""

import hashlib
from collections.abc import Callable

from flask import Response, request

_REST_BYTES = 8


def etag(version: int, *parts: bytes) -> str:
    """The tag of a representation, without its quotes."""
    rest = hashlib.blake2b(b"\0".join(parts), digest_size=_REST_BYTES).hexdigest()
    return f"{version}.{rest}"


def is_fresh(tag: str) -> bool:
    """Whether the caller's copy is this very representation."""
    asked = request.if_none_match
    return request.method in ("GET", "HEAD") and tag in asked.as_set(include_weak=True)


def holds_any() -> bool:
    """Whether the caller would keep any copy of what is there (``If-None-Match: *``)."""
    return request.method in ("GET", "HEAD") and request.if_none_match.star_tag


def not_modified(tag: str) -> Response:
    """304 for a caller whose copy is fresh."""
    response = Response(status=304)
    response.set_etag(tag)
    return response


def precondition() -> Callable[[int], bool] | None:
    """The version that the caller's If-Match asks for; None where the header is missing."""
    if "If-Match" not in request.headers:
        return None
    tags = request.if_match
    if tags.star_tag:
        return lambda version: True
    # A proxy that compresses answers weakens their tags (`W/`); the version in them stays exact,
    # and it alone is compared. An empty tag, `""`, is read as None.
    versions = {tag.partition(".")[0] for tag in tags.as_set(include_weak=True) if tag}
    return lambda version: str(version) in versions
