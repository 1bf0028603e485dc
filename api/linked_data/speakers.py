"""Whose a claim is, as fact-checks name claimants."""

import re

from api.extraction import speaker_kind
from api.language.words.crowds import is_crowd
from api.linked_data.nodes import Node, Value

UNKNOWN = "Unnamed claimant"
"""The speaker of claims for which a fact-check names nobody."""

_WIKIDATA = re.compile(r"https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/(Q[1-9][0-9]{0,18})/?")
# As long as the API's own calls take it.
_LONGEST_NAME = 500
# Kinds of organisation whose names do not say so.
_BODIES = {
    "Airline",
    "Consortium",
    "Cooperative",
    "Corporation",
    "FundingAgency",
    "LibrarySystem",
    "LocalBusiness",
    "NGO",
    "OnlineBusiness",
    "PoliticalParty",
    "Project",
    "WorkersUnion",
}


def claimant(item: Node) -> tuple[dict[str, Value], Value | None]:
    """Who made the claim that is reviewed, as a speaker, and in what role.

    Of several authors it is the first who has a name. Without one, it is the document that the
    claim is part of, then whom it is credited to, then an unnamed claimant.
    """
    unread: Value | None = None
    for each in item.values("author"):
        name = each.text("name") if isinstance(each, Node) else item.text("author")
        if name is None or len(name.value) > _LONGEST_NAME:
            unread = unread or name
            continue
        if not isinstance(each, Node):
            return {"name": name, "kind": Value(speaker_kind(name.value), name.pointer)}, None
        speaker = {"name": name, "kind": _kind(each, name)}
        wikidata = _wikidata(each)
        return speaker | ({"wikidata": wikidata} if wikidata else {}), each.text("jobTitle")
    document = item.node("isPartOf")
    title = document.text("name") if document is not None else None
    if title is not None:
        return {"name": title, "kind": Value("document", title.pointer)}, None
    name = item.text("creditText") or Value(UNKNOWN, item.at("author"))
    if unread is not None:
        name = Value(UNKNOWN, unread.pointer, "Too long for a name: left out.")
    return {"name": name, "kind": Value("unnamed", name.pointer)}, None


def _kind(author: Node, name: Value) -> Value:
    if is_crowd(name.value) and _wikidata(author) is None:
        # Fact-checks type "Multiple sources" as a person or an organisation, as nothing else fits.
        return Value("unnamed", author.pointer)
    if "Person" in author.types:
        return Value("person", author.pointer)
    if author.types & _BODIES or any(each.endswith("Organization") for each in author.types):
        return Value("organization", author.pointer)
    return Value(speaker_kind(name.value), name.pointer)


def _wikidata(author: Node) -> Value | None:
    for name in ("sameAs", "@id", "identifier", "url"):
        for each in author.values(name):
            address = each.address("url", "@id") if isinstance(each, Node) else each
            known = _WIKIDATA.fullmatch(str(address.value)) if address else None
            if known and address:
                return Value(known[1], address.pointer)
    return None
