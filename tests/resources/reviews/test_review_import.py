"""``POST /v1/reviews/import``: fact-checks of many shapes in, an outcome for each."""

import pytest

from tests.resources.reviews.fact_checks import ALL, document, rated


def test_a_claim_review_brings_its_claim_as_a_statement(client, taken):
    (review,) = taken(document("single"))
    assert review["rating"] == {
        "value": 1,
        "best": 5,
        "worst": 1,
        "label": "Falsch",
        "explanation": "Der Haushalt nennt 200 Millionen.",
    }
    assert review["author"] == {
        "name": "Quay Facts",
        "kind": "organization",
        "url": "https://facts.example",
    }
    statement = review["statement"]
    assert (statement["kind"], statement["said_on"]) == ("claim", "2026-02-27")
    assert statement["text"] == review["claim"] == "Die neue Brücke kostet zwei Milliarden"
    assert (statement["role"], statement["language"]) == ("Bürgermeisterin", "de")
    speaker = client.get(f"/v1/speakers/{statement['speaker']['id']}").json
    assert (speaker["name"], speaker["kind"], speaker["wikidata"]) == (
        "Karla Holm",
        "person",
        "Q900001",
    )
    assert statement["source"]["title"] == "Holm wirbt für die Brücke"
    assert statement["source"]["publisher"] == "Der Kurier"
    appearances = client.get(f"/v1/statements/{statement['id']}/appearances").json["items"]
    assert [each["source"]["url"] for each in appearances] == [
        "https://courier.example/bridge",
        "https://tube.example/v/7",
        "https://post.example/bridge",
    ]


def test_an_older_shape_with_entities_and_numbers_as_text_is_read(taken):
    (review,) = taken(document("creative_work"))
    assert review["url"] == "http://kontroll.example/2019/07/farja?p=1&l=sv"
    assert review["title"] == "Nej, färjan är inte gratis"
    assert (review["published_on"], review["language"]) == ("2019-07-30", "sv-SE")
    assert review["author"] == {"name": "Ida Ek", "kind": "person", "url": None}
    assert (review["rating"]["value"], review["rating"]["worst"]) == (2, 0)
    statement = review["statement"]
    assert statement["text"] == 'Färjan "Svea" är gratis för alla'
    assert statement["speaker"]["name"] == "Inlägg på Facebook"
    assert statement["speaker"]["kind"] == "unnamed"
    assert statement["said_on"] == "2019-07-28"
    assert statement["source"]["url"] == "https://social.example/p/99"
    assert statement["source"]["title"] == "Inlägg om färjan"


def test_what_a_graph_refers_to_is_followed(taken):
    (review,) = taken(document("graph"))
    assert review["url"] == "https://faktencheck.example/wal"
    assert review["author"]["name"] == "Faktencheck Nord"
    assert review["published_on"] == "2025-12-01"
    assert review["rating"]["label"] == "Erfunden"
    assert review["rating"]["value"] is None
    statement = review["statement"]
    assert statement["text"] == "Im Hafen leben dreißig Wale"
    assert statement["speaker"]["name"] == "Ruderclub Nord"
    assert statement["speaker"]["kind"] == "organization"
    assert (statement["said_on"], statement["language"]) == ("2025-11", "de")


def test_a_feed_gives_an_outcome_for_each_and_refuses_by_field(client, send):
    outcomes = send(document("feed"))
    assert [each["outcome"] for each in outcomes] == ["created", "refused", "refused", "created"]
    assert [each["index"] for each in outcomes] == [0, 1, 2, 3]
    first, no_rating, no_claim, last = outcomes
    assert first["pointer"] == "/dataFeedElement/0/item/0"
    review = client.get(f"/v1/reviews/{first['id']}").json
    assert review["rating"] == {
        "value": None,
        "best": None,
        "worst": None,
        "label": "Falso",
        "explanation": None,
    }
    assert review["author"]["name"] == "Verifica"
    assert review["statement"]["speaker"]["name"] == "Rui Costa e Silva"
    assert no_rating["url"] == "https://verifica.example/ponte"
    (error,) = no_rating["problem"]["errors"]
    assert error["pointer"] == "/dataFeedElement/1/item/0/reviewRating"
    (error,) = no_claim["problem"]["errors"]
    assert error["pointer"] == "/dataFeedElement/2/item/0/claimReviewed"
    assert no_claim["problem"]["status"] == 422
    assert error["pointer"] in no_claim["problem"]["detail"]
    review = client.get(f"/v1/reviews/{last['id']}").json
    assert (review["rating"]["value"], review["rating"]["best"]) == (4.5, 5)
    assert review["statement"]["speaker"]["kind"] == "organization"


