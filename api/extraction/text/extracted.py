"""What extraction gives: statements with their speakers, and where the text says each part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["quote", "claim"]
SpeakerKind = Literal["person", "organization", "document", "unnamed"]

STAGE = "finding statements"
"""What a deadline that passes in extraction passes at."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the submitted text, in code points: ``text == submitted[start:end]``."""

    text: str
    start: int
    end: int

    @classmethod
    def of(cls, submitted: str, start: int, end: int) -> Span:
        """The span between two places of a text."""
        return cls(submitted[start:end], start, end)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whom a statement is attributed to, as far as the article itself tells.

    ``resolved`` is false where the article leaves open who is meant; ``candidates`` then holds the
    full names it may be, and ``name`` is the mention as written. A plain "officials" is ``unnamed``
    and resolved: nobody else is meant. ``role`` is the title given ("German Chancellor").
    """

    name: str
    kind: SpeakerKind
    role: str | None = None
    resolved: bool = True
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extracted:
    """One attributed statement.

    ``text`` is a clause that reads true alone, without quotation marks; each of ``verbatim``, the
    words the article puts between marks, is a substring of it. ``position`` is the whole content,
    quoted or not, ``mention`` the speaker's name for this statement and ``cue`` the words that
    attribute it. ``said_on`` is an EDTF date, None where nothing tells; ``said_on_text`` the words
    it was read from. ``context`` holds the sentences before and after. ``confidence`` is the
    chance, from 0 to 1, that speaker and content are right.
    """

    kind: Kind
    text: str
    verbatim: tuple[str, ...]
    speaker: Speaker
    mention: Span | None
    cue: Span | None
    position: Span
    said_on: str | None
    said_on_text: str | None
    context: str | None
    topics: tuple[str, ...]
    confidence: float
