"""``/v1/reviews``: fact-checks of statements."""

import pytest

URL = "https://fakten.example/hafen"
REVIEW = {
    "url": URL,
    "title": "Bleibt der Hafen offen?",
    "author": {"name": "Hafenfakten", "kind": "organization", "url": "https://fakten.example"},
    "claim": "Der Hafen schließt",
    "claimant": "Frau Berg",
    "rating": {
        "value": 2,
        "best": 5,
        "worst": 1,
        "label": "Größtenteils falsch",
        "explanation": "Es gibt keinen Beschluss.",
    },
    "published_on": "2026-03-16",
    "language": "de",
}


@pytest.fixture
def review(add, record):
    """Adds a review, of a new statement unless one is named, and gives it."""

    def add_it(**fields):
        statement = fields.pop("statement", None) or record()["id"]
        return add("/v1/reviews", **{**REVIEW, "statement": statement, **fields})

    return add_it


def test_a_review_is_shown_whole_with_its_statement(client, record):
    statement = record("Der Hafen wird geschlossen", said_on="2026-03-14")
    answer = client.post("/v1/reviews", json={**REVIEW, "statement": statement["id"]})
    assert answer.status_code == 201, answer.text
    shown = client.get(answer.headers["Location"])
    assert shown.json == answer.json
    assert shown.headers["ETag"] == answer.headers["ETag"]
    assert {name: shown.json[name] for name in REVIEW} == REVIEW
    assert shown.json["statement"]["text"] == "Der Hafen wird geschlossen"
    assert shown.json["statement"]["speaker"]["name"] == "Anna Berg"
    assert shown.json["version"] == 1


def test_what_is_left_out_is_null_and_a_scale_is_filled_in(review):
    shown = review(
        url="https://fakten.example/2",
        **dict.fromkeys(("title", "claim", "claimant", "published_on", "language")),
        author={"name": "Jo Lind"},
        rating={"value": 3},
    )
    assert shown["author"] == {"name": "Jo Lind", "kind": "organization", "url": None}
    assert shown["rating"] == {
        "value": 3,
        "best": 5,
        "worst": 1,
        "label": None,
        "explanation": None,
    }
    assert shown["published_on"] is None


def test_the_same_review_is_there_once(client, review, ids):
    first = review()
    body = {**REVIEW, "statement": first["statement"]["id"], "title": "Anders"}
    again = client.post("/v1/reviews", json=body)
    assert (again.status_code, again.json) == (200, first)
    other = review(url=URL)
    assert sorted(ids("/v1/reviews", url=URL)) == [first["id"], other["id"]]


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"statement": 99}, "/statement"),
        ({"statement": "1"}, "/statement"),
        ({"statement": None}, "/statement"),
        ({"url": "javascript:alert(1)"}, "/url"),
        ({"url": "ftp://fakten.example/1"}, "/url"),
        ({"url": "fakten.example/1"}, "/url"),
        ({"url": "<a href='https://x.example'>"}, "/url"),
        ({"author": {}}, "/author/name"),
        ({"author": None}, "/author"),
        ({"author": "Hafenfakten"}, "/author"),
        ({"author": {"name": "H", "kind": "document"}}, "/author/kind"),
        ({"author": {"name": "H", "url": "data:text/html,x"}}, "/author/url"),
        ({"author": {"name": "H", "mail": "x"}}, "/author/mail"),
        ({"rating": {}}, "/rating/label"),
        ({"rating": {"label": " "}}, "/rating/label"),
        ({"rating": {"label": "Falsch", "best": 5}}, "/rating/best"),
        ({"rating": {"label": "Falsch", "worst": 1}}, "/rating/worst"),
        ({"rating": {"value": 6}}, "/rating/value"),
        ({"rating": {"value": 0}}, "/rating/value"),
        ({"rating": {"value": 11, "best": 10, "worst": 0}}, "/rating/value"),
        ({"rating": {"value": -1, "best": 10, "worst": 0}}, "/rating/value"),
        ({"rating": {"value": 3, "best": 1, "worst": 5}}, "/rating/best"),
        ({"rating": {"value": 3, "best": 3, "worst": 3}}, "/rating/best"),
        ({"rating": {"value": "3"}}, "/rating/value"),
        ({"rating": {"value": True}}, "/rating/value"),
        ({"rating": {"value": 1e300, "best": 1e301}}, "/rating/value"),
        ({"rating": {"value": 10**400}}, "/rating/value"),
        ({"rating": {"stars": 3}}, "/rating/stars"),
        ({"rating": None}, "/rating"),
        ({"published_on": "16.3.2026"}, "/published_on"),
        ({"language": "deutsch"}, "/language"),
        ({"title": "x\0"}, "/title"),
        ({"verdict": "false"}, "/verdict"),
    ],
)
def test_what_a_review_cannot_be_is_refused_by_field(
    client, record, refused, ids, changes, pointer
):
    body = {**REVIEW, "statement": record()["id"], **changes}
    refused(client.post("/v1/reviews", json=body), 422, pointer=pointer)
    assert ids("/v1/reviews") == []


