"""What the ledger shows as schema.org has it: ClaimReview, Claim, Quotation, and contradictions.

Schema.org has no type for two statements that are held against each other: a contradiction is a
CreativeWork about both, with terms of a vocabulary of its own (``docs/reviews.md``).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

Shown = Mapping[str, Any]

SCHEMA_ORG = "https://schema.org"
TERMS = "urn:counterclaim:terms:"
"""The namespace of the terms that schema.org lacks."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_EXTENDED = [SCHEMA_ORG, {"cc": TERMS}]
_AUTHORS = {"person": "Person", "organization": "Organization"}
_SPEAKERS = {**_AUTHORS, "document": "CreativeWork", "unnamed": "Thing"}
_WIKIDATA = "http://www.wikidata.org/entity/"


@dataclass(frozen=True, slots=True)
class World:
    """What linked data is written with beside what is shown.

    Attributes:
        base: the address under which the API is called, with a slash at its end.
        wikidata: the Wikidata ids of the speakers that are shown, by their own.
    """

    base: str
    wikidata: Mapping[int, str]


def claim_reviews(shown: Shown, world: World) -> dict[str, Any]:
    """A review, or a page of them, as ClaimReview, as the ledger shows it."""
    return _document(shown, world, _claim_review, SCHEMA_ORG)


def claims(shown: Shown, world: World) -> dict[str, Any]:
    """A statement, or a page of them, as Claim or Quotation."""
    return _document(shown, world, _statement, SCHEMA_ORG)


def speakers(shown: Shown, world: World) -> dict[str, Any]:
    """A speaker, or a page of them, as Person, Organization, CreativeWork or, unnamed, Thing."""
    return _document(shown, world, _speaker_alone, SCHEMA_ORG)


def contradictions(shown: Shown, world: World) -> dict[str, Any]:
    """A contradiction, or a page of them."""
    return _document(shown, world, _contradiction, _EXTENDED)


def _document(
    shown: Shown, world: World, write: Callable[[Shown, World], dict[str, Any]], context: Any
) -> dict[str, Any]:
    if "items" in shown:
        return {"@context": context, "@graph": [write(each, world) for each in shown["items"]]}
    return {"@context": context, **write(shown, world)}


def _speaker_alone(speaker: Shown, world: World) -> dict[str, Any]:
    kind = speaker["kind"]
    # It is passed through as it is stored: as the text of JSON.
    aliases = orjson.loads(orjson.dumps(speaker["aliases"]))
    role = {"person": "jobTitle"}.get(kind, "description")
    return _told(
        {
            "@type": _SPEAKERS[kind],
            "@id": f"{world.base}v1/speakers/{speaker['id']}",
            "name": speaker["name"],
            "alternateName": aliases or None,
            role: speaker["role"],
            "sameAs": _same(speaker["wikidata"]),
        }
    )


def _same(wikidata: str | None) -> str | None:
    return wikidata and f"{_WIKIDATA}{wikidata}"


def _claim_review(review: Shown, world: World) -> dict[str, Any]:
    author, rating = review["author"], review["rating"]
    return _told(
        {
            "@type": "ClaimReview",
            "@id": f"{world.base}v1/reviews/{review['id']}",
            "url": review["url"],
            "headline": review["title"],
            "claimReviewed": review["claim"] or review["statement"]["text"],
            "datePublished": _date(review["published_on"]),
            "temporal": _vague(review["published_on"]),
            "inLanguage": review["language"],
            "author": _told(
                {"@type": _AUTHORS[author["kind"]], "name": author["name"], "url": author["url"]}
            ),
            "reviewRating": _told(
                {
                    "@type": "Rating",
                    "ratingValue": _number(rating["value"]),
                    "bestRating": _number(rating["best"]),
                    "worstRating": _number(rating["worst"]),
                    "alternateName": rating["label"],
                    "ratingExplanation": rating["explanation"],
                }
            ),
            # A Claim even where it is a quote: that is what readers of ClaimReview look for.
            "itemReviewed": _claim(review["statement"], world),
        }
    )


