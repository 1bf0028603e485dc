"""Ids in paths."""

from typing import Any

from flask import Request, current_app
from werkzeug.exceptions import NotFound
from werkzeug.routing import BaseConverter

from api.identifiers import LARGEST_ID, read_id

_ID_PART = ["", "v1", "statements", "<id>"].index("<id>")


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


def is_of_no_id(request: Request) -> bool:
    """Whether a path that leads nowhere would lead somewhere, were its id one."""
    parts = request.path.split("/")
    if len(parts) <= _ID_PART:
        return False
    parts[_ID_PART] = "1"
    addresses = current_app.url_map.bind(request.host)
    return addresses.test("/".join(parts), request.method)


def described(converter: Any) -> dict[str, Any]:
    """An id's schema in the OpenAPI document."""
    return {"type": "integer", "format": "int64", "minimum": 1, "maximum": LARGEST_ID}
