"""``POST /v1/reviews/import``: what is written otherwise is read, or left out with a warning."""

import json

import pytest

from tests.linked_data.wild import REFUSED, SHAPES, of, rated, review

ADDRESS = "/v1/reviews/import"


@pytest.fixture
def take(client):
    """Imports a document: its one outcome, and the review that it brought."""

    def take_it(document, query=""):
        answer = client.post(ADDRESS + query, json=document)
        assert answer.status_code == 200, answer.text
        (outcome,) = answer.json["outcomes"]
        assert outcome["problem"] is None, outcome
        return outcome, client.get(f"/v1/reviews/{outcome['id']}").json

    return take_it


@pytest.mark.parametrize(
    ("document", "warned"), [each[1:] for each in SHAPES], ids=[each[0] for each in SHAPES]
)
def test_each_shape_of_a_fact_check_is_taken_and_what_is_not_plain_is_told(take, document, warned):
    outcome, taken = take(document)
    assert outcome["outcome"] == "created"
    assert tuple(each["pointer"] for each in outcome["warnings"]) == warned
    assert all(each["detail"].endswith((".", "!")) for each in outcome["warnings"])
    assert taken["statement"]["text"] == "The lighthouse was sold"
    assert taken["rating"]["label"] == "False"
    assert taken["url"].startswith("https://facts.example/2018/l")


@pytest.mark.parametrize("document", [each[1] for each in REFUSED], ids=[e[0] for e in REFUSED])
def test_what_no_fact_check_is_without_is_refused(client, document):
    (outcome,) = client.post(ADDRESS, json=document).json["outcomes"]
    assert (outcome["outcome"], outcome["problem"]["status"]) == ("refused", 422)


@pytest.mark.parametrize(
    ("written", "language", "read"),
    [
        ("2 April 2018", None, "2018-04-02"),
        ("Mon, 02 Apr 2018 10:00:00 +0000", None, "2018-04-02"),
        ("2019-3-2", None, "2019-03-02"),
        ("April 2nd, 2018", None, "2018-04-02"),
        ("April 2018", None, "2018-04"),
        ("2018", None, "2018"),
        ("2018-04-02T23:30:00-07:00", None, "2018-04-02"),
        ("25/12/2018", None, "2018-12-25"),
        ("12/25/2018", None, "2018-12-25"),
        ("03/04/2018", None, "2018-03-04/2018-04-03"),
        ("03/04/2018", "en", "2018-03-04/2018-04-03"),
        ("03/04/2018", "en-US", "2018-03-04"),
        ("03/04/2018", "en-GB", "2018-04-03"),
        ("03/04/2018", "pt-BR", "2018-04-03"),
        ("04/04/2018", None, "2018-04-04"),
        ("03.04.2018", None, "2018-04-03"),
        ("03/04/18", None, None),
        ("Monday", None, None),
        ("at 10 o'clock", None, None),
        ("2018-13-45", None, None),
        ("99999999999999999999", None, None),
        ("1 January 99999", None, None),
    ],
)
def test_dates_are_read_and_what_they_leave_open_stays_open(take, written, language, read):
    outcome, taken = take(review(datePublished=written, inLanguage=language))
    assert taken["published_on"] == read
    if read is None:
        (warning,) = outcome["warnings"]
        assert warning["pointer"] == "/datePublished"
        assert "left out" in warning["detail"]


def test_a_date_that_means_two_days_says_so(take):
    outcome, _ = take(of(datePublished="03/04/2018"))
    (warning,) = outcome["warnings"]
    assert "2018-04-03 or 2018-03-04" in warning["detail"]


@pytest.mark.parametrize(
    ("members", "query", "read"),
    [
        ({"url": "/check/1"}, "?url=https://facts.example/2018/", "https://facts.example/check/1"),
        ({"url": "1.html"}, "?url=https://facts.example/2018/", "https://facts.example/2018/1.html"),
        ({"url": "?id=1"}, "?url=https://facts.example/c", "https://facts.example/c?id=1"),
        ({"url": "//other.example/1"}, "?url=https://facts.example/", "https://other.example/1"),
        ({"url": "other.example/1"}, "?url=https://facts.example/", "https://other.example/1"),
        ({"url": None}, "?url=https://facts.example/c", "https://facts.example/c"),
        ({"url": "N/A"}, "?url=https://facts.example/c", "https://facts.example/c"),
        ({"url": "https://facts.example/a"}, "?url=https://facts.example/c", "https://facts.example/a"),
        ({"url": "/c", "@id": "https://facts.example/a#r"}, "", "https://facts.example/c"),
    ],
)  # fmt: skip
def test_what_is_relative_is_relative_to_its_page(take, members, query, read):
    _, taken = take(review(**members), query)
    assert taken["url"] == read