def _statement(statement: Shown, world: World) -> dict[str, Any]:
    if statement["kind"] == "claim":
        return _claim(statement, world)
    source = {"isBasedOn": _source(statement, world)}
    return _told({"@type": "Quotation", **_utterance(statement, world), **source})


def _claim(statement: Shown, world: World) -> dict[str, Any]:
    source = {"firstAppearance": _source(statement, world)}
    return _told({"@type": "Claim", **_utterance(statement, world), **source})


def _utterance(statement: Shown, world: World) -> dict[str, Any]:
    said_on = statement["said_on"]
    return {
        "@id": f"{world.base}v1/statements/{statement['id']}",
        "text": statement["text"],
        **_speaker(statement, world),
        "datePublished": _date(said_on),
        "temporal": _vague(said_on),
        "inLanguage": statement["language"],
        "keywords": statement["topics"],
        "creativeWorkStatus": statement["status"],
    }


def _speaker(statement: Shown, world: World) -> dict[str, Any]:
    """Only people and organisations are authors; a document holds, and others are credited."""
    speaker = statement["speaker"]
    if speaker["kind"] == "unnamed":
        return {"creditText": speaker["name"]}
    told = {
        "@type": _AUTHORS.get(speaker["kind"], "CreativeWork"),
        "@id": f"{world.base}v1/speakers/{speaker['id']}",
        "name": speaker["name"],
        **_told({"sameAs": _same(world.wikidata.get(speaker["id"]))}),
    }
    if speaker["kind"] == "document":
        return {"isPartOf": told}
    return {"author": _told({**told, "jobTitle": _job(statement)})}


def _job(statement: Shown) -> str | None:
    return statement["role"] if statement["speaker"]["kind"] == "person" else None


def _source(statement: Shown, world: World) -> dict[str, Any] | None:
    source = statement["source"]
    if source is None:
        return None
    publisher = source["publisher"]
    return _told(
        {
            "@type": "CreativeWork",
            "@id": f"{world.base}v1/sources/{source['id']}",
            "url": source["url"],
            "headline": source["title"],
            "publisher": {"@type": "Organization", "name": publisher} if publisher else None,
            "datePublished": _date(source["published_on"]),
            "temporal": _vague(source["published_on"]),
        }
    )


def _contradiction(contradiction: Shown, world: World) -> dict[str, Any]:
    terms = ("nature", "basis", "scope", "score", "detector", "reason", "note")
    moments = {"cc:reviewedAt": contradiction["reviewed_at"]}
    reviewer = {"cc:reviewedBy": contradiction["reviewed_by"]}
    # It is passed through as it is stored: as the text of JSON.
    evidence = orjson.loads(orjson.dumps(contradiction["evidence"]))
    return _told(
        {
            "@type": ["CreativeWork", "cc:Contradiction"],
            "@id": f"{world.base}v1/contradictions/{contradiction['id']}",
            "about": [_statement(each, world) for each in contradiction["statements"]],
            "description": contradiction["explanation"],
            "creativeWorkStatus": contradiction["status"],
            "dateCreated": contradiction["created_at"],
            "dateModified": contradiction["updated_at"],
            **{f"cc:{name}": contradiction[name] for name in terms},
            **reviewer,
            **moments,
            "cc:evidence": [_evidence(each, world) for each in evidence],
        }
    )


def _evidence(evidence: Shown, world: World) -> dict[str, Any]:
    return {
        "@type": "cc:Evidence",
        "cc:statement": {"@id": f"{world.base}v1/statements/{evidence['statement']}"},
        "cc:start": evidence["start"],
        "cc:end": evidence["end"],
        "cc:words": evidence["text"],
        "cc:role": evidence["role"],
    }


def _told(members: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}


def _number(value: float | None) -> float | None:
    """A whole number without a point, as ratings are written."""
    return int(value) if value is not None and value.is_integer() else value


def _date(edtf: str | None) -> str | None:
    """A date, where it is a plain day."""
    return edtf if edtf is not None and _DAY.fullmatch(edtf) else None


def _vague(edtf: str | None) -> str | None:
    """Any other date, which schema.org keeps under ``temporal``."""
    return edtf if _date(edtf) is None else None
