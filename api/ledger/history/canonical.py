"""Canonical JSON (RFC 8785), which the history is hashed in."""

from typing import Any

import orjson
import rfc8785


def canonical(value: Any) -> bytes:
    """A JSON value, whose names are ASCII, in the one way in which it can be written.

    What has no fraction in it is the same as orjson writes it with its names sorted, at a fraction
    of the time.
    """
    if _has_fraction(value):
        return rfc8785.dumps(value)
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def _has_fraction(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_has_fraction(each) for each in value.values())
    if isinstance(value, list):
        return any(_has_fraction(each) for each in value)
    return isinstance(value, float)