def test_without_a_page_a_relative_address_is_refused(client):
    (outcome,) = client.post(ADDRESS, json=review(url="/check/1")).json["outcomes"]
    assert [each["pointer"] for each in outcome["problem"]["errors"]] == ["/url"]


def test_a_page_that_is_no_address_is_refused(empty_client, refused):
    refused(empty_client.post(f"{ADDRESS}?url=/check", json=[]), 422, parameter="url")


def test_a_source_that_cannot_be_told_is_left_out_alone(client, take):
    works = [{"@type": "CreativeWork", "url": "not told"}, "https://a.example/1"]
    outcome, taken = take(of(appearance=[*works, {"name": "b", "datePublished": "soon"}]))
    assert [each["pointer"] for each in outcome["warnings"]] == [
        "/itemReviewed/appearance/2/datePublished",
        "/itemReviewed/appearance/0/url",
    ]
    address = f"/v1/statements/{taken['statement']['id']}/appearances"
    sources = [each["source"] for each in client.get(address).json["items"]]
    assert [each["url"] or each["title"] for each in sources] == ["https://a.example/1", "b"]


def test_of_very_many_appearances_the_first_are_kept(client, take):
    outcome, taken = take(of(appearance=[f"https://a.example/{n}" for n in range(150)]))
    (warning,) = outcome["warnings"]
    assert warning["pointer"] == "/itemReviewed/appearance"
    assert taken["statement"]["appearances"] == 101


def test_a_number_that_is_off_its_scale_gives_way_to_the_words(take):
    for wrong in ({"ratingValue": "7"}, {"worstRating": "9"}):
        _, taken = take(rated(**wrong, ratingExplanation="Why"))
        assert taken["rating"] == {
            "value": None,
            "best": None,
            "worst": None,
            "label": "False",
            "explanation": "Why",
        }


def test_a_label_that_is_a_whole_text_is_cut_and_kept_as_the_explanation(take):
    outcome, taken = take(rated(alternateName="No. " * 200))
    assert [each["pointer"] for each in outcome["warnings"]] == ["/reviewRating/alternateName"]
    assert len(taken["rating"]["label"]) == 500
    assert taken["rating"]["explanation"] == ("No. " * 200).strip()


def test_a_language_that_is_left_out_is_not_taken_for_english(take):
    claim = "Das Meer ist nicht so salzig wie die Suppe, sagte er auf dem Markt"
    _, taken = take(review(claimReviewed=claim, inLanguage="de-" + "x" * 40))
    assert (taken["language"], taken["statement"]["language"]) == (None, "de")


def test_a_dry_run_tells_the_same_and_stores_nothing(client, ids):
    document = [review(), review(url="/x", claimReviewed="Another"), review(claimReviewed=None)]
    tried = client.post(f"{ADDRESS}?dry_run=true", json=document).json["outcomes"]
    assert [each["outcome"] for each in tried] == ["created", "refused", "refused"]
    assert [each["id"] for each in tried] == [each["statement"] for each in tried] == [None] * 3
    assert ids("/v1/reviews") == ids("/v1/statements") == ids("/v1/speakers") == []
    (stored, *_) = client.post(ADDRESS, json=document).json["outcomes"]
    tried = client.post(f"{ADDRESS}?dry_run=true", json=rated(alternateName="True")).json
    assert tried["outcomes"][0]["outcome"] == "updated"
    assert (tried["outcomes"][0]["id"], tried["outcomes"][0]["statement"]) == (
        stored["id"],
        stored["statement"],
    )
    assert client.get(f"/v1/reviews/{stored['id']}").json["rating"]["label"] == "False"


def page(*scripts, head=""):
    """An HTML page that has some scripts of linked data."""
    told = "".join(f'<script type="application/ld+json">{each}</script>' for each in scripts)
    return f"<!doctype html><html><head>{head}</head><body><p>Text</p>{told}</body></html>"


