"""Figures: how much or many of what, as an interval, so that bounds and "about" are respected."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from api.language.datafiles import entries, words
from api.language.words import Reading

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

UNBOUNDED = 1e300
"""The upper end of "at least"; JSON has no infinity."""
APPROXIMATE = 0.1
"""How far, in parts of itself, a figure given as "about" may lie from another."""

_DIGITS = re.compile(r"^([$£€¥]?)(\d[\d,]*(?:\.\d+)?)(k|m|mn|bn|tn|b)?$", re.IGNORECASE)
_SUFFIXES = {"k": 1e3, "m": 1e6, "mn": 1e6, "b": 1e9, "bn": 1e9, "tn": 1e12}
_CURRENCIES = {"$": "$", "£": "£", "€": "€", "¥": "¥"}
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_NUMBERS: dict[str, float] = {
    **{word: float(value) for value, word in enumerate(_ONES.split())},
    **{
        word: 10.0 * value
        for value, word in enumerate(
            ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2
        )
    },
}
_SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "dozen": 12.0,
}
_FRACTIONS = {"half": 50.0, "third": 100 / 3, "quarter": 25.0, "fifth": 20.0, "tenth": 10.0}
_YEARS = (1500, 2100)


class Quantity(NamedTuple):
    """A figure between `low` and `high` of `unit`, at `text[start:end]`.

    `of` is the index of the word it counts, or -1.
    """

    start: int
    end: int
    low: float
    high: float
    unit: str
    of: int


@cache
def _units() -> dict[str, tuple[str, float]]:
    """Each unit's name to the base unit of its dimension and how many of that it is."""
    units = {}
    for line in entries("units.txt"):
        base, _, rest = line.partition(":")
        for item in rest.split("|"):
            factor, _, names = item.strip().partition(" ")
            units.update({name: (base.strip(), float(factor)) for name in words(names)})
    return units


@cache
def _bounds() -> dict[str, str]:
    return {
        word: line.partition(":")[0]
        for line in entries("bounds.txt")
        for word in words(line.partition(":")[2])
    }


def quantities(doc: Doc, reading: Reading) -> tuple[Quantity, ...]:
    """The figures of a parsed text, in order; years and days of the month are not figures."""
    found = []
    at = 0
    while at < len(doc):
        value, unit, end = _number(doc, at)
        if fraction := _fraction(doc, end):
            share = fraction * (value or 1.0)
            found.append(
                Quantity(
                    doc[at].idx,
                    doc[end].idx + len(doc[end]),
                    share,
                    share,
                    "%",
                    _whole(doc[end], reading),
                )
            )
            at = end + 1
        elif end > at and not _is_date(doc, at, end, value):
            quantity, at = _quantity(doc, reading, at, end, value, unit)
            found.append(quantity)
        else:
            at = max(end, at + 1)
    return tuple(found)


def _number(doc: Doc, at: int) -> tuple[float, str, int]:
    """The number that begins at a token: its value, its currency, the token after it."""
    value, unit, end = 0.0, "", at
    if doc[at].text in _CURRENCIES and at + 1 < len(doc):
        unit, end = doc[at].text, at + 1
    start = end
    group = 0.0
    while end < len(doc) and (part := _part(doc[end])) is not None:
        number, scale, currency = part
        if number is not None and end > start and _DIGITS.match(doc[end - 1].text):
            break
        unit = unit or currency
        if number is not None:
            group += number * scale
        else:
            value, group = (
                (value + (group or 1.0) * scale, 0.0)
                if scale > 100
                else (value, (group or 1.0) * scale)
            )
        end += 1
    return (value + group, unit, end) if end > start else (0.0, "", at)


def _fraction(doc: Doc, at: int) -> float | None:
    """A named part in percent, where "of" follows: "a third of"."""
    if at + 1 < len(doc) and doc[at + 1].lower_ == "of":
        return _FRACTIONS.get(doc[at].lemma_.lower())
    return None


def _whole(part: Token, reading: Reading) -> int:
    """The word a part is "of", or -1."""
    of = next((child for child in part.children if child.lower_ == "of"), None)
    whole = of and next((child for child in of.children if child.dep_ == "pobj"), None)
    return reading.of_token[whole.i] if whole else -1


