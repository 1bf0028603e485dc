"""Figures: how much or many of what, as an interval, so that bounds and "about" are respected."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from api.language.words import lexicon
from api.language.words.datafiles import entries, words
from api.language.words.numbers import PERCENT, Number, number
from api.language.words.units import units
from api.language.words.words import Reading

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

UNBOUNDED = 1e300
"""The upper end of "at least"; JSON has no infinity."""
APPROXIMATE = 0.1
"""How far, in parts of itself, a figure given as "about" may lie from another."""
AGE = "year of age"
SHARE = "share"
"""The unit of a part that is told by a word, in percent: "most", "few of"."""

_SHARES = {
    "all": (100.0, 100.0),
    "every": (100.0, 100.0),
    "few": (0.0, 30.0),
    "majority": (50.1, 100.0),
    "minority": (0.0, 49.9),
    "most": (50.1, 100.0),
}

_YEARS = (1500, 2100)
_OLDEST = 120
_SECONDS_A_YEAR = 31557600
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_PERSONAL = frozenset({"he", "i", "she", "you"})
_MONTHS = frozenset(
    {"apr", "aug", "dec", "feb", "jan", "jul", "jun", "mar", "may", "nov", "oct", "sep"}
)


class Quantity(NamedTuple):
    """A figure between `low` and `high` of `unit`, at `text[start:end]`.

    `of` is the index of the word it counts or measures, or -1.
    """

    start: int
    end: int
    low: float
    high: float
    unit: str
    of: int


class _Measure(NamedTuple):
    """A unit, how many base units it is, the word counted, and the figure's last token."""

    unit: str
    factor: float
    of: Token | None
    last: int


@cache
def _bounds() -> dict[str, str]:
    return {
        word: line.partition(":")[0]
        for line in entries("bounds.txt")
        for word in words(line.partition(":")[2])
    }


def quantities(doc: Doc, reading: Reading) -> tuple[Quantity, ...]:
    """The figures of a parsed text, in order.

    Years, days of the month and numbers by which a thing is called are not figures.
    """
    found = [share for token in doc if (share := _share(token, reading)) is not None]
    at = 0
    while at < len(doc):
        if at in reading.numbered:
            at += 1
            continue
        figure = number(doc, at)
        if figure is None or _is_date(doc, at, figure):
            at = figure.end if figure else at + 1
            continue
        quantity, at = _quantity(doc, reading, at, figure)
        found.append(quantity)
    return tuple(sorted(found))


def _share(token: Token, reading: Reading) -> Quantity | None:
    """ "most voters", "a minority of voters", "hardly any of them"."""
    bounds = _SHARES.get(token.lower_)
    start = token.idx
    if token.lower_ == "any" and token.i and token.nbor(-1).lower_ in {"barely", "hardly"}:
        bounds, start = _SHARES["few"], token.nbor(-1).idx
    whole = _part_whole(token)
    if bounds is None or whole is None or reading.of_token[whole.i] < 0:
        return None
    if token.i and token.nbor(-1).lower_ in {"almost", "nearly", "virtually"}:
        bounds, start = (bounds[0] * (1 - APPROXIMATE), bounds[1]), token.nbor(-1).idx
    end = token.idx + len(token)
    return Quantity(start, end, *bounds, SHARE, reading.of_token[whole.i])


def _part_whole(token: Token) -> Token | None:
    """The plural that a word takes a part of: "most voters", "few of the voters"."""
    if token.dep_ in {"amod", "det", "predet"} and token.head.pos_ in {"NOUN", "PROPN"}:
        singled = any(child.lower_ == "a" for child in token.head.children)
        return None if singled else token.head
    of = next((child for child in token.children if child.lower_ == "of"), None)
    return of and next((child for child in of.children if child.dep_ == "pobj"), None)


def disjoint(a: Quantity, b: Quantity) -> bool:
    """Whether no one figure fits both."""
    return a.high < b.low or b.high < a.low


def _is_date(doc: Doc, at: int, figure: Number) -> bool:
    token = doc[at]
    if figure.unit:
        return False
    if figure.end - at == 1 and token.is_digit and len(token) == 4 and _is_year(figure.value):
        return token.dep_ != "nummod" or token.ent_type_ == "DATE" or token.head.pos_ == "PROPN"
    near = [doc[i].lower_[:3] for i in (at - 1, at - 2, figure.end) if 0 <= i < len(doc)]
    return (
        token.ent_type_ == "DATE" and figure.value <= 31 and any(month in _MONTHS for month in near)
    )


def _is_year(value: float) -> bool:
    return _YEARS[0] <= value <= _YEARS[1]


def _quantity(doc: Doc, reading: Reading, at: int, figure: Number) -> tuple[Quantity, int]:
    upper = _upper_end(doc, at, figure)
    last = upper or figure
    measure = _measure(doc, at, last, figure.unit or last.unit)
    start, bound = _bound(doc, at)
    low, high = _interval(figure.value * measure.factor, last.value * measure.factor, bound)
    of = -1 if measure.of is None else reading.of_token[measure.of.i]
    end = doc[measure.last].idx + len(doc[measure.last])
    found = Quantity(doc[start].idx, end, low, high, measure.unit, of)
    return found, max(last.end, measure.last + 1)


