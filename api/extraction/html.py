"""An HTML page, as the user fetched it, to the article it holds; nothing is ever fetched here."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from api.extraction.errors import NoText

LONGEST_PAGE = 3_000_000
"""Code points of markup read at most."""
DEEPEST = 500
"""Elements within elements: a page nested deeper is not one a reader ever saw."""

_LANGUAGE = re.compile(r"(?i)<html[^<>]*?\slang=[\"']?([a-z]{2,3}(?:-[a-z0-9]{2,8})*)")
_TAG = re.compile(r"<(/?)([A-Za-z]\w*)")
_UNCLOSED = frozenset(
    {"area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta"}
    | {"option", "p", "param", "path", "source", "td", "th", "tr", "track", "wbr"}
)
"""Elements that pages leave open, so that counting them would find depth where there is none."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page's article: ``text`` has a line for each paragraph, the rest is None where not told.

    ``published_on`` is ``YYYY-MM-DD``, ``language`` the page's tag ("en-GB"), ``url`` canonical.
    """

    text: str
    title: str | None
    url: str | None
    publisher: str | None
    published_on: str | None
    language: str | None


def read_html(html: str) -> Page:
    """Find a page's main text and what it says of itself.

    Raises:
        NoText: the page holds no main text, is too long or too deep, or is no HTML.
    """
    import trafilatura

    if len(html) > LONGEST_PAGE:
        raise NoText(f"The page is longer than {LONGEST_PAGE} characters: send the article's text.")
    if _depth(html) > DEEPEST:
        raise NoText("The page's markup is nested too deeply: send the article's text instead.")
    try:
        found = trafilatura.extract(
            html,
            output_format="json",
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            deduplicate=False,
            favor_precision=True,
        )
    except (ValueError, RecursionError) as error:
        raise NoText("The page cannot be read as HTML: send the article's text instead.") from error
    if not found:
        raise NoText("The page has no main text: send the article's text instead.")
    page = json.loads(found)
    return Page(
        text=page["text"],
        title=page.get("title") or None,
        url=page.get("source") or None,
        publisher=page.get("source-hostname") or page.get("hostname") or None,
        published_on=page.get("date") or None,
        language=language[1] if (language := _LANGUAGE.search(html)) else None,
    )


def _depth(html: str) -> int:
    """How deep elements nest at most, counted from the tags alone, before any parser sees them."""
    deepest = depth = 0
    for tag in _TAG.finditer(html):
        if tag[2].lower() in _UNCLOSED:
            continue
        depth = max(0, depth - 1) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest
