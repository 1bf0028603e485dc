"""What an article is read from: the text, and what the caller and the page say of its source."""

import hashlib
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from api.extraction import ExtractionError, Page
from api.extraction.text.html import LONGEST_PAGE
from api.language.parsing import size
from api.language.words.folding import visible
from api.services.articles.page_reader import read_page
from api.services.common.errors import Invalid, TooLarge
from api.services.contradictions.analysis_store import limits

# Neither words nor white space: bytes of something that is no text, characters of another encoding
# (0x93 is a quotation mark in Windows-1252), and what stands for those that were lost.
_ILLEGIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd]")
# Papers let one slip in now and then; a text that was read wrongly has one for each mark in it.
_MOST_ILLEGIBLE = 1 / 200
_LONGEST = {"title": 1000, "publisher": 500, "url": 2048}


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of an article, where it was sent (``/text`` or ``/html``), and its source's data."""

    text: str
    pointer: str
    source: dict[str, Any]

    @property
    def text_hash(self) -> str:
        """What tells its text from every other, in hexadecimal digits."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def reading(given: dict[str, Any], most_characters: int) -> Reading:
    """The text to read; what the caller says of the source wins over what the page says.

    Raises:
        Invalid: the page has no main text, the text is no text, or nothing names the source.
        TooLarge: the text is longer than an article may be, or the page than any is.
    """
    source = given.get("source") or {}
    if "html" in given:
        page, pointer = _page(given["html"]), "/html"
        text = page.text
        if "id" not in source:
            source = {**_told(page), **source}
    else:
        text, pointer = given["text"], "/text"
    _refuse_illegible(text, pointer)
    if len(text) > most_characters:
        raise TooLarge(
            f"The article has {len(text)} characters, one may have {most_characters}: "
            "send its parts as articles of their own."
        )
    if (words := size(text)) > limits.article_words:
        raise TooLarge(
            f"The article has {words} words and marks, one may have {limits.article_words}: "
            "send its parts as articles of their own."
        )
    if not (source.get("id") or source.get("title") or source.get("url")):
        raise Invalid("/source", "Nothing names the source: give its title or its url.")
    return Reading(text, pointer, source)


def _page(html: str) -> Page:
    if len(html) > LONGEST_PAGE:
        raise TooLarge(
            f"The page has {len(html)} characters, one may have {LONGEST_PAGE}: "
            "send the article's text."
        )
    try:
        return read_page(html)
    except ExtractionError as error:
        raise Invalid("/html", str(error)) from error


def _told(page: Page) -> dict[str, Any]:
    """What a page says of itself, as far as it can be kept."""
    told = {
        "title": visible(page.title or ""),
        "url": page.url,
        "publisher": visible(page.publisher or ""),
        "published_on": page.published_on,
        "language": page.language and page.language.lower(),
    }
    return {
        name: value
        for name, value in told.items()
        if value and len(value) <= _LONGEST.get(name, len(value)) and not _ILLEGIBLE.search(value)
        if name != "url" or urlsplit(value).scheme in ("http", "https")
    }


def _refuse_illegible(text: str, pointer: str) -> None:
    illegible = _ILLEGIBLE.findall(text)
    if len(illegible) > len(text) * _MOST_ILLEGIBLE:
        raise Invalid(
            pointer,
            f"{len(illegible)} of its characters are no text, the first is "
            f"U+{ord(illegible[0]):04X}: this is binary, or was decoded as what it is not.",
        )
