"""``application/ld+json``: reviews, statements and contradictions as schema.org has them."""

import json
import re
from pathlib import Path

import pytest

from api.linked_data.writing import TERMS
from tests.linked_data.vocabulary import expanded, faults

LD_JSON = "application/ld+json"
DOCUMENTS = Path(__file__).parent / "documents"
DOCS = (Path(__file__).parents[2] / "docs" / "reviews.md").read_text(encoding="utf-8")
OWN_TERMS = frozenset(TERMS + name for name in re.findall(r"^\| `cc:(\w+)` \|", DOCS, re.MULTILINE))
PUBLISHER = {"title": "Bericht", "publisher": "Kurier", "published_on": "2026-03-15"}
SPEAKERS = [
    {"name": "Anna Berg", "kind": "person"},
    {"name": "Hafenamt", "kind": "organization"},
    {"name": "Hafenordnung", "kind": "document"},
    {"name": "Leute am Kai", "kind": "unnamed"},
]


@pytest.fixture
def linked(client):
    """Reads an address as JSON-LD."""

    def read(address):
        answer = client.get(address, headers={"Accept": LD_JSON})
        assert (answer.status_code, answer.mimetype) == (200, LD_JSON), answer.text
        return answer.json

    return read


@pytest.fixture
def full(record, add):
    """A ledger with statements and reviews of every sort; gives the ids of the reviews."""
    made = []
    for number, speaker in enumerate(SPEAKERS):
        for kind, said_on in (("claim", "2026-03-14"), ("quote", "2026-03~"), ("claim", None)):
            statement = record(
                speaker=speaker,
                kind=kind,
                said_on=said_on,
                role="Sprecherin" if number < 2 else None,
                topics=["hafen"] if number else [],
                source={"url": f"https://kurier.example/{number}", **PUBLISHER}
                if kind == "claim"
                else None,
            )
            rating = [
                {"label": "Falsch"},
                {"value": 2.5, "best": 5, "worst": 0},
                {"value": 1, "label": "Falsch", "explanation": "Darum."},
            ][len(made) % 3]
            review = add(
                "/v1/reviews",
                statement=statement["id"],
                url=f"https://fakten.example/{len(made)}",
                title="Stimmt das?" if number else None,
                author={"name": "Hafenfakten", "kind": "organization", "url": "https://f.example"}
                if number % 2
                else {"name": "Jo Lind", "kind": "person"},
                rating=rating,
                published_on=[None, "2026-03-16", "2026-03", "2026-03-01/2026-03-05"][number],
                language="de",
            )
            made.append(review["id"])
    return made


def test_reviews_are_valid_claim_reviews(linked, full):
    listed = linked("/v1/reviews?limit=200")
    assert faults(listed) == []
    assert len(listed["@graph"]) == len(full)
    for review_id in full:
        single = linked(f"/v1/reviews/{review_id}")
        assert faults(single) == []
        assert single["@type"] == "ClaimReview"
        assert {"url", "claimReviewed", "reviewRating", "author", "itemReviewed"} <= set(single)
        assert {name: single[name] for name in single if name != "@context"} in listed["@graph"]


def test_statements_are_valid_claims_and_quotations(client, linked, full):
    listed = linked("/v1/statements?limit=200")
    assert faults(listed) == []
    assert {each["@type"] for each in listed["@graph"]} == {"Claim", "Quotation"}
    for statement in client.get("/v1/statements?limit=200").json["items"]:
        single = linked(f"/v1/statements/{statement['id']}")
        assert faults(single) == []
        assert single["@type"] == {"claim": "Claim", "quote": "Quotation"}[statement["kind"]]
        assert single["text"] == statement["text"]
        assert single["@id"] == f"http://localhost/v1/statements/{statement['id']}"


