"""Bodies from elsewhere, of which what is optional and cannot be taken is left out."""

from copy import deepcopy
from typing import Any

from marshmallow import Schema, ValidationError, fields

from api.web.http.problems import Path, invalid, pointer, schema_errors

# What was left out, by its JSON Pointer, and why.
Dropped = dict[str, str]


def without_faults(body: dict[str, Any], schema: Schema) -> tuple[Any, Dropped]:
    """A body held to a schema, without the optional members that it refuses.

    Raises:
        Problem: something that is required is missing or wrong.
    """
    body, dropped = deepcopy(body), Dropped()
    while True:
        try:
            return schema.load(body), dropped
        except ValidationError as error:
            found = {
                _optional(path, body, schema): detail
                for path, detail in schema_errors(error.messages)
            }
            found.pop(None, None)
            if not found:
                raise invalid({"json": error.messages}) from error
            # From the last on, so that those before it in a list keep their places.
            for path in sorted(found, key=_places, reverse=True):
                if path is not None and _take_out(path, body):
                    dropped[pointer(path)] = f"{found[path]} It is left out."


def _optional(path: Path, body: Any, schema: Schema) -> Path | None:
    """The way to the innermost thing around a fault that is there and may be missing."""
    innermost = None
    there: Any = body
    described: fields.Field[Any] = fields.Nested(schema)
    for number, part in enumerate(path, start=1):
        if isinstance(described, fields.List):
            described, is_required = described.inner, False
            is_there = isinstance(there, list) and isinstance(part, int) and part < len(there)
        elif isinstance(described, fields.Nested):
            described = described.schema.fields[part]
            is_required, is_there = described.required, isinstance(there, dict) and part in there
        else:
            break
        if not is_there:
            break
        there = there[part]
        if not is_required:
            innermost = path[:number]
    return innermost


def _take_out(path: Path, body: Any) -> bool:
    """Take a thing out of a body; whether it was there still."""
    *around, last = path
    for part in around:
        body = body[part]
    if isinstance(body, dict) and last not in body:
        return False
    del body[last]
    return True


def _places(path: Path | None) -> list[str]:
    return [f"{part:09}" if isinstance(part, int) else part for part in path or ()]
