"""Dates of speech: EDTF strings (ISO 8601-2, level 1) and the plain days that bound them."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from time import struct_time

from edtf import EDTFParseException, parse_edtf
from edtf.parser import parser_classes as level

_LEVEL_1 = (
    level.Date,
    level.Interval,
    level.Level1Interval,
    level.Season,
    level.UncertainOrApproximate,
    level.Unspecified,
)
_LONGEST = 32
_OPEN = ".."
_MARKS = frozenset("~?%")
_PLAIN = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?[~?%]?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Span:
    """The days a date may mean: ``YYYY-MM-DD``, None where it is open.

    ``certain`` is false for what is approximate (``~``), uncertain (``?``) or both (``%``).
    """

    earliest: str | None
    latest: str | None
    certain: bool


@lru_cache(maxsize=4096)
def span(edtf: str) -> Span:
    """Bound a date.

    Args:
        edtf: ``2025-12-10``, ``2025-12``, ``2025-12-10~``, ``2025-12-08/2025-12-11``, ``../2025``.

    Raises:
        ValueError: it is no such date; the message says why and what would be right.
    """
    # Most dates are plain; the parser of all others takes some five milliseconds for each.
    plain = _plain(edtf)
    if plain is not None:
        return plain
    if not edtf or len(edtf) > _LONGEST or any(c.isspace() for c in edtf) or not edtf.isascii():
        raise ValueError(_advice(edtf))
    if "T" in edtf:
        raise ValueError("A date of speech has no time of day: give the day, as in 2025-12-10.")
    ends = edtf.split("/")
    if "" in ends:
        raise ValueError("An open end of an interval is written '..', as in ../2025-01-20.")
    if all(end == _OPEN for end in ends):
        raise ValueError("At least one end of an interval must be a date; leave the date out.")
    try:
        parsed = parse_edtf(edtf)
        if type(parsed) not in _LEVEL_1:
            raise ValueError(_advice(edtf))
        earliest, latest = _day(parsed.lower_strict()), _day(parsed.upper_strict())
    except (EDTFParseException, AttributeError, TypeError, OverflowError, ValueError) as error:
        raise ValueError(_advice(edtf)) from error
    if ends[0] == _OPEN:
        earliest = None
    if ends[-1] == _OPEN:
        latest = None
    if earliest and latest and earliest > latest:
        raise ValueError("The interval ends before it starts: give the earlier date first.")
    return Span(earliest, latest, not _MARKS & {*edtf})


def _plain(edtf: str) -> Span | None:
    """The span of a day, a month, a year or an interval of two of them; None for all else."""
    ends = [bounds for end in edtf.split("/", 2) if (bounds := _bounds(end)) is not None]
    if not ends or len(ends) != 1 + edtf.count("/") or len(ends) > 2:
        return None
    earliest, latest = ends[0][0], ends[-1][1]
    return Span(earliest, latest, not _MARKS & {*edtf}) if earliest <= latest else None


def _bounds(end: str) -> tuple[str, str] | None:
    """The first and the last day of a day, a month or a year, whether certain or not."""
    found = _PLAIN.fullmatch(end)
    if found is None:
        return None
    year, month, day = found.groups()
    try:
        first = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    if day:
        return first.isoformat(), first.isoformat()
    last_month = first.month if month else 12
    last = first.replace(month=last_month, day=monthrange(first.year, last_month)[1])
    return first.isoformat(), last.isoformat()


def _day(moment: struct_time | float) -> str | None:
    if not isinstance(moment, struct_time):
        return None
    return date(moment.tm_year, moment.tm_mon, moment.tm_mday).isoformat()


def _advice(edtf: str) -> str:
    return (
        f"{edtf[:_LONGEST]!r} is not an EDTF date (level 1, years 0001 to 9999): write 2025-12-10, "
        "2025-12, 2025-12-10~ or 2025-12-08/2025-12-11."
    )
