"""Ids in paths."""

from typing import Any

from werkzeug.routing import BaseConverter

from api.web.problems import NOT_FOUND, Problem

LARGEST = 2**63 - 1


class IdConverter(BaseConverter):
    """A path's id: an integer from 1 to 2^63-1; anything else names nothing and says so."""

    # Everything but a slash, so that a wrong id gets a problem of its own and not a bare 404.
    regex = "[^/]+"

    def to_python(self, value: str) -> int:
        """The id, or a problem that says what an id is."""
        if value.isascii() and value.isdigit() and 1 <= int(value[:20]) <= LARGEST:
            return int(value)
        detail = f"An id is an integer from 1 to {LARGEST}."
        raise Problem(NOT_FOUND, detail, errors=[{"parameter": "id", "detail": detail}])


def described(converter: Any) -> dict[str, Any]:
    """An id's schema in the OpenAPI document."""
    return {"type": "integer", "format": "int64", "minimum": 1, "maximum": LARGEST}
