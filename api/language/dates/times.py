"""Times named in a text: years, months, weekdays, and "last week" counted from when it was said."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sep sept",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAYS = {day: number for number, day in enumerate(_WEEK)}
_DEICTIC = {
    "now": ("day", 0),
    "overnight": ("day", 0),
    "today": ("day", 0),
    "tomorrow": ("day", 1),
    "tonight": ("day", 0),
    "yesterday": ("day", -1),
}
_SHIFTS = {"last": -1, "previous": -1, "past": -1, "this": 0, "current": 0, "next": 1, "coming": 1}
_SPANS = {
    "night": "day",
    "morning": "day",
    "evening": "day",
    "afternoon": "day",
    "week": "week",
    "month": "month",
    "year": "year",
    "season": "year",
}


_ORDINAL = re.compile(r"(?<=[0-9])(?:st|nd|rd|th)$")
"""What makes "4th" of 4."""


class Time(NamedTuple):
    """A time named at `text[start:end]`.

    `field` is "year", "month", "monthday" or "weekday" with its number, or "+day", "+week",
    "+month", "+year" with how far it lies from the day it is said.
    """

    start: int
    end: int
    field: str
    value: int


def times(doc: Doc, numbered: Collection[int] = ()) -> tuple[Time, ...]:
    """The times a parsed text names, in order.

    `numbered` are the tokens that are no times but numbers by which a thing is called.
    """
    found = []
    for token in doc:
        named = None if token.i in numbered else _named(token)
        if named:
            first, field, value = named
            found.append(Time(first.idx, token.idx + len(token), field, value))
    return tuple(found)


def _named(token: Token) -> tuple[Token, str, int] | None:
    lower = token.lower_
    before = token.nbor(-1) if token.i else None
    if lower in _DEICTIC:
        field, value = _DEICTIC[lower]
        return token, f"+{field}", value
    if lower in _SPANS and before is not None and before.lower_ in _SHIFTS:
        nightly = lower == "night" and before.lower_ == "last"
        return before, f"+{_SPANS[lower]}", 0 if nightly else _SHIFTS[before.lower_]
    if lower.removesuffix("s") in _WEEKDAYS:
        return token, "weekday", _WEEKDAYS[lower.removesuffix("s")]
    if lower.rstrip(".") in _MONTHS and token.text[0].isupper() and token.pos_ == "PROPN":
        return token, "month", _MONTHS[lower.rstrip(".")]
    return _numbered(token, before)


def _numbered(token: Token, before: Token | None) -> tuple[Token, str, int] | None:
    digits = _ORDINAL.sub("", token.lower_)
    if not digits.isdigit() or not digits.isascii():
        return None
    number = int(digits) if len(digits) <= 4 else 0
    if len(token) == 4 and 1500 <= number <= 2100 and token.pos_ in {"NUM", "PROPN", "NOUN"}:
        counting = (
            token.dep_ == "nummod" and token.ent_type_ != "DATE" and token.head.pos_ != "PROPN"
        )
        return None if counting else (token, "year", number)
    after = [other.lower_ for other in token.doc[token.i + 1 : token.i + 3]]
    neighbours = [
        before.lower_ if before is not None else "",
        "".join(after[1:] if after[:1] == ["of"] else after[:1]),
    ]
    if 1 <= number <= 31 and any(word in _MONTHS for word in neighbours):
        return token, "monthday", number
    return None
