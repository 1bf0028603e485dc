"""An HTML page, as the user fetched it, to the article it holds; nothing is ever fetched here."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from api.extraction.text.errors import NoText

LONGEST_PAGE = 3_000_000
"""Code points of markup read at most."""
DEEPEST = 500
"""Elements within elements: a page nested deeper is not one a reader ever saw."""
MOST_ELEMENTS = 50_000
"""Elements of a page."""
MOST_ATTRIBUTES = 500
"""Attributes of an element: their names are compared with each other."""

_LANGUAGE = re.compile(r"(?i)<html[^<>]*?\slang=[\"']?([a-z]{2,3}(?:-[a-z0-9]{2,8})*)")
_TAG = re.compile(r"<(/?)([A-Za-z]\w*)")
_ATTRIBUTE = re.compile(r"""[\s/=]*+[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+""")
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

    refuse_excessive(html)
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


def refuse_excessive(html: str) -> None:
    """Refuse markup that takes too long to read, told from its tags before any parser sees it.

    Raises:
        NoText: the page is too long or too deep, or has too many elements or attributes.
    """
    if len(html) > LONGEST_PAGE:
        raise NoText(f"The page is longer than {LONGEST_PAGE} characters: send the article's text.")
    depth = elements = at = 0
    while tag := _TAG.search(html, at):
        at = tag.end()
        if not tag[1]:
            elements += 1
            at = _end_of_attributes(html, at)
        if elements > MOST_ELEMENTS:
            raise NoText(
                f"The page has more than {MOST_ELEMENTS} elements: send the article's text instead."
            )
        if tag[2].lower() in _UNCLOSED:
            continue
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > DEEPEST:
            raise NoText(
                f"The page's markup is nested more than {DEEPEST} elements deep: send the "
                "article's text instead."
            )


def _end_of_attributes(html: str, at: int) -> int:
    """Where the attributes of a tag end."""
    for _ in range(MOST_ATTRIBUTES + 1):
        attribute = _ATTRIBUTE.match(html, at)
        if attribute is None:
            return at
        at = attribute.end()
    raise NoText(
        f"An element of the page has more than {MOST_ATTRIBUTES} attributes: send the article's "
        "text instead."
    )
