"""``POST /v1/reviews/import``: ratings as they are meant, and what cannot be taken."""

from copy import deepcopy

import pytest

from tests.resources.reviews.fact_checks import document, rated


@pytest.mark.parametrize(
    ("rating", "read"),
    [
        ({"ratingValue": "3"}, {"value": 3, "best": 5, "worst": 1}),
        ({"ratingValue": "3/10"}, {"value": 3, "best": 10, "worst": 1}),
        ({"ratingValue": 0, "bestRating": "0", "worstRating": "-5"}, {"value": 0, "best": 0}),
        ({"ratingValue": "-1", "alternateName": "Falsch"}, {"value": None, "label": "Falsch"}),
        (
            {"ratingValue": "-1", "bestRating": 1, "worstRating": -1, "alternateName": "Falsch"},
            {"value": -1, "best": 1, "worst": -1},
        ),
        ({"ratingValue": "Pants on Fire"}, {"value": None, "label": "Pants on Fire"}),
        ({"ratingValue": "", "alternateName": "Halb wahr"}, {"value": None, "label": "Halb wahr"}),
        ({"name": "Halb wahr"}, {"value": None, "label": "Halb wahr"}),
        (
            {"ratingValue": 2, "bestRating": "Wahr", "worstRating": "Falsch"},
            {"value": 2, "best": 5, "worst": 1},
        ),
    ],
)
def test_ratings_are_read_as_they_are_meant(taken, rating, read):
    (review,) = taken(rated(**rating))
    assert {name: review["rating"][name] for name in read} == read


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"reviewRating": {"ratingValue": "8"}}, "/reviewRating/ratingValue"),
        (
            {"reviewRating": {"ratingValue": 1, "bestRating": 1, "worstRating": 5}},
            "/reviewRating/bestRating",
        ),
        ({"reviewRating": {"ratingValue": "-1"}}, "/reviewRating"),
        ({"reviewRating": {}}, "/reviewRating"),
        ({"reviewRating": None}, "/reviewRating"),
        ({"reviewRating": {"alternateName": True}}, "/reviewRating"),
        ({"claimReviewed": ""}, "/claimReviewed"),
        ({"claimReviewed": " &nbsp; "}, "/claimReviewed"),
        ({"claimReviewed": "a\0b"}, "/claimReviewed"),
        ({"claimReviewed": "x" * 20_001}, "/claimReviewed"),
        ({"url": "javascript:alert(1)"}, "/url"),
        ({"url": None}, "/url"),
        ({"author": {"name": "Q" * 501}, "url": "javascript:1"}, "/url"),
    ],
)
def test_what_cannot_be_taken_is_refused_by_its_field(send, ids, changes, pointer):
    (outcome,) = send({**rated(alternateName="Falsch"), **changes})
    assert outcome["outcome"] == "refused", outcome
    assert outcome["id"] is None
    assert [error["pointer"] for error in outcome["problem"]["errors"]] == [pointer]
    assert ids("/v1/reviews") == ids("/v1/statements") == []


def test_markup_is_kept_as_text(taken):
    (review,) = taken(
        rated(alternateName="<b>Falsch</b>")
        | {"claimReviewed": "&lt;script&gt;alert(1)&lt;/script&gt;"}
    )
    assert review["rating"]["label"] == "<b>Falsch</b>"
    assert review["statement"]["text"] == "<script>alert(1)</script>"


def test_a_language_that_is_not_told_is_not_taken_for_english(taken):
    body = rated(alternateName="Falsch")
    del body["inLanguage"]
    body["claimReviewed"] = "Das Meer ist nicht so salzig wie die Suppe, sagte er auf dem Markt"
    (review,) = taken(body)
    assert review["statement"]["language"] == "de"


@pytest.mark.parametrize(
    "body", [{}, {"@type": "Organization", "name": "X"}, [1, "ClaimReview"], "ClaimReview", 7]
)
def test_a_document_without_a_fact_check_is_refused(empty_client, refused, body):
    problem = refused(empty_client.post("/v1/reviews/import", json=body), 422, pointer="")
    assert "ClaimReview" in problem["detail"]


@pytest.mark.parametrize("body", [[], {"claims": []}])
def test_an_answer_without_results_is_none(send, body):
    assert send(body) == []


def test_bodies_that_are_no_json_are_refused(empty_client, refused):
    def post(data, media_type="application/ld+json"):
        return empty_client.post("/v1/reviews/import", data=data, content_type=media_type)

    refused(post(b"{"), 400)
    refused(post(b""), 400)
    refused(post(b"[" * 100_000), 400)
    refused(post(b"<script>", "text/html"), 422, pointer="")
    problem = refused(post(b"<script>", "text/plain"), 415)
    assert problem["accepted"] == ["application/json", "application/ld+json", "text/html"]
    refused(empty_client.post("/v1/reviews/import?dry_run=x", json={}), 422, parameter="dry_run")


def test_too_many_at_once_are_refused(empty_client, refused):
    body = [rated(alternateName="Falsch")] * 501
    refused(empty_client.post("/v1/reviews/import", json=body), 413)


def test_nodes_that_refer_to_each_other_or_lie_deep_do_no_harm(send):
    body = rated(alternateName="Falsch")
    body["author"] = {"@id": "#a"}
    loop = [
        {"@id": "#a", "name": {"@id": "#b"}, "url": {"@id": "#a"}},
        {"@id": "#b", "name": {"@id": "#a"}},
    ]
    deep = deepcopy(body)
    for _ in range(300):
        deep["claimReviewed"] = [deep["claimReviewed"]]
    outcomes = send({"@graph": [body, *loop, deep]})
    assert [each["outcome"] for each in outcomes] == ["created", "refused"]


def test_at_once_the_same_document_is_taken_once(at_once, ids):
    body = document("single")
    answers = at_once(*[lambda caller: caller.post("/v1/reviews/import", json=body)] * 4)
    outcomes = sorted(answer.json["outcomes"][0]["outcome"] for answer in answers)
    assert outcomes == ["created", "unchanged", "unchanged", "unchanged"]
    assert len(ids("/v1/reviews")) == len(ids("/v1/statements")) == 1