def _upper_end(doc: Doc, at: int, figure: Number) -> Number | None:
    """The second number of a range: "10 to 15", "between 10 and 15"."""
    joint = doc[figure.end].lower_ if figure.end + 1 < len(doc) else ""
    ranged = joint in {"to", "-", "–"} or (
        joint == "and" and at > 0 and doc[at - 1].lower_ == "between"
    )
    upper = number(doc, figure.end + 1) if ranged else None
    return upper if upper and upper.value > figure.value else None


def _measure(doc: Doc, at: int, figure: Number, unit: str) -> _Measure:
    end = figure.end
    if unit == PERCENT:
        return _of_a_unit(doc, figure) or _Measure(PERCENT, 1.0, figure.whole, end - 1)
    following = [doc[i] for i in range(end, min(end + 3, len(doc))) if doc[i].text != "-"]
    if unit:
        named = bool(following) and units().get(following[0].lemma_.lower(), ("",))[0] == unit
        return _Measure(unit, 1.0, None, following[0].i if named else end - 1)
    return (
        _percent(following)
        or _unit(following)
        or _age(doc, at, figure)
        or _Measure("", 1.0, _counted(doc[end - 1]), end - 1)
    )


def _of_a_unit(doc: Doc, figure: Number) -> _Measure | None:
    """ "a tenth of a second", "a quarter-point"."""
    token = figure.whole
    if token is None and figure.end + 1 < len(doc) and doc[figure.end].text == "-":
        token = doc[figure.end + 1]
    known = units().get(token.lemma_.lower()) if token is not None else None
    if token is None or known is None:
        return None
    return _Measure(known[0], known[1] / 100, token, token.i)


def _percent(following: list[Token]) -> _Measure | None:
    if not following:
        return None
    token = following[0]
    if token.lower_ in {"%", "percent", "pc"}:
        last = token
    elif token.lower_ == "per" and len(following) > 1 and following[1].lower_ == "cent":
        last = following[1]
    else:
        return None
    of = next((child for child in last.children if child.lower_ == "of"), None)
    whole = of and next((child for child in of.children if child.dep_ == "pobj"), None)
    return _Measure(PERCENT, 1.0, whole, last.i)


def _unit(following: list[Token]) -> _Measure | None:
    """A unit after the figure: "years", "square miles", "-year-old"."""
    if not following:
        return None
    token = following[0]
    if len(following) > 1:
        pair = f"{token.lower_} {following[1].lemma_.lower()}"
        if pair in units():
            return _Measure(*units()[pair], following[1], following[1].i)
    known = units().get(token.lemma_.lower()) or units().get(token.lower_)
    if known is None:
        return None
    after = next((t for t in token.doc[token.i + 1 : token.i + 3] if t.text != "-"), None)
    if known[0] == "second" and after is not None and after.lower_ in {"old", "olds"}:
        return _Measure(AGE, known[1] / _SECONDS_A_YEAR, _aged(after), after.i)
    return _Measure(*known, token, token.i)


def _aged(old: Token) -> Token | None:
    """Who is so old: the noun before or after."""
    if old.dep_ == "amod" and old.head.pos_ in {"NOUN", "PROPN"}:
        return old.head
    return _subject(old.head)


def _age(doc: Doc, at: int, figure: Number) -> _Measure | None:
    """ "aged 42", "the prince is 42", "the prince, 42,"."""
    end = figure.end
    token = doc[end - 1]
    if figure.value > _OLDEST:
        return None
    if at and doc[at - 1].lower_ == "aged":
        return _Measure(AGE, 1.0, None, end - 1)
    who = None
    if token.dep_ == "attr" and token.head.lemma_ == "be":
        who = _subject(token.head)
    elif token.dep_ == "appos":
        who = token.head
    return _Measure(AGE, 1.0, who, end - 1) if who is not None and _is_one(who) else None


def _is_one(token: Token) -> bool:
    """Whether a word is one person: a name, a singular noun for a living being, "she"."""
    if token.lower_ in _PERSONAL or token.ent_type_ == "PERSON":
        return True
    return token.tag_ == "NN" and lexicon.is_living(token.lemma_.lower())


def _counted(token: Token) -> Token | None:
    """The word a bare number counts: "12 dead", "a crowd of 12", "the toll rose to 12"."""
    head = token.head
    if token.dep_ in {"nummod", "quantmod"} and head.pos_ in {"ADJ", "NOUN", "PROPN"}:
        return head
    if token.dep_ == "pobj":
        return head.head if head.head.pos_ == "NOUN" else _subject(head.head)
    if token.dep_ == "attr":
        return _subject(head)
    return token if token.dep_ in {"dobj", *_SUBJECTS} else None


def _subject(verb: Token) -> Token | None:
    return next((child for child in verb.children if child.dep_ in _SUBJECTS), None)


def _bound(doc: Doc, at: int) -> tuple[int, str]:
    """What the words before a figure make of it, and where they begin."""
    before = at - (at > 0 and doc[at - 1].lower_ == "a")
    for length in (3, 2, 1):
        words = " ".join(t.lower_ for t in doc[max(before - length, 0) : before])
        if before >= length and words in _bounds():
            return before - length, _bounds()[words]
    return at, ""


def _interval(low: float, high: float, bound: str) -> tuple[float, float]:
    if bound == "at least":
        return low, UNBOUNDED
    if bound == "at most":
        return 0.0, high
    if bound == "about":
        return low * (1 - APPROXIMATE), high * (1 + APPROXIMATE)
    return low, high