def test_what_was_refused_left_nothing_behind(client, send, ids):
    send(document("feed"))
    names = [each["name"] for each in client.get("/v1/speakers").json["items"]]
    assert sorted(names) == ["Câmara do Porto", "Rui Costa e Silva"]
    assert len(ids("/v1/statements")) == len(ids("/v1/reviews")) == 2


def test_the_reviews_of_an_article_are_found_with_prefixed_names(taken):
    first, second = taken(document("page"))
    assert first["url"] == "https://granskning.example/hamnen#1"
    assert first["author"]["name"] == "Granskning"
    assert (first["rating"]["label"], first["rating"]["value"]) == ("Falskt", None)
    assert first["statement"]["text"] == "Hamnen är världens största"
    assert first["statement"]["speaker"]["name"] == "Hamnrådet"
    assert second["rating"]["label"] == "Sant"
    assert second["statement"]["speaker"] == {
        "id": second["statement"]["speaker"]["id"],
        "name": "Unnamed claimant",
        "kind": "unnamed",
    }
    assert second["claimant"] is None


def test_an_answer_of_googles_is_taken(client, send):
    outcomes = send(document("claims_search"))
    assert [each["outcome"] for each in outcomes] == ["created", "created", "created", "refused"]
    first, second, third = (client.get(f"/v1/reviews/{each['id']}").json for each in outcomes[:3])
    assert first["statement"]["id"] == second["statement"]["id"]
    assert first["statement"]["speaker"]["name"] == "Jon Vale"
    assert first["statement"]["speaker"]["kind"] == "person"
    assert first["statement"]["said_on"] == "2026-01-09"
    assert first["author"] == {
        "name": "Quay Facts",
        "kind": "organization",
        "url": "https://facts.example",
    }
    assert (first["title"], first["published_on"]) == ("Bleibt der Leuchtturm?", "2026-01-12")
    assert (first["rating"]["label"], first["language"]) == ("Falsch", "de")
    assert second["author"]["name"] == "nordcheck.example"
    assert third["statement"]["speaker"]["kind"] == "unnamed"
    pointers = {error["pointer"] for error in outcomes[3]["problem"]["errors"]}
    assert pointers == {
        "/claims/2/claimReview/url",
        "/claims/2/claimReview/textualRating",
        "/claims/2/claimReview/publisher",
    }


@pytest.mark.parametrize("name", ALL)
def test_sent_again_nothing_changes(client, send, name):
    first = send(document(name))
    tag = client.get("/v1/reviews").headers["ETag"]
    again = send(document(name), "application/ld+json")
    assert client.get("/v1/reviews").headers["ETag"] == tag
    assert [each["id"] for each in again] == [each["id"] for each in first]
    assert {each["outcome"] for each in again} <= {"unchanged", "refused"}


def test_what_a_fact_check_says_otherwise_is_brought_up_to_date(client, send):
    body = document("single")
    send(body)
    body["reviewRating"]["ratingValue"] = 2
    body["headline"] = "Was kostet die Brücke?"
    del body["datePublished"]
    (outcome,) = send(body)
    assert outcome["outcome"] == "updated"
    review = client.get(f"/v1/reviews/{outcome['id']}").json
    assert (review["rating"]["value"], review["title"]) == (2, "Was kostet die Brücke?")
    assert (review["published_on"], review["version"]) == ("2026-03-02", 2)
    body["reviewRating"] = {"alternateName": "Richtig"}
    send(body)
    rating = client.get(f"/v1/reviews/{outcome['id']}").json["rating"]
    assert rating == {
        "value": None,
        "best": None,
        "worst": None,
        "label": "Richtig",
        "explanation": None,
    }