def test_contradictions_are_valid_with_the_terms_that_are_documented(
    client, linked, oppose, record
):
    pair = oppose(
        record("Der Hafen bleibt offen", kind="quote")["id"],
        explanation="Beides kann nicht sein.",
        evidence=[{"statement": 1, "start": 10, "end": 22, "role": "behauptet"}],
        note="Geprüft",
    )
    address = f"/v1/contradictions/{pair['id']}"
    client.patch(address, json={"status": "confirmed", "reviewed_by": "A. Redakteurin"})
    single = linked(address)
    assert faults(single, OWN_TERMS) == []
    assert single["cc:evidence"][0]["cc:words"] == "bleibt offen"
    assert [each["@type"] for each in single["about"]] == ["Quotation", "Claim"]
    assert single["creativeWorkStatus"] == "confirmed"
    assert faults(linked("/v1/contradictions"), OWN_TERMS) == []
    client.patch(
        address,
        json={"status": "dismissed", "reason": "other"},
        headers={"If-Match": client.get(address).headers["ETag"]},
    )
    dismissed = linked(address)
    assert (dismissed["cc:reason"], faults(dismissed, OWN_TERMS)) == ("other", [])


def test_every_documented_term_is_used_and_no_other(client, linked, oppose):
    pair = oppose(evidence=[{"statement": 1, "start": 0, "end": 4}], note="n")
    address = f"/v1/contradictions/{pair['id']}"
    client.patch(
        address, json={"status": "dismissed", "reason": "other", "reviewed_by": "A.", "note": "n"}
    )
    used = set(re.findall(re.escape(TERMS) + r"\w+", json.dumps(expanded(linked(address)))))
    assert used == OWN_TERMS


def test_the_validation_finds_what_is_wrong(linked, full):
    right = linked(f"/v1/reviews/{full[0]}")
    assert faults(right) == []
    for wrong in (
        {"@type": "FactCheck"},
        {"verdict": "False"},
        {"firstAppearance": right["author"]},
        {"author": {"@type": "CreativeWork", "name": "X"}},
        {"author": "Quay Facts"},
        {"datePublished": "last week"},
        {"reviewRating": {"@type": "Rating", "ratingValue": True}},
        {"reviewRating": {"@type": "Rating", "claimReviewed": "X"}},
        {"url": "not an address"},
    ):
        assert faults({**right, **wrong}), wrong


def test_what_is_given_can_be_taken(client, linked, full, open_ledger):
    given = linked("/v1/reviews?limit=200")
    shown = client.get("/v1/reviews?limit=200").json["items"]
    same = client.post("/v1/reviews/import", json=given).json["outcomes"]
    assert {each["outcome"] for each in same} == {"unchanged"}
    assert [each["id"] for each in same] == [each["id"] for each in shown]

    other = open_ledger("other").test_client()
    new = other.post("/v1/reviews/import", json=given).json["outcomes"]
    assert {each["outcome"] for each in new} == {"created"}
    for was, outcome in zip(shown, new, strict=True):
        became = other.get(f"/v1/reviews/{outcome['id']}").json
        for name in ("url", "title", "author", "rating", "published_on", "language"):
            assert became[name] == was[name], name
        for name in ("text", "said_on", "language"):
            assert became["statement"][name] == was["statement"][name], name
        assert became["statement"]["speaker"]["name"] == was["statement"]["speaker"]["name"]
        assert became["statement"]["speaker"]["kind"] == was["statement"]["speaker"]["kind"]
        if was["statement"]["kind"] == "claim":
            sources = [each["statement"]["source"] for each in (was, became)]
            assert [{**source, "id": 0} for source in sources] == [{**sources[0], "id": 0}] * 2


@pytest.mark.parametrize("path", sorted(DOCUMENTS.glob("*.json")), ids=lambda path: path.stem)
def test_what_came_in_goes_out_valid_and_comes_in_unchanged(client, linked, path):
    body = json.loads(path.read_text(encoding="utf-8"))
    taken = client.post("/v1/reviews/import", json=body).json["outcomes"]
    assert "created" in [each["outcome"] for each in taken]
    given = linked("/v1/reviews")
    assert faults(given) == []
    again = client.post("/v1/reviews/import", json=given).json["outcomes"]
    assert {each["outcome"] for each in again} == {"unchanged"}


