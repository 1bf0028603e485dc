"""Where a paragraph quotes: straight, curly, doubled and single marks, nested or left open."""

from __future__ import annotations

from dataclasses import dataclass

_CLOSING = {"“": "”", "„": "“”", "«": "»", "‟": "”", '"': '"', "''": "''", "``": "''"}
_SINGLE = {"‘": "’", "'": "'"}
MARKS = frozenset('“”„‟«»"‘')
"""Characters that are quotation marks wherever they stand; ' and ’ are mostly apostrophes."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation with its marks: offsets in the paragraph, ``inner`` ones without the marks.

    ``closed`` is false where the paragraph ends first: the quotation goes on in the next one.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool


def quotations(paragraph: str) -> list[Quotation]:
    """The outermost quotations of a paragraph, in order; nested ones are part of their outer."""
    found: list[Quotation] = []
    at = 0
    dead: set[str] = set()  # marks known to have no partner further on: each is sought once
    while at < len(paragraph):
        mark = _opening(paragraph, at)
        if mark is None or mark in dead:
            at += 1
            continue
        inner = at + len(mark)
        closing = _close(paragraph, mark, inner)
        if closing is not None:
            found.append(Quotation(at, closing[1], inner, closing[0], True))
            at = closing[1]
            continue
        dead.add(mark)
        if mark not in _SINGLE and _may_run_on(paragraph, at):
            found.append(Quotation(at, len(paragraph), inner, len(paragraph), False))
            break
        at = inner
    return found


def _opening(paragraph: str, at: int) -> str | None:
    """The mark that opens a quotation here, if one does."""
    pair = paragraph[at : at + 2]
    if pair in _CLOSING:
        return pair
    mark = paragraph[at]
    if mark in _CLOSING:
        return mark
    if mark in _SINGLE:
        before = paragraph[at - 1 : at]
        after = paragraph[at + 1 : at + 2]
        if (not before or before.isspace() or before in '([—–-“"') and after.isalnum():
            return mark
    return None


def _close(paragraph: str, mark: str, start: int) -> tuple[int, int] | None:
    """Start and end of the closing mark; None where the paragraph has none."""
    if mark in _SINGLE:
        return _close_single(paragraph, _SINGLE[mark], start)
    closing = _CLOSING[mark]
    if len(closing) == 2 and mark != "„":
        at = paragraph.find(closing, start)
        return None if at < 0 else (at, at + 2)
    places = [at for character in closing if (at := paragraph.find(character, start)) >= 0]
    return (min(places), min(places) + 1) if places else None


def _close_single(paragraph: str, mark: str, start: int) -> tuple[int, int] | None:
    at = paragraph.find(mark, start)
    while at >= 0:
        after = paragraph[at + 1 : at + 2]
        if not after.isalnum() and not paragraph[at - 1].isspace():
            return at, at + 1
        at = paragraph.find(mark, at + 1)
    return None


def _may_run_on(paragraph: str, at: int) -> bool:
    """A mark without a partner opens a quotation at a paragraph's start or after , and : only."""
    before = paragraph[:at].rstrip()
    return not before or before[-1] in ",:" or paragraph[at] in "“„"