@pytest.fixture
def send(client):
    """Sends an HTML page."""

    def send_it(markup, query="", content_type="text/html"):
        data = markup if isinstance(markup, bytes) else markup.encode()
        answer = client.post(ADDRESS + query, data=data, content_type=content_type)
        assert answer.status_code == 200, answer.text
        return answer.json

    return send_it


def test_the_scripts_of_a_page_are_read(send):
    other = json.dumps({"@type": "WebPage", "url": "/"})
    given = json.dumps({"@graph": [{"@type": "Organization"}, review(url="/check")]})
    head = '<link href="https://facts.example/2018/c" rel="canonical">'
    told = send(page(other, given, head=head))
    (outcome,) = told["outcomes"]
    assert outcome["pointer"] == "/1/@graph/1"
    assert (outcome["outcome"], outcome["url"]) == ("created", "https://facts.example/check")
    assert told["warnings"] == []


@pytest.mark.parametrize(
    ("around", "within"),
    [
        ('<SCRIPT data-x="a>b" TYPE=application/ld+json>{}</SCRIPT >', "{}"),
        ("<script type='application/ld+json; charset=utf-8'>{}</script>", "//<![CDATA[\n{}\n//]]>"),
        ('<script type="application/ld+json">{}</script>', "<!-- {} -->"),
        ('<script type="application/ld+json">{}</script>', "{};"),
        ('<!-- <script> --><script type="application/ld+json">{}</script>', "{}"),
        ('<script>"<script type=x>"</script><script type="application/ld+json">{}</script>', "{}"),
        ('<script type="application/ld+json">{}', "{}"),
    ],
)
def test_scripts_are_found_however_they_are_written(send, around, within):
    given = json.dumps(review(claimReviewed="The\tlighthouse <b>")).replace("\\t", "\t\n")
    (outcome,) = send(around.replace("{}", within.replace("{}", given)))["outcomes"]
    assert (outcome["outcome"], outcome["url"]) == ("created", review()["url"])


def test_what_is_no_script_of_a_page_is_not_read(empty_client, refused):
    given = json.dumps(review())
    for markup in (
        f'<!-- <script type="application/ld+json">{given}</script> -->',
        f"<script>{given}</script>",
        f'<textarea><script type="application/ld+json">{given}</script></textarea>',
        f"<p>{given}</p>",
        "",
    ):
        answer = empty_client.post(ADDRESS, data=markup, content_type="text/html")
        refused(answer, 422, pointer="")


def test_a_script_that_is_no_json_is_told_and_the_others_are_read(send):
    told = send(page('{"@type": "ClaimReview",', json.dumps(review())))
    (outcome,) = told["outcomes"]
    assert (outcome["outcome"], outcome["pointer"]) == ("created", "/1")
    (warning,) = told["warnings"]
    assert warning["pointer"] == "/0"
    assert "JSON" in warning["detail"]


@pytest.mark.parametrize(
    ("encoding", "head", "content_type"),
    [
        ("utf-8-sig", "", "text/html"),
        ("windows-1251", '<meta charset="windows-1251">', "text/html"),
        ("iso-8859-5", "", "text/html; charset=ISO-8859-5"),
    ],
)
def test_a_page_is_read_in_its_own_charset(client, send, encoding, head, content_type):
    given = json.dumps(review(claimReviewed="Маяк продан"), ensure_ascii=False)
    markup = page(given, head=head).encode(encoding)
    (outcome,) = send(markup, content_type=content_type)["outcomes"]
    assert client.get(f"/v1/reviews/{outcome['id']}").json["claim"] == "Маяк продан"


def test_a_page_in_no_charset_that_is_known_is_refused(empty_client, refused):
    for content_type in ("text/html; charset=klingon", "text/html"):
        answer = empty_client.post(ADDRESS, data=b"<p>\xff\xfe\xfd", content_type=content_type)
        refused(answer, 400)


@pytest.mark.parametrize(
    "markup",
    [
        "<script " * 50_000,
        '<meta "' * 50_000,
        "<script type='application/ld+json'>" * 20_000,
        "<script>" * 50_000,
        "<!--" * 100_000,
        "<link " + 'a="b" ' * 80_000 + ">",
        "<script type='application/ld+json'>" + "[" * 200_000 + "</script>",
        "<script type='application/ld+json'>" + " " * 300_000 + "x</script>",
    ],
    ids=range(8),
)
def test_a_page_made_to_take_long_is_looked_through_once(empty_client, refused, markup):
    refused(empty_client.post(ADDRESS, data=markup, content_type="text/html"), 422, pointer="")