def test_each_media_type_has_its_own_tag_and_links_to_its_next_page(client, full):
    tags = set()
    for accept in ("application/json", LD_JSON):
        headers = {"Accept": accept}
        single = client.get(f"/v1/reviews/{full[0]}", headers=headers)
        tags.add(single.headers["ETag"])
        fresh = {**headers, "If-None-Match": single.headers["ETag"]}
        assert client.get(f"/v1/reviews/{full[0]}", headers=fresh).status_code == 304
    assert len(tags) == 2
    address, seen = "/v1/reviews?limit=5", []
    while address:
        page = client.get(address, headers={"Accept": LD_JSON})
        seen += [each["@id"] for each in page.json["@graph"]]
        found = re.fullmatch(r'<(.+)>; rel="next"', page.headers.get("Link", ""))
        address = found and found[1]
    assert len(seen) == len(set(seen)) == len(full)


@pytest.mark.parametrize(
    ("kind", "type_", "role"),
    [
        ("person", "Person", "jobTitle"),
        ("organization", "Organization", "description"),
        ("document", "CreativeWork", "description"),
        ("unnamed", "Thing", "description"),
    ],
)
def test_a_speaker_is_told_with_its_names_and_who_it_is_elsewhere(linked, add, kind, type_, role):
    names = {"name": "Anna Berg", "aliases": ["A. Berg", "Frau Berg"]}
    made = add("/v1/speakers", **names, kind=kind, role="Sprecherin", wikidata="Q900001")
    document = linked(f"/v1/speakers/{made['id']}")
    assert faults(expanded(document)) == []
    assert document == {
        "@context": "https://schema.org",
        "@type": type_,
        "@id": f"http://localhost/v1/speakers/{made['id']}",
        "name": "Anna Berg",
        "alternateName": ["A. Berg", "Frau Berg"],
        role: "Sprecherin",
        "sameAs": "http://www.wikidata.org/entity/Q900001",
    }


def test_what_is_not_known_of_a_speaker_is_left_out(linked, add):
    made = add("/v1/speakers", name="Anna Berg", kind="person")
    assert linked(f"/v1/speakers/{made['id']}").keys() == {"@context", "@type", "@id", "name"}
    (listed,) = linked("/v1/speakers")["@graph"]
    assert listed["name"] == "Anna Berg"


def test_a_wikidata_id_is_told_wherever_its_speaker_is(linked, add, record, oppose, open_ledger):
    made = add("/v1/speakers", name="Anna Berg", kind="person", wikidata="Q900001")
    said = record(speaker={"id": made["id"]})
    other = record(speaker="Bo Falk")
    author = {"name": "Quay Facts"}
    address = "https://facts.example"
    review = add(
        "/v1/reviews", statement=said["id"], url=address, author=author, rating={"label": "x"}
    )
    against = oppose(said["id"], other["id"])
    same = "http://www.wikidata.org/entity/Q900001"
    assert linked(f"/v1/statements/{said['id']}")["author"]["sameAs"] == same
    assert "sameAs" not in linked(f"/v1/statements/{other['id']}")["author"]
    listed = linked("/v1/statements")["@graph"]
    assert sorted(each["author"].get("sameAs", "") for each in listed) == ["", same]
    document = linked(f"/v1/reviews/{review['id']}")
    assert document["itemReviewed"]["author"]["sameAs"] == same
    about = linked(f"/v1/contradictions/{against['id']}")["about"]
    assert sorted(each["author"].get("sameAs", "") for each in about) == ["", same]
    client = open_ledger("other").test_client()
    client.post("/v1/reviews/import", json=document)
    (speaker,) = client.get("/v1/speakers").json["items"]
    assert speaker["wikidata"] == "Q900001"