@pytest.mark.parametrize("missing", ["statement", "url", "author", "rating"])
def test_what_a_review_needs_is_named(empty_client, refused, missing):
    body = {**REVIEW, "statement": 1}
    del body[missing]
    refused(empty_client.post("/v1/reviews", json=body), 422, pointer=f"/{missing}")


def test_markup_stays_text(client, review):
    markup = "<script>alert(1)</script> &lt;b&gt;"
    made = review(title=markup, rating={"label": markup}, author={"name": markup})
    for accept in ("application/json", "application/ld+json"):
        answer = client.get(f"/v1/reviews/{made['id']}", headers={"Accept": accept})
        assert answer.mimetype == accept
    assert answer.json["headline"] == markup
    assert answer.json["reviewRating"]["alternateName"] == markup
    assert answer.json["author"]["name"] == made["author"]["name"] == markup


def test_a_revision_merges_author_and_rating(client, review):
    made = review()
    answer = client.patch(
        f"/v1/reviews/{made['id']}",
        json={"author": {"name": "Fakten am Hafen"}, "rating": {"value": 1, "label": "Falsch"}},
    )
    assert (answer.status_code, answer.json["version"]) == (200, 2)
    assert answer.json["author"] == {**REVIEW["author"], "name": "Fakten am Hafen"}
    assert answer.json["rating"] == {**REVIEW["rating"], "value": 1, "label": "Falsch"}
    nothing = client.patch(f"/v1/reviews/{made['id']}", json={"title": REVIEW["title"]})
    assert nothing.json == answer.json


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"rating": {"value": 9}}, "/rating/value"),
        ({"rating": {"best": 1}}, "/rating/best"),
        ({"rating": {"value": None}}, "/rating/best"),
        ({"rating": None}, "/rating"),
        ({"url": None}, "/url"),
        ({"statement": 99}, "/statement"),
        ({"author": {"name": None}}, "/author/name"),
        ({"id": 5}, "/id"),
    ],
)
def test_what_a_revision_cannot_be_is_refused_by_field(client, review, refused, changes, pointer):
    made = review()
    refused(client.patch(f"/v1/reviews/{made['id']}", json=changes), 422, pointer=pointer)
    assert client.get(f"/v1/reviews/{made['id']}").json == made


def test_a_rating_loses_its_number(client, review):
    made = review()
    changes = {"rating": {"value": None, "best": None, "worst": None}}
    answer = client.patch(f"/v1/reviews/{made['id']}", json=changes)
    assert answer.status_code == 200, answer.text
    assert answer.json["rating"]["label"] == REVIEW["rating"]["label"]


def test_a_stale_revision_is_refused(client, review, refused):
    address = f"/v1/reviews/{review()['id']}"
    stale = client.get(address).headers["ETag"]
    fresh = client.patch(address, json={"title": "Neu"}, headers={"If-Match": stale}).headers[
        "ETag"
    ]
    refused(client.patch(address, json={"title": "Alt"}, headers={"If-Match": stale}), 412)
    refused(client.delete(address, headers={"If-Match": stale}), 412)
    assert client.get(address).json["title"] == "Neu"
    assert client.delete(address, headers={"If-Match": fresh}).status_code == 204


def test_a_review_moves_to_another_statement_unless_that_one_has_it(
    client, review, record, refused
):
    first, second = review(), review()
    other = record()["id"]
    address = f"/v1/reviews/{first['id']}"
    assert client.patch(address, json={"statement": other}).json["statement"]["id"] == other
    taken = client.patch(address, json={"statement": second["statement"]["id"]})
    assert refused(taken, 409)["review"] == second["id"]
    client.delete(f"/v1/statements/{record('Weg')['id']}")
    gone = client.patch(address, json={"statement": other + 1})
    refused(gone, 409)


def test_a_review_is_deleted_and_its_statement_stays(client, review):
    made = review()
    address = f"/v1/reviews/{made['id']}"
    assert client.delete(address).status_code == 204
    assert client.get(address).status_code == 404
    assert client.delete(address).status_code == 404
    assert client.get(f"/v1/statements/{made['statement']['id']}").status_code == 200