def _part(token: Token) -> tuple[float | None, float, str] | None:
    lower = token.lower_
    if match := _DIGITS.match(lower):
        return float(match[2].replace(",", "")), _SUFFIXES.get(match[3] or "", 1.0), match[1]
    if lower in _NUMBERS and not (lower == "one" and token.pos_ != "NUM"):
        return _NUMBERS[lower], 1.0, ""
    if lower in _SCALES:
        return None, _SCALES[lower], ""
    if (
        lower in _SUFFIXES
        and token.i
        and _DIGITS.match(token.nbor(-1).text)
        and not token.nbor(-1).whitespace_
    ):
        return None, _SUFFIXES[lower], ""
    if "-" in lower and all(half in _NUMBERS for half in lower.split("-")):
        return sum(_NUMBERS[half] for half in lower.split("-")), 1.0, ""
    return None


def _is_date(doc: Doc, at: int, end: int, value: float) -> bool:
    token = doc[at]
    if end - at == 1 and token.is_digit and len(token) == 4 and _YEARS[0] <= value <= _YEARS[1]:
        return token.dep_ != "nummod" or token.ent_type_ == "DATE" or token.head.pos_ == "PROPN"
    near = [doc[i].lower_[:3] for i in (at - 1, at - 2, end) if 0 <= i < len(doc)]
    return token.ent_type_ == "DATE" and value <= 31 and any(month in _MONTHS for month in near)


_MONTHS = frozenset(
    {
        "apr",
        "aug",
        "dec",
        "feb",
        "jan",
        "jul",
        "jun",
        "mar",
        "may",
        "nov",
        "oct",
        "sep",
    }
)


def _quantity(
    doc: Doc, reading: Reading, at: int, end: int, value: float, unit: str
) -> tuple[Quantity, int]:
    low = high = value
    if end + 1 < len(doc) and doc[end].lower_ in {"to", "-", "–", "and"}:
        upper, upper_unit, upper_end = _number(doc, end + 1)
        between = doc[end].lower_ != "and" or (at > 0 and doc[at - 1].lower_ == "between")
        if upper_end > end + 1 and upper > value and between:
            high, end, unit = upper, upper_end, unit or upper_unit
    unit, factor, of, last = _unit(doc, reading, at, end, unit)
    start, bound = _bound(doc, at)
    low, high = _interval(low * factor, high * factor, bound)
    return Quantity(doc[start].idx, doc[last].idx + len(doc[last]), low, high, unit, of), max(
        end, last + 1
    )


def _unit(
    doc: Doc, reading: Reading, at: int, end: int, currency: str
) -> tuple[str, float, int, int]:
    """The unit, how many base units it is, the word counted, and the figure's last token."""
    token = doc[end] if end < len(doc) else None
    if currency:
        return currency, 1.0, -1, end - 1
    if token is not None and token.lower_ in {"%", "percent", "pc"}:
        return "%", 1.0, _whole(token, reading), end
    if (
        token is not None
        and token.lower_ == "per"
        and end + 1 < len(doc)
        and doc[end + 1].lower_ == "cent"
    ):
        return "%", 1.0, -1, end + 1
    if token is not None and (
        known := _units().get(token.lemma_.lower()) or _units().get(token.lower_)
    ):
        return known[0], known[1], reading.of_token[token.i], end
    head = doc[end - 1].head
    if doc[end - 1].dep_ in {"nummod", "quantmod"} and head.pos_ in {"NOUN", "PROPN"}:
        return "", 1.0, reading.of_token[head.i], end - 1
    return (
        "",
        1.0,
        reading.of_token[doc[end - 1].i]
        if doc[end - 1].dep_ in {"nsubj", "nsubjpass", "dobj"}
        else -1,
        end - 1,
    )


def _bound(doc: Doc, at: int) -> tuple[int, str]:
    at -= at > 0 and doc[at - 1].lower_ == "a"
    for length in (3, 2, 1):
        if at >= length and (
            bound := _bounds().get(" ".join(t.lower_ for t in doc[at - length : at]))
        ):
            return at - length, bound
    return at, ""


def _interval(low: float, high: float, bound: str) -> tuple[float, float]:
    if bound == "at least":
        return low, UNBOUNDED
    if bound == "at most":
        return 0.0, high
    if bound == "about":
        return low * (1 - APPROXIMATE), high * (1 + APPROXIMATE)
    return low, high


def is_unit(lemma: str) -> bool:
    """Whether a word only measures: percent, kilometre, million."""
    return lemma in _units() or lemma in _SCALES or lemma == "percent"


def disjoint(a: Quantity, b: Quantity) -> bool:
    """Whether no one figure fits both."""
    return a.high < b.low or b.high < a.low
