"""Ids in paths."""

from typing import Any
from urllib.parse import quote

from flask import Request, current_app
from werkzeug.exceptions import NotFound
from werkzeug.routing import BaseConverter

from api.identifiers import LARGEST_ID, read_id

# /v1/statements/<id>/stances/<proposition>
_ID_PLACES = (3, 5)
_NAMES = {"stances": "proposition", "deliveries": "delivery"}


class IdConverter(BaseConverter):
    """A path's id, in digits."""

    regex = "[0-9]+"

    def to_python(self, value: str) -> int:
        """The id that the path has."""
        number = read_id(value)
        if number is None:
            # Not werkzeug's ValidationError: after one, a rule of another method that was passed
            # over before makes it a 405.
            raise NotFound
        return number


def is_of_no_id(request: Request) -> str | None:
    """Which id of a path that leads nowhere is none, if with right ones it would lead somewhere."""
    parts = request.path.split("/")
    addresses = current_app.url_map.bind(request.host)
    wrong = None
    for place in _ID_PLACES:
        if place < len(parts) and read_id(parts[place]) is None:
            wrong = wrong or _NAMES.get(parts[place - 1], "id")
            parts[place] = "1"
            if addresses.test("/".join(parts), request.method):
                return wrong
    return None


def without_slash(request: Request) -> str | None:
    """The address that a request means whose path has a slash too many at its end, if it leads on.

    It begins with one slash alone, so that it stays on this host.
    """
    path = request.path.rstrip("/")
    if path == request.path or not path.startswith("/") or path.startswith("//"):
        return None
    if not current_app.url_map.bind(request.host).allowed_methods(path):
        return None
    query = request.query_string.decode("latin-1")
    return quote(path) + (f"?{query}" if query else "")


def described(converter: Any) -> dict[str, Any]:
    """An id's schema in the OpenAPI document."""
    return {"type": "integer", "format": "int64", "minimum": 1, "maximum": LARGEST_ID}
