"""Dates as documents of the world write them, to what the API's own calls take: EDTF."""

import re
from datetime import date, datetime

from dateutil import parser

from api.language.dates.edtf_dates import span
from api.linked_data.nodes import Value

# Written with all digits of its year; without them a day may be taken for a year.
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_NUMBERS = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)(.*)", re.DOTALL)
_LONGEST = 64
_FILLED = (datetime(2001, 1, 1), datetime(2004, 12, 30))
_MONTH_FIRST = frozenset({"en-us", "en-ph", "es-us"})
# Of languages that write dates in numbers, those whose readers take the first one for the day.
_DAY_FIRST = frozenset(
    {"ar", "bg", "ca", "cs", "da", "de", "el", "en-au", "en-gb", "en-ie", "en-in", "en-nz", "es"}
    | {"fi", "fr", "gl", "he", "hr", "id", "it", "ms", "nb", "nl", "nn", "no", "pl", "pt", "ro"}
    | {"ru", "sk", "sl", "sr", "th", "tr", "uk", "vi"}
)


def day(found: Value | None, language: str | None = None) -> Value | None:
    """A date without its time of day, as EDTF; it notes how it was read, where that is not plain.

    Args:
        found: what a document has for a date.
        language: the tag of the document, which tells what 03/04/2018 means.

    Returns:
        The date; of what cannot be read a note alone.
    """
    if found is None:
        return None
    text = str(found.value)
    try:
        return Value(datetime.fromisoformat(text).date().isoformat(), found.pointer)
    except ValueError:
        pass
    try:
        span(text)
        return found
    except ValueError:
        edtf, note = _read(text, (language or "").lower())
        return Value(edtf, found.pointer, note)


def _read(text: str, language: str) -> tuple[str | None, str]:
    shown = repr(text[:_LONGEST])
    if len(text) > _LONGEST or not _YEAR.search(text):
        return None, f"{shown} cannot be read as a date: left out."
    numbers = _NUMBERS.match(text)
    if numbers and int(numbers[1]) <= 12 and int(numbers[3]) <= 12 and numbers[1] != numbers[3]:
        return _ordered(numbers, language)
    edtf = _parsed(text)
    if edtf is None:
        return None, f"{shown} cannot be read as a date: left out."
    return edtf, f"{shown} is read as {edtf}."


def _ordered(numbers: re.Match[str], language: str) -> tuple[str | None, str]:
    """A date whose first two numbers may each be the day; both where nothing tells which it is."""
    first, second, year = int(numbers[1]), int(numbers[3]), int(numbers[4])
    shown = repr(numbers[0][:_LONGEST])
    try:
        day_first = date(year, second, first).isoformat()
        month_first = date(year, first, second).isoformat()
    except ValueError:
        return None, f"{shown} cannot be read as a date: left out."
    if numbers[2] == "." or {language, language.partition("-")[0]} & _DAY_FIRST:
        return day_first, f"{shown} is read as {day_first}, the day first."
    if language in _MONTH_FIRST:
        return month_first, f"{shown} is read as {month_first}, the month first."
    both = "/".join(sorted((day_first, month_first)))
    return both, f"{shown} is {day_first} or {month_first}: read as {both}, which spans both."


def _parsed(text: str) -> str | None:
    """The parts of a date that are told: its year, with its month, with its day."""
    try:
        # What is left out is filled from another date, and so differs between the two.
        read, other = (parser.parse(text, default=filled) for filled in _FILLED)
    except (ValueError, OverflowError, TypeError):
        return None
    if read.year != other.year:
        return None
    if read.month != other.month:
        return f"{read.year:04}"
    if read.day != other.day:
        return f"{read.year:04}-{read.month:02}"
    return read.date().isoformat()
