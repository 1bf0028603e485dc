"""Numbers that are names: "Line 2", "Section 230(c)", "the 9/11 attacks" say which, not how many.

English counts before a noun and numbers after it, so that place and parse tell most of them.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from api.language.words.datafiles import entries, words
from api.language.words.numbers import number, numeral
from api.language.words.units import is_unit

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

MARK = "#"
"""Between noun and number in the lemma of a designation: "line#2"."""

_NUMBERED = re.compile(r"\d{1,4}(?:\.\d{1,3})*[A-Za-z]{0,2}(?:\(\w{1,4}\)?)*")
_ROMAN = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")
_DATED = re.compile(r"\d{1,2}/\d{1,2}")
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_HALVES = re.compile(r"1/2|[12]/3|[13]/4")
_DIGIT = {"I": 1, "V": 5, "X": 10}
_BEFORE = frozenset({"amod", "compound", "nmod"})
JOINING = frozenset({"&", ",", "-", "and", "or", "to", "–"})
_NUMBER_SIGNS = frozenset({MARK, "no", "no.", "nos", "nos."})
_OWNING = frozenset({"det", "poss"})
_STREETS = frozenset(
    {"avenue", "boulevard", "close", "court", "crescent", "drive", "lane", "place", "road"}
    | {"row", "square", "street", "terrace", "way"}
)
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


@cache
def _nouns() -> dict[str, str]:
    """Each noun of the list to its group."""
    return {
        noun: group.strip()
        for group, _, nouns in (line.partition(":") for line in entries("numbered.txt"))
        for noun in words(nouns)
    }


def designations(doc: Doc) -> dict[int, str]:
    """The lemma of each token that is a number by which a thing is called: "line#2"."""
    found: dict[int, str] = {}
    for token in doc:
        value = _value(token)
        if value is None:
            continue
        noun = _joined_noun(token, found) or _noun(token)
        if noun is not None:
            found[token.i] = f"{noun}{MARK}{value}"
    return found


def named(lemma: str) -> tuple[str, str] | None:
    """What a designation calls and by which number, of its lemma; None where it is none."""
    noun, mark, value = lemma.partition(MARK)
    return (noun, value) if mark and value else None


def is_first_of_its_name(token: Token) -> bool:
    """Whether an "I" that the parser takes for whoever speaks is a number: "Charles I was tall"."""
    if token.text != "I" or not token.i or token.pos_ == "NUM":
        return False
    name = token.nbor(-1)
    if not name.whitespace_ or not name.text[:1].isupper() or name.pos_ not in {"NOUN", "PROPN"}:
        return False
    if name.lower_ in _nouns():
        return True
    after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    if after is None or after.lower_ in {"am", "do", "have", "'m", "'ve", "’m", "’ve"}:
        return False
    begins = name.i == name.sent.start
    return begins and (after.pos_ in {"AUX", "VERB"} or after.text in {"'s", "’s"})


def _value(token: Token) -> str | None:
    """The number as every spelling of it has it; None where a token is none that can be a name."""
    # The end of a sentence stays with what the tokenizer takes for an abbreviation: "5C."
    text = token.text.removesuffix(".")
    if _NUMBERED.fullmatch(text):
        return text.lower()
    if _DATED.fullmatch(text) and not _HALVES.fullmatch(text):
        return text
    if len(text) <= 5 and _ROMAN.fullmatch(text) and not _is_of_name(token):
        digits = [_DIGIT[letter] for letter in text]
        following = [*digits[1:], 0]
        return str(sum(x if x >= y else -x for x, y in zip(digits, following, strict=True)))
    value = numeral(token.lower_)
    return None if value is None or text == "one" else str(value)


def _is_of_name(token: Token) -> bool:
    """Whether a name is its own with its number, as "World War II": names are held as wholes."""
    return token.pos_ == "PRON" or (
        token.pos_ == "PROPN" and token.i > 0 and token.nbor(-1).pos_ == "PROPN"
    )


def _noun(token: Token) -> str | None:
    """What the number at a token is of; None where it counts, measures or dates."""
    if _DATED.fullmatch(token.text):
        return "" if _is_called_by_its_date(token) else None
    if (street := _street(token)) is not None:
        return street
    if not token.i or _is_measured(token):
        return None
    noun = token.nbor(-1)
    if noun.lower_ in _NUMBER_SIGNS:
        if noun.i and (noun.text == MARK or noun.text[0].islower()):
            noun = noun.nbor(-1)
        elif noun.text[0].isupper() and not _counts(token):
            return "number"
    if noun.pos_ not in {"NOUN", "PROPN"} or not noun.text[:1].isalpha():
        return None
    return _name(noun) if _numbers(noun, token) else None


def _name(noun: Token) -> str:
    name = (noun.lemma_ if noun.pos_ == "NOUN" else noun.text).lower()
    singular = name.removesuffix("s")
    return singular if singular in _nouns() else name


def _is_called_by_its_date(token: Token) -> bool:
    """ "The 9/11 attacks", "since 9/11"; not "9/10 voters"."""
    if token.i + 1 < len(token.doc) and token.nbor(1).lower_ in {"of", "%"}:
        return False
    if token.head.i <= token.i:
        return True
    return any(child.lower_ in {"the", "these", "those"} for child in token.head.lefts)


def _street(token: Token) -> str | None:
    """The street of a house number: "10 Main Street"."""
    end = token.i + 1
    while end < len(token.doc) and token.doc[end].pos_ == "PROPN":
        end += 1
    last = token.doc[end - 1]
    is_address = end > token.i + 2 and last.lower_ in _STREETS and token.text[0].isdigit()
    return last.lower_ if is_address else None


def _is_measured(token: Token) -> bool:
    """Whether the number has a unit or goes on: "4.5 percent", "2 million"."""
    doc = token.doc
    figure = number(doc, token.i)
    if figure is not None and (figure.unit or figure.end > token.i + 1):
        return True
    following = [each for each in doc[token.i + 1 : token.i + 3] if each.text != "-"]
    if not following:
        return False
    after = following[0]
    joined = doc[token.i + 1].text in {"-", "–"} and _NUMBERED.fullmatch(after.text) is not None
    return joined or after.lower_ in {"%", "percent", "per", "pc"} or is_unit(after.lemma_.lower())


def _numbers(noun: Token, token: Token) -> bool:
    """Whether a number that follows a noun says which one it is."""
    if not noun.whitespace_ and token.nbor(-1) == noun:
        return False
    lemma = _name(noun)
    group = _nouns().get(lemma)
    if group in {"time", "value"} or (group is None and is_unit(lemma)):
        return False
    if group == "grade" and not _is_spoken_of(noun):
        return False
    is_year = _YEAR.fullmatch(token.text) is not None
    if is_year and (group is None or group in {"event", "person"}):
        return False
    owned = any(child.dep_ in _OWNING for child in noun.lefts)
    listed = group is not None and not owned and noun.dep_ != "npadvmod" and not _counts(token)
    if not (listed or _hang_together(noun, token)):
        return False
    if group is not None:
        return True
    if (token.text.islower() and token.is_alpha) or _is_score(token):
        return False
    if noun.pos_ == "PROPN" or (noun.text[0].isupper() and noun.i != noun.sent.start):
        return True
    if noun.tag_ != "NN" or noun.dep_ == "ROOT":
        return False
    return noun.text[0].isupper() or not owned


def _hang_together(noun: Token, token: Token) -> bool:
    """Whether the parse makes one phrase of noun and number; a count stands before both."""
    if token.head == noun or noun.head == token:
        return True
    return noun.head == token.head and token.head.i > token.i and noun.dep_ in _BEFORE


def _counts(token: Token) -> bool:
    return token.dep_ in {"nummod", "quantmod"} and token.head.i > token.i


def is_number_sign(token: Token) -> bool:
    """Whether a "No" that the parser takes for "none" stands for "number": "No 10 denied it"."""
    if token.text not in {"No", "No."} or token.i + 1 >= len(token.doc):
        return False
    following = token.nbor(1)
    return following.is_digit and not _counts(following)


def _is_spoken_of(noun: Token) -> bool:
    top = noun
    while top.dep_ in _BEFORE and top.head.i > top.i:
        top = top.head
    return top.dep_ in _SUBJECTS


def _is_score(token: Token) -> bool:
    """ "Arsenal 2 Chelsea 1", "Arsenal 2, Chelsea 1"."""
    doc, at = token.doc, token.i + 1
    at += at < len(doc) and doc[at].text == ","
    start = at
    while at < len(doc) and doc[at].pos_ == "PROPN":
        at += 1
    if start < at < len(doc) and doc[at].is_digit and token.is_digit:
        return True
    before = token.i - 2
    while before > 0 and doc[before].pos_ in {"PROPN", "PUNCT"}:
        before -= 1
    return before > 0 and doc[before].is_digit and doc[before - 1].pos_ in {"NOUN", "PROPN"}


def _joined_noun(token: Token, found: dict[int, str]) -> str | None:
    """The noun of the number before, where one goes on with another: "lines 2, 3 and 5"."""
    joint = token.i - 1
    while joint > 0 and joint not in found and token.doc[joint].lower_ in JOINING:
        joint -= 1
    if joint == token.i - 1 or joint not in found or _is_measured(token):
        return None
    return None if _counts(token) else found[joint].partition(MARK)[0]
