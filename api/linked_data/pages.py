"""An HTML page as it was fetched, to the linked data that it carries in scripts.

The tags are looked for one by one and no tree is made of them: it takes no longer than the page is
long, however it is made.
"""

import html
import json
import re
from dataclasses import dataclass
from typing import Any

from api.linked_data.addresses import is_web_address

MOST_SCRIPTS = 200
"""Scripts of linked data that are read of a page."""

_TAG = re.compile(r"<(?:!--|(script|link|meta|style|textarea)(?=[\s/>]))", re.IGNORECASE)
_MEMBERS = re.compile(r"((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>")
# Characters within which a tag ends.
_LONGEST_TAG = 4096
_MEMBER = re.compile(r"(?<![\w:-])([\w:-]++)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))")
# Nothing within them is a tag, up to their end.
_RAW = frozenset({"script", "style", "textarea"})
_TYPE = re.compile(r"application/ld\+json\s*(?:;.*)?", re.IGNORECASE | re.DOTALL)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{1,40})", re.IGNORECASE)
# What keeps old readers of HTML or XML from reading a script.
_BEFORE = ("//<![CDATA[", "/*<![CDATA[*/", "<![CDATA[", "<!--")
_AFTER = ("//]]>", "/*]]>*/", "]]>", "//-->", "-->", ";")


@dataclass(frozen=True, slots=True)
class Page:
    """The linked data of a page.

    Attributes:
        documents: one for each script, in their order; None where it is no JSON.
        faults: why a script cannot be read, by its number.
        address: what the page says its own address is.
    """

    documents: list[Any]
    faults: dict[int, str]
    address: str | None


def read_page(markup: str) -> Page:
    """Read the linked data of a page."""
    documents, faults = list[Any](), dict[int, str]()
    address, position = None, 0
    while (tag := _TAG.search(markup, position)) is not None:
        if tag[1] is None:
            position = _after(markup, "-->", tag.end())
            continue
        within = _MEMBERS.match(markup, tag.end(), tag.end() + _LONGEST_TAG)
        if within is None:
            # Its end is not looked for any further, and nothing is looked through twice.
            position = tag.end() + _LONGEST_TAG
            continue
        name, members, position = tag[1].lower(), _members(within[1]), within.end()
        if name not in _RAW:
            address = address or _own_address(members)
            continue
        start, position = position, _end_of(markup, name, position)
        if name == "script" and _TYPE.fullmatch(members.get("type", "").strip()):
            if len(documents) == MOST_SCRIPTS:
                break
            try:
                documents.append(_document(markup[start:position]))
            except (ValueError, RecursionError) as error:
                faults[len(documents)] = f"The script cannot be read as JSON: {error}."
                documents.append(None)
    return Page(documents, faults, address)


def decoded(page: bytes, charset: str | None) -> str:
    """A page's text, by the charset that is told with it or in it, else UTF-8.

    Raises:
        ValueError: it cannot be read so.
    """
    within = _CHARSET.search(page[:4096])
    told = charset or (within[1].decode("ascii", "replace") if within else "utf-8")
    try:
        return page.decode("utf-8-sig" if told.lower() in ("utf-8", "utf8") else told)
    except LookupError as error:
        raise ValueError(f"{told!r} is no charset that is known here") from error


def _members(text: str) -> dict[str, str]:
    return {
        each[1].lower(): html.unescape(each[2] or each[3] or each[4] or "")
        for each in _MEMBER.finditer(text)
    }


def _own_address(members: dict[str, str]) -> str | None:
    told = None
    if "canonical" in members.get("rel", "").lower().split():
        told = members.get("href")
    elif members.get("property", "").lower() == "og:url":
        told = members.get("content")
    told = (told or "").strip()
    return told if is_web_address(told) else None


def _end_of(markup: str, name: str, position: int) -> int:
    """Where the end tag of an element begins."""
    end = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(markup, position)
    return end.start() if end is not None else len(markup)


def _after(markup: str, mark: str, position: int) -> int:
    found = markup.find(mark, position)
    return len(markup) if found < 0 else found + len(mark)


def _document(script: str) -> Any:
    text = script.strip()
    for mark in _BEFORE:
        text = text.removeprefix(mark).strip()
    for mark in _AFTER:
        text = text.removesuffix(mark).strip()
    # Pages have line ends and tabs within their texts.
    return json.loads(text, strict=False, parse_constant=_refuse)


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
