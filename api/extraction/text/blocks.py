"""An article's text cut into blocks: headline, paragraphs, and lines that say nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["headline", "paragraph", "furniture"]

LONGEST_BLOCK = 5_000
"""Code points parsed at once: a text without a single line break is cut at a space before this."""

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_BLANK_LINE = re.compile(r"(?:\r\n|\n|\r|\u2028|\u2029)[^\S\n]*(?:\r\n|\n|\r|\u2028|\u2029)")
_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_FURNITURE = re.compile(
    r"""(?ix) ^(?:
      read\s+(?:more|also|next|the\s+full)\b.{0,120} | (?:also\s+)?see\s+also\b.{0,100}
    | related\s*:?.{0,100} | advertisement | share\s+this.{0,60} | (?:sign\s+up|subscribe)\b.{0,120}
    | follow\s+(?:us|\w+(?:\s\w+){0,3}\s+on)\b.{0,120} | click\s+here.{0,80} | \W*
    | (?-i:(?:By|BY)\s+[A-Z][\w.'’-]+(?:\s+(?:and\s+)?[A-Z][\w.'’-]+){0,6}(?:\s*[,|].{0,60})?)
    | (?:photo|image|picture|credit|video|watch|listen|file\s+photo)s?\s*(?:by|:|/).{0,160}
    | (?:published|updated|posted)\s*(?:on|at|:).{0,60} | ©.{0,100}
    | \(?(?:reporting|writing|editing)\s+by\b.{0,160}
    | .{0,160}\((?:ap|afp|reuters|getty)(?:\s+(?:photo|images)|/).{0,80}\)
    )$"""
)

_DATELINE = re.compile(
    r"[A-Z][A-Z .,'’-]{2,40}(?:,\s[A-Z][a-z]+\.?(?:\s\d{1,2})?)?(?:\s\([^()]{1,30}\))?\s*[—–-]+\s+"
)


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph or line: ``text`` is the submitted text from ``start``, spaces made plain."""

    start: int
    text: str
    kind: BlockKind


def blocks(submitted: str) -> list[Block]:
    """Cut a text into blocks, in order; whitespace between them belongs to none."""
    found = [
        Block(start, _flat(submitted[start:end]), "paragraph")
        for paragraph_start, paragraph_end in _paragraphs(submitted)
        for start, end in _short(submitted, paragraph_start, paragraph_end)
    ]
    return [
        _kinded(block, first=number == 0, alone=len(found) == 1)
        for number, block in enumerate(found)
    ]


def _paragraphs(submitted: str) -> Iterator[tuple[int, int]]:
    """Lines, or where the text is hard-wrapped what stands between blank lines."""
    if not _hard_wrapped(submitted):
        for line in _LINE.finditer(submitted):
            yield from _trimmed(submitted, line.start(), line.end())
        return
    at = 0
    for gap in _BLANK_LINE.finditer(submitted):
        yield from _trimmed(submitted, at, gap.start())
        at = gap.end()
    yield from _trimmed(submitted, at, len(submitted))


def _hard_wrapped(submitted: str) -> bool:
    """Whether most lines stop in mid-sentence at about the same width."""
    lines = [line for line in submitted.splitlines() if line.strip()]
    if len(lines) < 4 or not _BLANK_LINE.search(submitted) or max(map(len, lines)) > 120:
        return False
    long_lines = [line.rstrip() for line in lines if len(line) > 40]
    unfinished = sum(not _SENTENCE_END.search(line) for line in long_lines)
    return unfinished * 2 > len(lines)


def _trimmed(submitted: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = submitted[start:end]
    stripped = piece.strip()
    if stripped:
        start += len(piece) - len(piece.lstrip())
        yield start, start + len(stripped)


def _short(submitted: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST_BLOCK:
        cut = submitted.rfind(" ", start + LONGEST_BLOCK // 2, start + LONGEST_BLOCK) + 1
        cut = cut or start + LONGEST_BLOCK
        yield from _trimmed(submitted, start, cut)
        start = cut
    yield from _trimmed(submitted, start, end)


def _flat(text: str) -> str:
    """As many code points with every whitespace a plain space: no token is a line break."""
    return "".join(" " if character.isspace() else character for character in text)


def _kinded(block: Block, *, first: bool, alone: bool) -> Block:
    if _FURNITURE.match(block.text):
        return Block(block.start, block.text, "furniture")
    dateline = _DATELINE.match(block.text)
    if dateline is not None:
        return Block(block.start + dateline.end(), block.text[dateline.end() :], block.kind)
    if first and not alone and len(block.text) < 200:
        return Block(block.start, block.text, "headline")
    return block
