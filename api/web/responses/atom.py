"""Lists as Atom feeds (RFC 4287), page by page (RFC 5005), for readers of feeds.

Ids are ``urn:uuid`` names made from the beginning of the ledger's history, which no other ledger
has: they stay when the ledger moves to another host, is copied or restored.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid5

from flask import request
from lxml import etree
from lxml.builder import ElementMaker

from api import __version__
from api.services.reading import queries
from api.web.http.media_types import ATOM
from api.web.responses.pages import PAGING

_NAME = "Counterclaim"
_NAMESPACE = "http://www.w3.org/2005/Atom"
_E = ElementMaker(namespace=_NAMESPACE, nsmap={None: _NAMESPACE})
# What XML 1.0 cannot carry, not even escaped.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Link:
    """Where something is, and what that is to the entry."""

    relation: str
    address: str
    media_type: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing of a list as readers see it."""

    name: str
    """What tells it from all else in the ledger: ``contradictions/7``."""
    title: str
    published: str
    updated: str
    summary: str
    html: str
    links: Sequence[Link]
    topics: Iterable[str]


def feed(title: str, entries: Sequence[Entry], following: str | None) -> bytes:
    """A page of a feed.

    Args:
        title: of the whole list; what it is narrowed to is added.
        entries: the page's, the latest first.
        following: the address of the next page; None on the last.
    """
    kept = [pair for pair in request.args.items(multi=True) if pair[0] != "cursor"]
    narrowed = [pair for pair in kept if pair[0] not in PAGING]
    first = f"{request.base_url}?{urlencode(kept)}" if kept else request.base_url
    links = [Link("self", request.url, ATOM), Link("first", first, ATOM)]
    if following is not None:
        links.append(Link("next", following, ATOM))
    told = ", ".join(f"{name} {value}" for name, value in narrowed)
    namespace = UUID(bytes=queries.ledger_origin()[:16])
    updated = max((entry.updated for entry in entries), default=None) or queries.last_changed_at()
    document = _E.feed(
        # The filters of one list in another order are the same list.
        _id(namespace, f"{request.path}?{urlencode(sorted(narrowed))}"),
        _text("title", f"{title}: {told}" if told else title),
        _E.updated(updated),
        _E.author(_E.name(_NAME)),
        _E.generator(_NAME, version=__version__),
        *map(_link, links),
        *(_entry(namespace, entry) for entry in entries),
    )
    written: bytes = etree.tostring(document, xml_declaration=True, encoding="utf-8")
    return written


def _entry(namespace: UUID, entry: Entry) -> Any:
    return _E.entry(
        _id(namespace, entry.name),
        _text("title", entry.title),
        _E.published(entry.published),
        _E.updated(entry.updated),
        *map(_link, entry.links),
        *(_E.category(term=_carried(topic)) for topic in entry.topics),
        _text("summary", entry.summary),
        _text("content", entry.html, type="html"),
    )


def _id(namespace: UUID, name: str) -> Any:
    return _E.id(uuid5(namespace, name).urn)


def _link(link: Link) -> Any:
    attributes: Mapping[str, str | None] = {
        "rel": link.relation,
        "type": link.media_type,
        "href": _carried(link.address),
    }
    return _E.link(**{name: value for name, value in attributes.items() if value})


def _text(element: str, text: str, **attributes: str) -> Any:
    return _E(element, _carried(text), **attributes)


def _carried(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)
