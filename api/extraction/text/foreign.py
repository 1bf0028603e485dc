"""Which paragraphs of an article that goes as English are in another language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from api.extraction.text.blocks import blocks
from api.extraction.text.errors import ForeignText
from api.language.words.identification import ENGLISH, called, identify

FEWEST_WORDS = 4
"""Words of a paragraph that tell of its language."""
UNSPACED = 15
"""Letters in a row that are several words, of a language that writes no blanks."""
MOST_PARAGRAPHS = 1_000
"""Of a text cut into more, the others are taken to be in English: a bound on what it costs."""
_WORD = re.compile(r"[^\W\d_]+")


class ForeignPart(NamedTuple):
    """A paragraph, `text[start:end]`, in a language that is not read; its tag, or "und"."""

    language: str
    start: int
    end: int


def foreign_parts(text: str) -> tuple[ForeignPart, ...]:
    """The paragraphs of an English article that are in other languages, in order.

    Raises:
        ForeignText: most of the text is in another language.
    """
    found = []
    letters: Counter[str] = Counter()
    paragraphs = ((block, _WORD.findall(block.text)) for block in blocks(text))
    telling = ((block, words) for block, words in paragraphs if _tells(words))
    for block, words in islice(telling, MOST_PARAGRAPHS):
        tag = identify(block.text)
        letters[tag] += sum(map(len, words))
        if tag != ENGLISH:
            found.append(ForeignPart(tag, block.start, block.start + len(block.text)))
    if not letters:
        letters[identify(text)] = 1
    english = letters.pop(ENGLISH, 0)
    if sum(letters.values()) > english:
        likeliest, _ = letters.most_common(1)[0]
        raise ForeignText(f"This reads as {called(likeliest)}: articles are read in English only.")
    return tuple(found)


def _tells(words: Sequence[str]) -> bool:
    """Whether a paragraph has enough words to tell its language by, and is no list of names."""
    is_unspaced = any(len(word) >= UNSPACED for word in words)
    capitals = sum(word[0].isupper() for word in words)
    return is_unspaced or (len(words) >= FEWEST_WORDS and 4 * capitals <= 3 * len(words))


def without(text: str, parts: Sequence[ForeignPart]) -> str:
    """The text with blanks for its foreign parts, so that all else stays where it is."""
    for part in parts:
        text = f"{text[: part.start]}{' ' * (part.end - part.start)}{text[part.end :]}"
    return text
