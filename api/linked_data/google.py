"""Claims as the ``claims:search`` call of Google's Fact Check Tools answers them."""

import re
from collections.abc import Iterator

from api.extraction import speaker_kind
from api.linked_data.addresses import host, web_address
from api.linked_data.dates import day
from api.linked_data.nodes import Node, Value
from api.linked_data.ratings import short
from api.linked_data.reading import Draft, Reading
from api.linked_data.speakers import UNKNOWN

_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def read_claim(claim: Node) -> Iterator[Reading]:
    """Read each review of a claim; a claim without any is one that has no address and no rating."""
    reviews = [each for each in claim.values("claimReview") if isinstance(each, Node)]
    for review in reviews or [Node({}, claim.at("claimReview"))]:
        yield _read(claim, review)


def _read(claim: Node, review: Node) -> Reading:
    draft = Draft()
    address = web_address(review.text("url"))
    draft.put("/url", address, review.at("url"))
    draft.put("/title", review.text("title"), review.at("title"))
    draft.put("/published_on", day(review.text("reviewDate")), review.at("reviewDate"))
    publisher = review.node("publisher") or Node({}, review.at("publisher"))
    draft.places["/author"] = publisher.pointer
    site = web_address(publisher.text("site"))
    # A site is named without its scheme there.
    site = site and Value(site.value, site.pointer)
    name = publisher.text("name") or host(site) or host(address)
    draft.put("/author/name", name, publisher.at("name"))
    draft.put("/author/url", site, publisher.at("site"))
    draft.put("/rating/label", short(review.text("textualRating")), review.at("textualRating"))
    draft.places["/rating"] = review.at("textualRating")
    language = review.text("languageCode")
    if language is not None and _TAG.fullmatch(language.value):
        draft.put("/language", language, review.at("languageCode"))
    _read_statement(draft, claim)
    return draft.read(review.pointer)


def _read_statement(draft: Draft, claim: Node) -> None:
    text = claim.text("text")
    draft.put("/claim", text, claim.at("text"))
    draft.put("/statement/text", text, claim.at("text"))
    draft.put("/statement/said_on", day(claim.text("claimDate")), claim.at("claimDate"))
    place = claim.at("claimant")
    claimant = claim.text("claimant")
    kind = speaker_kind(claimant.value) if claimant else "unnamed"
    name = claimant or Value(UNKNOWN, place)
    draft.put("/claimant", claimant, place)
    draft.put("/statement/speaker/name", name, place)
    draft.put("/statement/speaker/kind", Value(kind, place), place)
