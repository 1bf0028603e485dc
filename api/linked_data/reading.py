"""A ClaimReview as it is found in the world, read to what the API's own calls take."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from api.language.words.identification import ENGLISH, identify
from api.linked_data.addresses import first_whole, host, web_address
from api.linked_data.dates import day
from api.linked_data.nodes import Node, Value, plain
from api.linked_data.ratings import rating
from api.linked_data.speakers import UNKNOWN, claimant

# What is told of a source, each part with where it stands.
_Source = dict[str, Value]
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
# As long as the API's own calls take them.
_LONGEST_TAG = 35
_LONGEST_NAME = 500
_MOST_APPEARANCES = 100


@dataclass(frozen=True, slots=True)
class Reading:
    """A fact-check that was read: a review with the statement that it is of.

    Attributes:
        pointer: the JSON Pointer to where it stands in the document.
        given: what was read, under the names that the API's own calls have.
        places: for pointers into ``given``, where that stands, or should, in the document.
        warnings: what is read otherwise than it is written, or left out: pointers into the
            document, each with what became of it.
    """

    pointer: str
    given: dict[str, Any]
    places: dict[str, str]
    warnings: dict[str, str]


class Draft:
    """What is read of a fact-check, piece by piece, each with its place."""

    def __init__(self) -> None:
        self.given: dict[str, Any] = {"statement": {"kind": "claim"}, "appearances": []}
        self.places: dict[str, str] = {}
        self.warnings: dict[str, str] = {}

    def put(self, pointer: str, found: Value | None, place: str) -> None:
        """Keep a value under a pointer into what is given, and where it is or would be."""
        self.places[pointer] = found.pointer if found is not None else place
        if found is None:
            return
        self.warn(found)
        if found.value is None:
            return
        *path, last = pointer.strip("/").split("/")
        target = self.given
        for name in path:
            target = target.setdefault(name, {})
        target[last] = found.value

    def warn(self, found: Value) -> None:
        """Keep what was done to a value to read it."""
        if found.note is not None:
            self.warnings[found.pointer] = found.note

    def read(self, pointer: str) -> Reading:
        """All of it, with the language of the claim, which decides whether it is compared."""
        statement = self.given["statement"]
        if "language" not in statement and "text" in statement:
            of_review = self.given.get("language", ENGLISH)
            is_english = of_review.partition("-")[0] == ENGLISH
            # Fact-checks in English are of claims in any language, and quote them as they were.
            statement["language"] = identify(statement["text"]) if is_english else of_review
        return Reading(pointer, self.given, self.places, self.warnings)


def read_claim_review(node: Node, page: str | None = None) -> Reading:
    """Read a ClaimReview with the claim it reviews.

    Args:
        node: the ClaimReview.
        page: the address of the page that it stands in, where that is known.
    """
    draft = Draft()
    candidates = list(node.addresses("url", "mainEntityOfPage", "@id"))
    address = first_whole(candidates, page)
    if address is None and page is not None:
        address = Value(page, node.at("url"))
    draft.put("/url", address, node.at("url"))
    page = page if page or address is None else address.value
    own = language(node)
    tag = own.value if own is not None else None
    draft.put("/title", node.text("headline", "name"), node.at("headline"))
    published = day(node.text("datePublished", "temporal"), tag)
    draft.put("/published_on", published, node.at("datePublished"))
    draft.put("/language", own, node.at("inLanguage"))
    _read_author(draft, node, page, address)
    draft.given["rating"], rated, warnings = rating(node)
    draft.places |= rated
    draft.warnings |= warnings
    _read_claim(draft, node, page, tag)
    return draft.read(node.pointer)


def language(node: Node) -> Value | None:
    """The language tag of a node: ``pt_br`` as ``pt-br``; names of languages tell none."""
    unread = None
    for each in node.values("inLanguage"):
        found = each.text("alternateName", "name") if isinstance(each, Node) else each
        if found is None or not isinstance(found.value, str):
            continue
        if len(found.value) <= _LONGEST_TAG and _TAG.fullmatch(found.value):
            first, *rest = found.value.replace("_", "-").split("-")
            return Value("-".join([first.lower(), *rest]), found.pointer)
        note = f"{found.value[:_LONGEST_TAG]!r} is no language tag such as pt-BR: left out."
        unread = unread or Value(None, found.pointer, note)
    return unread


def _read_author(draft: Draft, node: Node, page: str | None, of_review: Value | None) -> None:
    place = draft.places["/author"] = node.at("author")
    for name in ("author", "publisher", "sdPublisher"):
        for each in node.values(name):
            called = each.text("name") if isinstance(each, Node) else node.text(name)
            address = each.address("url", "sameAs") if isinstance(each, Node) else None
            if called is not None and len(called.value) > _LONGEST_NAME:
                draft.warnings[called.pointer] = "Too long for a name: left out."
                called = None
            if called is None and address is None:
                continue
            is_person = isinstance(each, Node) and "Person" in each.types
            kind = Value("person" if is_person else "organization", each.pointer)
            address = web_address(address, page)
            draft.put("/author/name", called or host(address), place)
            draft.put("/author/kind", kind, place)
            draft.put("/author/url", address, place)
            return
    draft.put("/author/name", host(of_review), place)


def _read_claim(draft: Draft, node: Node, page: str | None, tag: str | None) -> None:
    """The claim as a statement; its words also as the review has them."""
    item = node.node("itemReviewed") or Node({}, node.at("itemReviewed"))
    text = node.text("claimReviewed")
    is_work = text is not None and not item.types & {"Claim", "Quotation"}
    if text is None:
        text = node.text("itemReviewed") or item.text("text", "headline", "description")
    draft.put("/claim", text, node.at("claimReviewed"))
    draft.put("/statement/text", text, node.at("claimReviewed"))
    own = language(item)
    if own is not None and own.value is not None:
        tag = own.value
    said = day(item.text("datePublished", "dateCreated", "temporal"), tag)
    draft.put("/statement/said_on", said, item.at("datePublished"))
    if own is not None:
        draft.put("/statement/language", own, item.at("inLanguage"))
    speaker, role = claimant(item)
    for name, found in speaker.items():
        draft.put(f"/statement/speaker/{name}", found, item.at("author"))
    draft.put("/statement/role", role, item.at("author"))
    if speaker["name"].value != UNKNOWN:
        draft.put("/claimant", speaker["name"], item.at("author"))
    told = [_source(each, page, tag) for each in _works(item, is_work)]
    sources = [each for each in told if each]
    # Before there was a Claim, the work in which it was made stood in its place.
    if is_work and sources and text is not None and _is_titled(sources[0], text.value):
        del sources[0]
    draft.places["/appearances"] = item.at("appearance")
    _put_sources(draft, sources)


def _is_titled(source: _Source, title: str) -> bool:
    """Whether a title is all that is told of a source."""
    return source.keys() == {"title"} and source["title"].value == title


def _works(item: Node, is_work: bool) -> list[Node | Value]:
    """Where the claim was published."""
    works = [each for name in ("firstAppearance", "appearance") for each in item.values(name)]
    return [item, *works] if is_work else works


def _put_sources(draft: Draft, sources: list[_Source]) -> None:
    """Keep the first place of publication as the claim's source, and the others."""
    further = sources[1:]
    if len(further) > _MOST_APPEARANCES:
        draft.warnings[draft.places["/appearances"]] = (
            f"{len(further)} appearances: the first {_MOST_APPEARANCES} are kept."
        )
    for number, source in enumerate(sources[: _MOST_APPEARANCES + 1]):
        where = "/statement/source" if number == 0 else f"/appearances/{number - 1}/source"
        draft.places[where] = next(iter(source.values())).pointer
        for name, each in source.items():
            draft.places[f"{where}/{name}"] = each.pointer
            draft.warn(each)
        told = {name: each.value for name, each in source.items() if each.value is not None}
        if number == 0:
            draft.given["statement"]["source"] = told
        else:
            draft.given["appearances"].append({"source": told})


def _source(work: Node | Value, page: str | None, tag: str | None) -> _Source | None:
    if isinstance(work, Value):
        told = web_address(plain(work), page)
        if told is None:
            return None
        return {"url" if _SCHEME.fullmatch(told.value) else "title": told}
    found = {
        "url": web_address(work.address("url", "@id"), page),
        "title": work.text("headline", "name"),
        "publisher": work.text("publisher"),
        "published_on": day(work.text("datePublished", "temporal"), tag),
    }
    known = {name: each for name, each in found.items() if each is not None}
    return known if {"url", "title"} & known.keys() else None