def test_the_same_by_another_way_is_no_second_review(send, ids):
    (first,) = send(rated(ratingValue=1, alternateName="Falsch"))
    found = {
        "text": "Das Meer ist süß",
        "claimReview": [
            {
                "publisher": {"name": "Quay Facts"},
                "url": "https://facts.example/1",
                "textualRating": "Falsch",
                "languageCode": "de",
            }
        ],
    }
    (again,) = send({"claims": [found]})
    assert (again["outcome"], again["id"]) == ("unchanged", first["id"])


def test_it_is_the_same_after_its_statement_was_revised_merged_or_retracted(client, send, add, ids):
    (first,) = send(document("single"))
    address = f"/v1/statements/{first['statement']}"
    client.patch(address, json={"text": "Die Brücke kostet 2 Milliarden", "said_on": "2026-02"})
    other = add("/v1/speakers", name="Karla H. Holm", kind="person")["id"]
    speaker = client.get(address).json["speaker"]["id"]
    assert client.post(f"/v1/speakers/{speaker}/merge", json={"into": other}).status_code == 200
    (again,) = send(document("single"))
    assert (again["outcome"], again["statement"]) == ("unchanged", first["statement"])
    client.delete(address)
    (again,) = send(document("single"))
    assert (again["outcome"], again["statement"]) == ("unchanged", first["statement"])
    assert ids("/v1/statements") == []


def test_a_known_statement_and_speaker_are_used(client, record, send):
    known = record("Das Meer ist süß", speaker={"name": "Meeresamt", "kind": "organization"})
    body = rated(alternateName="Falsch")
    body["itemReviewed"] = {"@type": "Claim", "author": {"@type": "Person", "name": "meeresamt"}}
    (outcome,) = send(body)
    assert outcome["statement"] == known["id"]


def test_a_review_that_was_put_in_by_hand_is_found(client, record, send, add):
    statement = record("Das Meer ist süß", speaker={"name": "Amt", "kind": "organization"})
    made = add(
        "/v1/reviews",
        statement=statement["id"],
        url="https://facts.example/1",
        author={"name": "Quay Facts"},
        rating={"label": "Falsch"},
    )
    body = rated(alternateName="Falsch", ratingValue="1")
    body["itemReviewed"] = {"author": {"name": "Amt"}}
    (outcome,) = send(body)
    assert (outcome["outcome"], outcome["id"]) == ("updated", made["id"])


def test_a_claimant_whose_name_fits_several_is_left_open(client, send, add):
    both = [
        add("/v1/speakers", name="Eva Lind", kind="person", role=role, distinct=True)["id"]
        for role in ("Fischerin", "Ärztin")
    ]
    body = rated(alternateName="Falsch")
    body["itemReviewed"] = {"author": {"@type": "Person", "name": "Eva Lind"}}
    (outcome,) = send(body)
    assert outcome["outcome"] == "created"
    assert [each["id"] for each in outcome["candidates"]] == both
    statement = client.get(f"/v1/statements/{outcome['statement']}").json
    assert (statement["speaker"]["name"], statement["speaker"]["kind"]) == ("Eva Lind", "unnamed")
    (again,) = send(body)
    assert (again["outcome"], again["statement"]) == ("unchanged", statement["id"])


def test_one_name_of_two_kinds_refuses_none_of_the_others(send):
    def said(kind, number):
        body = rated(alternateName="Falsch") | {"url": f"https://facts.example/{number}"}
        body["claimReviewed"] = f"Behauptung {number}"
        return body | {"itemReviewed": {"author": {"@type": kind, "name": "Lakota"}}}

    sent = [said(kind, number) for number, kind in enumerate(("Person", "Organization", "Person"))]
    assert [each["outcome"] for each in send(sent)] == ["created"] * 3


def test_claims_are_held_against_the_ledger(client, record, send):
    record("Ukraine will not give up territory", language="en")
    body = rated(alternateName="False")
    body |= {"claimReviewed": "Ukraine will give up territory", "inLanguage": "en"}
    (outcome,) = send(body)
    found = client.get(f"/v1/contradictions?statement={outcome['statement']}").json["items"]
    assert len(found) == 1
