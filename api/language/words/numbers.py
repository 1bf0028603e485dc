"""Numbers as the news writes them: digits, words, fractions and shares."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

PERCENT = "%"

_DIGITS = re.compile(r"^([$£€¥]?)(\d[\d,]*(?:\.\d+)?)(k|m|mn|bn|tn|b)?$", re.IGNORECASE)
_SUFFIXES = {"k": 1e3, "m": 1e6, "mn": 1e6, "b": 1e9, "bn": 1e9, "tn": 1e12}
_CURRENCIES = frozenset("$£€¥")
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_NUMBERS: dict[str, float] = {
    **{word: float(value) for value, word in enumerate(_ONES.split())},
    **{word: 10.0 * value for value, word in enumerate(_TENS.split(), 2)},
}
_SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "dozen": 12.0,
}
_PARTS = {
    "half": 1 / 2,
    "third": 1 / 3,
    "quarter": 1 / 4,
    "fifth": 1 / 5,
    "sixth": 1 / 6,
    "seventh": 1 / 7,
    "eighth": 1 / 8,
    "ninth": 1 / 9,
    "tenth": 1 / 10,
}
_NOMINAL = frozenset({"attr", "compound", "dobj", "npadvmod", "nsubj", "nsubjpass", "pobj"})
"""What a part of a whole is in its sentence; an ordinal modifies a noun instead."""


class Number(NamedTuple):
    """A value from a token to the one before `end`, with the unit it carries itself.

    `unit` is a currency's sign, `PERCENT` for a share of a whole, or ""; `whole` is the token that
    a share is of.
    """

    value: float
    unit: str
    end: int
    whole: Token | None = None


def number(doc: Doc, at: int) -> Number | None:
    """The number that begins at a token, or None."""
    return _part_of(doc, at) or _one_in(doc, at) or _plain(doc, at)


def is_number(lemma: str) -> bool:
    """Whether a word is a numeral or scales one: "seven", "million"."""
    return lemma in _NUMBERS or lemma in _SCALES


def numeral(word: str) -> int | None:
    """What one word counts, up to ninety: "seven"; None of other words."""
    value = _NUMBERS.get(word)
    return None if value is None else int(value)


def is_part(lemma: str) -> bool:
    """Whether a word names a part of a whole: "half", "quarter"."""
    return lemma in _PARTS


def _plain(doc: Doc, at: int) -> Number | None:
    value, unit, end = 0.0, "", at
    if doc[at].text in _CURRENCIES and at + 1 < len(doc):
        unit, end = doc[at].text, at + 1
    start = end
    group = 0.0
    while end < len(doc) and (part := _part(doc[end])) is not None:
        figure, scale, currency = part
        if figure is not None and end > start and _DIGITS.match(doc[end - 1].text):
            break
        unit = unit or currency
        if figure is not None:
            group += figure * scale
        elif scale > 100:
            value, group = value + (group or 1.0) * scale, 0.0
        else:
            group = (group or 1.0) * scale
        end += 2 if _hyphened(doc, end) else 1
    return Number(value + group, unit, end) if end > start else None


def _hyphened(doc: Doc, at: int) -> bool:
    """Whether a hyphen of its own joins a numeral to the next: "forty-one"."""
    words = [token.lower_ for token in doc[at : at + 3]]
    return words[1:2] == ["-"] and words[0] in _TENS.split() and words[-1] in _ONES.split()[1:10]


def _part(token: Token) -> tuple[float | None, float, str] | None:
    """A figure, a scale and a currency that one token stands for."""
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


def _part_of(doc: Doc, at: int) -> Number | None:
    """ "half", "a third", "three quarters", "half a million"."""
    count, end = 1.0, at
    if doc[at].lower_ in _NUMBERS and doc[at].lower_ != "zero":
        count, end = _NUMBERS[doc[at].lower_], at + 1
    elif doc[at].lower_ in {"a", "one"}:
        end = at + 1
    end += end > at and end < len(doc) and doc[end].text == "-"
    part = _PARTS.get(doc[end].lemma_.lower()) if end < len(doc) else None
    if part is None:
        return None
    if end + 2 < len(doc) and doc[end + 1].lower_ == "a" and doc[end + 2].lower_ in _SCALES:
        return Number(count * part * _SCALES[doc[end + 2].lower_], "", end + 3)
    of = end + 1 < len(doc) and doc[end + 1].lower_ == "of"
    if not of and (doc[end].dep_ not in _NOMINAL or (end == at and doc[at].lower_ != "half")):
        return None
    if any(child.dep_ in {"amod", "poss"} and child.i < at for child in doc[end].children):
        return None
    return Number(100 * count * part, PERCENT, end + 1, _whole(doc[end]))


def _one_in(doc: Doc, at: int) -> Number | None:
    """ "one in ten nurses", "two out of five voters"."""
    first = _plain(doc, at)
    if first is None or first.unit or first.end >= len(doc):
        return None
    words = (doc[i].lower_ for i in range(first.end, min(first.end + 2, len(doc))))
    joint = next(words)
    length = 2 if joint == "out" and next(words, "") == "of" else int(joint == "in")
    second = _plain(doc, first.end + length) if length and first.end + length < len(doc) else None
    if second is None or second.unit or not 0 < first.value < second.value:
        return None
    last = doc[second.end - 1]
    if doc[first.end].dep_ != "quantmod" or last.dep_ != "nummod":
        return None
    return Number(100 * first.value / second.value, PERCENT, second.end, last.head)


def _whole(part: Token) -> Token | None:
    """The word a part is "of"."""
    of = next((child for child in part.children if child.lower_ == "of"), None)
    return of and next((child for child in of.children if child.dep_ == "pobj"), None)
