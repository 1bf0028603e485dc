"""Dates as the news writes them ("on Wednesday", "last month"), against the day of writing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_SHORT = {name[:3]: number for number, name in enumerate(_MONTHS, 1)}
_NUMBERS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}

_DAY = "|".join(_WEEKDAYS)
_MONTH = "|".join((*_MONTHS, r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?"))
_FARTHEST_AGO = 500
"""A larger count of days, weeks, months or years ago is not when somebody spoke."""


@dataclass(frozen=True, slots=True)
class SaidDate:
    """A date named at ``text[start:end]``, as an EDTF string."""

    start: int
    end: int
    edtf: str


def said_dates(text: str, written_on: date) -> Iterator[SaidDate]:
    """The past and present dates a text names, in order; what lies ahead is left out.

    Args:
        text: prose in English.
        written_on: the day the text was published.
    """
    taken = 0
    for match in _ANY.finditer(text):
        if match.start() < taken:
            continue
        read = next(read for name, read in _READERS.items() if match[name] is not None)
        try:
            edtf = read(match, written_on)
        except OverflowError:  # before the year 1
            continue
        if edtf is not None:
            yield SaidDate(match.start(), match.end(), edtf)
            taken = match.end()


def _weekday(match: re.Match[str], written_on: date) -> str | None:
    back = (written_on.weekday() - _WEEKDAYS.index(match["day"].lower())) % 7
    if (match["which"] or "").lower() in ("last", "past") and back == 0:
        back = 7
    return (written_on - timedelta(days=back)).isoformat()


def _near(match: re.Match[str], written_on: date) -> str | None:
    word = match["near"].lower()
    yesterday = (written_on - timedelta(days=1)).isoformat()
    if word == "overnight":
        return f"{yesterday}/{written_on.isoformat()}"
    return yesterday if word in ("yesterday", "last night") else written_on.isoformat()


def _recent(match: re.Match[str], written_on: date) -> str | None:
    days = {"day": 3, "week": 21, "month": 90, "year": 3 * 365}[match["span"].lower()]
    return f"{(written_on - timedelta(days=days)).isoformat()}/{written_on.isoformat()}"


def _this_or_last(match: re.Match[str], written_on: date) -> str | None:
    unit, last = match["period"].lower(), match["shift"].lower() != "this"
    if unit == "week":
        monday = written_on - timedelta(days=written_on.weekday())
        if last:
            sunday = monday - timedelta(days=1)
            return f"{(monday - timedelta(days=7)).isoformat()}/{sunday.isoformat()}"
        return f"{monday.isoformat()}/{written_on.isoformat()}"
    if unit == "month":
        first = written_on.replace(day=1)
        if last:
            return (first - timedelta(days=1)).strftime("%Y-%m")
        return first.strftime("%Y-%m")
    return f"{written_on.year - 1:04d}" if last else f"{written_on.year:04d}"


def _ago(match: re.Match[str], written_on: date) -> str | None:
    word, unit = match["count"].lower(), match["unit"].lower()
    count = _NUMBERS.get(word) or int(word)
    if count > min(_FARTHEST_AGO, written_on.year - 1):
        return None
    if unit == "day":
        return (written_on - timedelta(days=count)).isoformat()
    if unit == "week":
        return f"{(written_on - timedelta(weeks=count)).isoformat()}~"
    months = 12 * written_on.year + written_on.month - 1 - count * (1 if unit == "month" else 12)
    year = f"{months // 12:04d}"
    return f"{year}-{months % 12 + 1:02d}~" if unit == "month" or count == 1 else f"{year}~"


def _calendar(match: re.Match[str], written_on: date) -> str | None:
    """A month with or without day and year; without a year, its latest occurrence."""
    words = match["calendar"].lower()
    month_word = re.findall(_MONTH, words)[0]
    day_word = re.search(r"\b\d{1,2}(?!\d)", words)
    year_word = re.search(r"\b\d{4}\b", words)
    year = int(year_word[0]) if year_word else written_on.year
    month, day = _SHORT[month_word[:3]], int(day_word[0]) if day_word else None
    try:
        if date(year, month, day or 1) > written_on:
            if year_word:
                return None
            year -= 1
        return date(year, month, day).isoformat() if day else f"{year:04d}-{month:02d}"
    except ValueError:
        return None


def _year(match: re.Match[str], written_on: date) -> str | None:
    return match["only_year"] if int(match["only_year"]) <= written_on.year else None


def _once(match: re.Match[str], written_on: date) -> str | None:
    return f"../{written_on.isoformat()}"


_READERS: dict[str, Callable[[re.Match[str], date], str | None]] = {
    "day": _weekday,
    "near": _near,
    "span": _recent,
    "period": _this_or_last,
    "count": _ago,
    "calendar": _calendar,
    "only_year": _year,
    "once": _once,
}
_YEAR_AFTER = r"(?:,?\s\d{4}\b)?"
_ANY = re.compile(
    rf"""(?ix)
    \b(?P<calendar>
        (?:on\s|earlier\s|early\s|late\s){{0,3}}\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?
            (?:{_MONTH})\b{_YEAR_AFTER}
      | (?:on\s|late\s|early\s){{0,3}}(?:{_MONTH})\s\d{{1,2}}\b{_YEAR_AFTER}
      | (?:back\s|early\s|late\s)?(?:in|since|last)\s(?:early\s|late\s|mid-)?
            (?:{_MONTH})\b{_YEAR_AFTER}
    )
  | \b(?:(?:late|early|earlier)\s)?(?:on\s)?(?:(?P<which>last|past|this)\s)?(?P<day>{_DAY})\b
      (?:\s(?:morning|afternoon|evening|night)\b)?
  | \b(?:late\s|earlier\s|early\s)?
      (?P<near>today|tonight|yesterday|overnight|last\snight|this\s(?:morning|afternoon|evening))\b
  | \bin\s(?:the\s(?:past|last)\s(?:few\s)?|recent\s)(?P<span>day|week|month|year)s\b
  | \b(?:(?:late|early|earlier)\s)?(?P<shift>this|last)\s(?P<period>week|month|year)\b
  | \b(?P<count>{"|".join(_NUMBERS)}|\d{{1,3}})\s(?P<unit>day|week|month|year)s?\sago\b
  | \b(?:back\s)?in\s(?P<only_year>(?:19|20)\d\d)\b
  | \b(?P<once>once)\b
    """
)