def test_a_review_outlives_the_retraction_of_its_statement_and_says_so(client, review, refused):
    made = review()
    statement = made["statement"]["id"]
    before = client.get(f"/v1/reviews/{made['id']}").headers["ETag"]
    client.delete(f"/v1/statements/{statement}")
    shown = client.get(f"/v1/reviews/{made['id']}", headers={"If-None-Match": before})
    assert shown.status_code == 200
    assert shown.json["statement"]["status"] == "retracted"
    linked = client.get(f"/v1/reviews/{made['id']}", headers={"Accept": "application/ld+json"})
    assert linked.json["itemReviewed"]["creativeWorkStatus"] == "retracted"
    body = {**REVIEW, "statement": statement, "url": "https://fakten.example/neu"}
    refused(client.post("/v1/reviews", json=body), 409)


def test_a_review_follows_the_merger_of_its_speaker(client, review, record, add, ids):
    made = review(statement=record(speaker="A. Berg")["id"])
    stays = add("/v1/speakers", name="Anna Berg", kind="person")["id"]
    client.post(
        f"/v1/speakers/{made['statement']['speaker']['id']}/merge", json={"into": stays}
    ).get_json()
    shown = client.get(f"/v1/reviews/{made['id']}").json
    assert shown["statement"]["speaker"]["id"] == stays
    assert ids("/v1/reviews", speaker="A. Berg") == ids("/v1/reviews", speaker=stays) == [1]


def test_reviews_are_listed_by_their_filters(review, record, ids):
    said = record(speaker="Bo Falk")["id"]
    one = review(url="https://a.example/1", published_on="2026-03-01")["id"]
    two = review(
        statement=said,
        url="https://a.example/2",
        author={"name": "Küstencheck"},
        rating={"label": "Wahr"},
        published_on="2026-03",
        language="sv",
    )["id"]
    three = review(url="https://a.example/3", published_on=None)["id"]
    assert ids("/v1/reviews") == [three, two, one]
    assert ids("/v1/reviews", sort="-published_on") == [two, one, three]
    assert ids("/v1/reviews", statement=said) == [two]
    assert ids("/v1/reviews", speaker="bo falk") == [two]
    assert ids("/v1/reviews", speaker="Niemand") == []
    assert ids("/v1/reviews", author="KÜSTENCHECK") == [two]
    assert ids("/v1/reviews", label=["wahr", "größtenteils FALSCH"]) == [three, two, one]
    assert ids("/v1/reviews", label="Wahr") == [two]
    assert ids("/v1/reviews", url="https://a.example/3") == [three]
    assert ids("/v1/reviews", language="sv") == [two]
    assert ids("/v1/reviews", published_from="2026-03-02") == [two]
    assert ids("/v1/reviews", published_to="2026-03-01") == [two, one]
    assert ids("/v1/reviews", published_to="2026-02-28") == []
    assert ids("/v1/reviews", limit=1) == [three, two, one]
    assert ids("/v1/reviews", sort="-published_on", limit=1) == [two, one, three]


def test_filters_that_cannot_be_are_refused(empty_client, refused):
    for query, parameter in {
        "published_from=2026-03-02&published_to=2026-03-01": "published_to",
        "published_from=gestern": "published_from",
        "statement=x": "statement",
        "rating=5": "rating",
        "sort=url": "sort",
    }.items():
        refused(empty_client.get(f"/v1/reviews?{query}"), 422, parameter=parameter)


def test_a_statement_shows_its_reviews_with_why(client, review, record):
    statement = record()["id"]
    early = review(statement=statement, url="https://a.example/1", published_on="2026-01-01")
    late = review(statement=statement, url="https://a.example/2", rating={"value": 2.5, "best": 10})
    review()
    shown = client.get(f"/v1/statements/{statement}/references").json["reviews"]
    assert [each["id"] for each in shown] == [late["id"], early["id"]]
    assert shown[0]["why"] == "Hafenfakten rates it 2.5 on a scale from 1 to 10."
    assert shown[1]["why"] == "Hafenfakten rates it “Größtenteils falsch”."


def test_a_repeated_key_adds_one_review(client, record):
    body = {**REVIEW, "statement": record()["id"]}
    key = {"Idempotency-Key": "hafen-1"}
    first, again = (client.post("/v1/reviews", json=body, headers=key) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.data == again.data


def test_the_same_review_at_once_is_added_once(at_once, record, ids):
    body = {**REVIEW, "statement": record()["id"]}
    answers = at_once(*[lambda caller: caller.post("/v1/reviews", json=body)] * 4)
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]
    assert len(ids("/v1/reviews")) == 1
