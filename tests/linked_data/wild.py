# ruff: noqa: E501 (a table: a shape a line)
"""Fact-checks as pages of the world carry them: seventy shapes of one ClaimReview.

Each has a name, the document, and the members of which its outcome warns: pointers into it.
``REFUSED`` lack what no fact-check is without.
"""

from typing import Any

_RATING = {
    "@type": "Rating",
    "ratingValue": "1",
    "bestRating": "5",
    "worstRating": "1",
    "alternateName": "False",
}
_ITEM = {
    "@type": "Claim",
    "author": {"@type": "Person", "name": "Ada Brook"},
    "datePublished": "2018-03-30",
}
_AUTHOR = {"@type": "Organization", "name": "Quay Facts", "url": "https://facts.example"}


def review(**changes: Any) -> dict[str, Any]:
    """The fact-check in its plainest shape, but for some members; None takes one away."""
    members = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": "https://facts.example/2018/lighthouse",
        "datePublished": "2018-04-02",
        "author": _AUTHOR,
        "claimReviewed": "The lighthouse was sold",
        "itemReviewed": _ITEM,
        "reviewRating": _RATING,
        **changes,
    }
    return {name: value for name, value in members.items() if value is not None}


def rated(**changes: Any) -> dict[str, Any]:
    """The fact-check with a rating of other members."""
    members = {**_RATING, **changes}
    return review(reviewRating={k: v for k, v in members.items() if v is not None})


def of(**changes: Any) -> dict[str, Any]:
    """The fact-check of a claim of other members."""
    members = {**_ITEM, **changes}
    return review(itemReviewed={k: v for k, v in members.items() if v is not None})


def prefixed(value: Any, prefix: str) -> Any:
    """A document with names and types of schema.org written with a prefix."""
    if isinstance(value, list):
        return [prefixed(each, prefix) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        name if name.startswith("@") else prefix + name: prefix + inner
        if name == "@type"
        else prefixed(inner, prefix)
        for name, inner in value.items()
        if name != "@context"
    }


