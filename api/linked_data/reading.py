"""A ClaimReview as it is found in the world, read to what the API's own calls take."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from api.language.identification import ENGLISH, identify
from api.linked_data.nodes import Node, Value, plain
from api.linked_data.ratings import rating
from api.linked_data.speakers import UNKNOWN, claimant

# What is told of a source, and where each part of it stands.
_Source = tuple[dict[str, Any], dict[str, str]]
_SITE = re.compile(r"(?://)?[\w-]+(?:\.[\w-]+)+(?:[:/?#]\S*)?")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Reading:
    """A fact-check that was read: a review with the statement that it is of.

    Attributes:
        pointer: the JSON Pointer to where it stands in the document.
        given: what was read, under the names that the API's own calls have.
        places: for pointers into ``given``, where that stands, or should, in the document.
    """

    pointer: str
    given: dict[str, Any]
    places: dict[str, str]


class Draft:
    """What is read of a fact-check, piece by piece, each with its place."""

    def __init__(self) -> None:
        self.given: dict[str, Any] = {"statement": {"kind": "claim"}, "appearances": []}
        self.places: dict[str, str] = {}

    def put(self, pointer: str, found: Value | None, place: str) -> None:
        """Keep a value under a pointer into what is given, and where it is or would be."""
        self.places[pointer] = found.pointer if found is not None else place
        if found is None:
            return
        *path, last = pointer.strip("/").split("/")
        target = self.given
        for name in path:
            target = target.setdefault(name, {})
        target[last] = found.value

    def read(self, pointer: str) -> Reading:
        """All of it, with the language of the claim, which decides whether it is compared."""
        statement = self.given["statement"]
        if "language" not in statement and "text" in statement:
            of_review = self.given.get("language", ENGLISH)
            is_english = of_review.partition("-")[0] == ENGLISH
            # Fact-checks in English are of claims in any language, and quote them as they were.
            statement["language"] = identify(statement["text"]) if is_english else of_review
        return Reading(pointer, self.given, self.places)


def read_claim_review(node: Node) -> Reading:
    """Read a ClaimReview with the claim it reviews."""
    draft = Draft()
    draft.put("/url", node.address("url", "mainEntityOfPage", "@id"), node.at("url"))
    draft.put("/title", node.text("headline", "name"), node.at("headline"))
    draft.put(
        "/published_on", day(node.text("datePublished", "temporal")), node.at("datePublished")
    )
    draft.put("/language", language(node), node.at("inLanguage"))
    _read_author(draft, node)
    draft.given["rating"], rated = rating(node)
    draft.places |= rated
    _read_claim(draft, node)
    return draft.read(node.pointer)


def day(found: Value | None) -> Value | None:
    """A date without its time of day; what is none stays as it is, to be refused."""
    if found is None:
        return None
    try:
        return Value(datetime.fromisoformat(found.value).date().isoformat(), found.pointer)
    except ValueError:
        return found


def language(node: Node) -> Value | None:
    """The language tag of a node: ``pt_br`` as ``pt-br``; names of languages tell none."""
    for each in node.values("inLanguage"):
        found = each.text("alternateName", "name") if isinstance(each, Node) else each
        if found is not None and isinstance(found.value, str) and _TAG.fullmatch(found.value):
            first, *rest = found.value.replace("_", "-").split("-")
            return Value("-".join([first.lower(), *rest]), found.pointer)
    return None


def web_address(found: Value | None) -> Value | None:
    """An address that may lack its scheme, as sites are named: ``facts.example``."""
    if found is None or not _SITE.fullmatch(found.value):
        return found
    return Value(f"https://{found.value.lstrip('/')}", found.pointer)


def _read_author(draft: Draft, node: Node) -> None:
    place = draft.places["/author"] = node.at("author")
    for name in ("author", "publisher", "sdPublisher"):
        for each in node.values(name):
            called = each.text("name") if isinstance(each, Node) else node.text(name)
            address = each.address("url", "sameAs") if isinstance(each, Node) else None
            if called is None and address is None:
                continue
            is_person = isinstance(each, Node) and "Person" in each.types
            kind = Value("person" if is_person else "organization", each.pointer)
            draft.put("/author/name", called or host(address), place)
            draft.put("/author/kind", kind, place)
            draft.put("/author/url", web_address(address), place)
            return
    name_of_site = host(node.address("url", "mainEntityOfPage", "@id"))
    draft.put("/author/name", name_of_site, place)


def host(address: Value | None) -> Value | None:
    """The name of the site that an address leads to."""
    site = re.sub(r"\Ahttps?://(?:www\.)?", "", address.value) if address else ""
    name = re.split(r"[/?#]", site)[0]
    return Value(name, address.pointer) if name and address else None


def _read_claim(draft: Draft, node: Node) -> None:
    """The claim as a statement; its words also as the review has them."""
    item = node.node("itemReviewed") or Node({}, node.at("itemReviewed"))
    text = node.text("claimReviewed")
    is_work = text is not None and not item.types & {"Claim", "Quotation"}
    if text is None:
        text = node.text("itemReviewed") or item.text("text", "headline", "description")
    draft.put("/claim", text, node.at("claimReviewed"))
    draft.put("/statement/text", text, node.at("claimReviewed"))
    said = day(item.text("datePublished", "dateCreated", "temporal"))
    draft.put("/statement/said_on", said, item.at("datePublished"))
    own = language(item)
    if own is not None:
        draft.put("/statement/language", own, item.at("inLanguage"))
    speaker, role = claimant(item)
    for name, found in speaker.items():
        draft.put(f"/statement/speaker/{name}", found, item.at("author"))
    draft.put("/statement/role", role, item.at("author"))
    if speaker["name"].value != UNKNOWN:
        draft.put("/claimant", speaker["name"], item.at("author"))
    _read_appearances(draft, item, is_work, text)


def _read_appearances(draft: Draft, item: Node, is_work: bool, text: Value | None) -> None:
    """Where the claim was published: the first place as its source, and the others."""
    works = [each for name in ("firstAppearance", "appearance") for each in item.values(name)]
    if is_work:
        # Before there was a Claim, the work in which it was made stood in its place.
        works.insert(0, item)
    draft.places["/appearances"] = item.at("appearance")
    sources = [found for each in works if (found := _source(each)) is not None]
    if is_work and sources and sources[0][0] == {"title": text and text.value}:
        del sources[0]
    for number, (source, places) in enumerate(sources):
        where = "/statement/source" if number == 0 else f"/appearances/{number - 1}/source"
        draft.places |= {f"{where}/{name}": place for name, place in places.items()}
        if number == 0:
            draft.given["statement"]["source"] = source
        else:
            draft.given["appearances"].append({"source": source})


def _source(work: Node | Value) -> _Source | None:
    if isinstance(work, Value):
        told = web_address(plain(work))
        if told is None:
            return None
        name = "url" if _SCHEME.fullmatch(told.value) else "title"
        return {name: told.value}, {name: told.pointer}
    found = {
        "url": web_address(work.address("url", "@id")),
        "title": work.text("headline", "name"),
        "publisher": work.text("publisher"),
        "published_on": day(work.text("datePublished", "temporal")),
    }
    known = {name: each for name, each in found.items() if each is not None}
    if "url" not in known and "title" not in known:
        return None
    return (
        {name: each.value for name, each in known.items()},
        {name: each.pointer for name, each in known.items()},
    )
