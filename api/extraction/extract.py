"""From an article's text to its attributed statements: read, attribute, resolve, date, word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from api.extraction.attribution.article import Article
from api.extraction.text.errors import NoText, UnsupportedLanguage
from api.extraction.text.extracted import Extracted
from api.extraction.text.foreign import ForeignPart, foreign_parts, without
from api.extraction.text.reading import read


def _nobody(name: str) -> str | None:
    """Knows no speaker beyond those the article tells of."""
    return None


def extract(
    text: str,
    *,
    published_on: str | None = None,
    language: str = "en",
    known_speaker: Callable[[str], str | None] = _nobody,
    foreign: Sequence[ForeignPart] | None = None,
) -> list[Extracted]:
    """The attributed statements of an article, in the order of its text.

    Args:
        text: the article; spans count its code points.
        published_on: ``YYYY-MM-DD``, what "on Wednesday" is reckoned from.
        language: BCP 47 tag of the article.
        known_speaker: asked for each name that the article leaves short, gives the full name of
            the speaker whose name or alias it is.
        foreign: the parts that are not read, where `foreign_parts` was asked for them already.

    Raises:
        NoText: the text is empty or blank.
        UnsupportedLanguage: the language is not English.
        ForeignText: most of the text reads as another language.
        ValueError: ``published_on`` is no day of the calendar.
    """
    if not text.strip():
        raise NoText("The article has no text: send its words as text, or its page as html.")
    if language.partition("-")[0].lower() != "en":
        raise UnsupportedLanguage(
            f"Statements are extracted from English articles only, not from {language!r}."
        )
    parts = foreign_parts(text) if foreign is None else foreign
    day = date.fromisoformat(published_on) if published_on else None
    return Article(text, read(without(text, parts)), day, known_speaker).statements()