SHAPES: list[tuple[str, Any, tuple[str, ...]]] = [
    ("plain", review(), ()),
    ("http context", review(**{"@context": "http://schema.org"}), ()),
    ("context with a slash", review(**{"@context": "https://schema.org/"}), ()),
    ("context as a list", review(**{"@context": ["https://schema.org", {"x": "urn:x"}]}), ()),
    ("no context", review(**{"@context": None}), ()),
    ("names with schema:", prefixed(review(), "schema:"), ()),
    ("names with http://schema.org/", prefixed(review(), "http://schema.org/"), ()),
    ("type as a list", review(**{"@type": ["ClaimReview", "Review"]}), ()),
    ("a list around it", [review()], ()),
    ("a list in a list", [[review()]], ()),
    ("in a graph", {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, review()]}, ()),
    ("in an article", {"@type": "NewsArticle", "headline": "Sold?", "review": [review()]}, ()),
    ("in a feed", {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [review()]}]}, ()),
    ("author without address", review(author={"@type": "Organization", "name": "Quay Facts"}), ()),
    ("author as a list", review(author=[_AUTHOR, {"@type": "Person", "name": "Ida Ek"}]), ()),
    ("author as text", review(author="Quay Facts"), ()),
    ("author missing", review(author=None), ()),
    ("author empty", review(author={}), ()),
    ("author of an empty name", review(author={"@type": "Organization", "name": ""}), ()),
    ("author as an id alone", review(author={"@id": "https://facts.example/#org"}), ()),
    ("author's address without a scheme", review(author={**_AUTHOR, "url": "www.facts.example"}), ("/author/url",)),
    ("author's address a path", review(author={**_AUTHOR, "url": "/about us"}), ("/author/url",)),
    ("author's address a handle", review(author={**_AUTHOR, "url": "@quayfacts"}), ("/author/url",)),
    ("author's address a mailbox", review(author={**_AUTHOR, "url": "mailto:desk@facts.example"}), ("/author/url",)),
    ("author's addresses in a list", review(author={**_AUTHOR, "url": ["", "https://facts.example"]}), ()),
    ("publisher with a logo", review(publisher={**_AUTHOR, "logo": {"@type": "ImageObject", "url": "/logo.png"}}), ()),
    ("address without a scheme", review(url="facts.example/2018/lighthouse"), ("/url",)),
    ("address of the page's scheme", review(url="//facts.example/2018/lighthouse"), ("/url",)),
    ("address relative to its id", review(url="/2018/lighthouse", **{"@id": "https://facts.example/#review"}), ("/url",)),
    ("address relative to its page", review(url="lighthouse.html", mainEntityOfPage="https://facts.example/2018/"), ("/url",)),
    ("address with spaces", review(url=" https://facts.example/2018/lighthouse\n"), ()),
    ("address with a space within", review(url="https://facts.example/2018/light house"), ("/url",)),
    ("address with letters of its language", review(url="https://facts.example/2018/leuchtturm-verkauft-für-einen-euro"), ()),
    ("no address but a page", review(url=None, mainEntityOfPage={"@type": "WebPage", "@id": "https://facts.example/2018/lighthouse"}), ()),
    ("address a word, and a page", review(url="N/A", mainEntityOfPage="https://facts.example/2018/lighthouse"), ("/url",)),
    ("date in words", review(datePublished="2 April 2018"), ("/datePublished",)),
    ("date in words, month first", review(datePublished="April 2, 2018"), ("/datePublished",)),
    ("date as in mail", review(datePublished="Mon, 02 Apr 2018 10:00:00 +0000"), ("/datePublished",)),
    ("date without padding", review(datePublished="2018-4-2"), ("/datePublished",)),
    ("date with slashes, year first", review(datePublished="2018/04/02"), ("/datePublished",)),
    ("date with dots", review(datePublished="02.04.2018"), ("/datePublished",)),
    ("date with slashes", review(datePublished="02/04/2018"), ("/datePublished",)),
    ("date with a zone in words", review(datePublished="2018-04-02 10:00:00 UTC"), ("/datePublished",)),
    ("date with a zone without a colon", review(datePublished="2018-04-02T10:00:00+0200"), ()),
    ("date with milliseconds", review(datePublished="2018-04-02T10:00:00.000Z"), ()),
    ("month in words", review(datePublished="April 2018"), ("/datePublished",)),
    ("date of a day there is not", review(datePublished="2018-02-30"), ("/datePublished",)),
    ("date of nothing", review(datePublished="0000-00-00"), ("/datePublished",)),
    ("date in no language we read", review(datePublished="yesterday"), ("/datePublished",)),
    ("date as seconds", review(datePublished=1522663200), ("/datePublished",)),
    ("date of the claim in words", of(datePublished="30th of March 2018"), ("/itemReviewed/datePublished",)),
    ("date of the claim unknown", of(datePublished="Unknown"), ("/itemReviewed/datePublished",)),
    ("date of the claim a year", of(datePublished="2018"), ()),
    ("rating as numbers", rated(ratingValue=1, bestRating=5, worstRating=1), ()),
    ("rating off its scale", rated(ratingValue="7"), ("/reviewRating/ratingValue",)),
    ("rating of nought", rated(ratingValue="0"), ("/reviewRating/ratingValue",)),
    ("rating of a scale upside down", rated(bestRating="1", worstRating="5"), ("/reviewRating/bestRating",)),
    ("rating as a percentage", rated(ratingValue="0%"), ()),
    ("rating of minus one", rated(ratingValue="-1", bestRating="-1", worstRating="-1"), ()),
    ("rating beyond all numbers", rated(ratingValue="999999999999", bestRating=None), ("/reviewRating/ratingValue",)),
    ("label as a list", rated(alternateName=["False", "Falsch"]), ()),
    ("label of languages", rated(alternateName=[{"@language": "en", "@value": "False"}]), ()),
    ("rating as text", review(reviewRating="False"), ()),
    ("rating as a list", review(reviewRating=[_RATING]), ()),
    ("several items", review(itemReviewed=[_ITEM, {**_ITEM, "author": {"@type": "Person", "name": "Bo Falk"}}]), ()),
    ("item with its source", of(appearance=[{"@type": "CreativeWork", "url": "not an address"}]), ("/itemReviewed/appearance/0/url",)),
    ("item of a source of a path", of(firstAppearance={"@type": "CreativeWork", "url": "/p/99", "name": "A post"}), ("/itemReviewed/firstAppearance/url",)),
    ("item with a role of a page", of(author={"@type": "Person", "name": "Ada Brook", "jobTitle": "x" * 600}), ("/itemReviewed/author/jobTitle",)),
    ("headline of a page", review(headline="x" * 1200), ("/headline",)),
    ("language as a word", review(inLanguage="English"), ("/inLanguage",)),
    ("language as a tag of Java", review(inLanguage="pt_BR"), ()),
    ("language too long", review(inLanguage="en-" + "-".join(["abcdefgh"] * 6)), ("/inLanguage",)),
    ("claimant without a type", of(author={"name": "Ada Brook"}), ()),
    ("claimant as text", of(author="Ada Brook"), ()),
    ("claimant of a whole sentence", of(author={"@type": "Person", "name": "It was shared " * 50}), ("/itemReviewed/author/name",)),
]  # fmt: skip

REFUSED: list[tuple[str, Any]] = [
    ("no claim", review(claimReviewed=None)),
    ("no rating", review(reviewRating=None)),
    ("no address", review(url=None)),
    ("rating off its scale, without a label", rated(ratingValue="7", alternateName=None)),
]
