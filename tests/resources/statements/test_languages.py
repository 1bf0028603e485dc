"""In which language a text is, where nobody says: told from its words at every door."""

from pathlib import Path

import pytest

from tests.resources.articles.ferry import TEXT, post

CLAIMS = Path(__file__).parents[2] / "language" / "texts" / "foreign.txt"
DANISH = "Regeringen vil lukke tre hospitaler i Jylland"
# Of these languages there are ten claims or more, which make a short article.
TAGS = [
    *("ar", "ca", "cs", "da", "de", "el", "es", "et", "fi", "fr", "hi", "hr", "hu", "id", "it"),
    *("ja", "lt", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sv", "tl", "tr", "uk", "vi"),
]
FRENCH = "« Les bateaux n'ont aucun avenir ici », a dit Camille Roux, qui tient un café."
JAPANESE = "「船にはここに未来がない」とカフェを営むルーさんは言った。"


def claims(tag):
    lines = CLAIMS.read_text(encoding="utf-8").splitlines()
    return [line.partition("|")[2] for line in lines if line.startswith(f"{tag}|")]


@pytest.fixture
def stated(client):
    """Records a claim of which no language is stated and gives the statement."""

    def record(text, **members):
        body = {
            "kind": "claim",
            "text": text,
            "speaker": {"name": "Anna Berg", "kind": "person"},
            **members,
        }
        answer = client.post("/v1/statements", json=body)
        assert answer.status_code == 201, answer.text
        return answer.json

    return record


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (DANISH, "da"),
        ("A kormány három kórházat zár be", "hu"),
        ("Hükümet üç hastaneyi kapatıyor", "tr"),
        ("Line 2 is closed", "en"),
        ("No.", "en"),
        ("Erdoğan rejects the accusation", "en"),
    ],
)
def test_a_statement_without_a_language_has_that_of_its_words(stated, text, language):
    assert stated(text)["language"] == language


def test_a_language_that_is_stated_stays(stated):
    assert stated(DANISH, language="en")["language"] == "en"
    assert stated("The harbour is open", language="da")["language"] == "da"


def test_what_is_in_another_language_is_not_compared(client, stated):
    stated("Minister Holm ist sehr happy mit Plan 7")
    stated("Minister Holm ist nicht sehr happy mit Plan 7")
    assert client.get("/v1/contradictions").json["items"] == []


def test_the_language_goes_with_the_words_until_somebody_states_it(client, stated):
    def revised(statement, **changes):
        address = f"/v1/statements/{statement['id']}"
        version = client.get(address).headers["ETag"]
        answer = client.patch(address, json=changes, headers={"If-Match": version})
        assert answer.status_code == 200, answer.text
        return answer.json["language"]

    guessed = stated("The harbour is open")
    assert revised(guessed, text=DANISH) == "da"
    assert revised(guessed, text="The harbour is closed") == "en"
    told = stated("The ferry line is open", language="de")
    assert revised(told, text="The ferry line is closed") == "de"


def test_lines_of_an_import_without_a_language_have_that_of_their_words(client):
    speaker = '"speaker": {"name": "Anna Berg", "kind": "person"}, "kind": "claim"'
    lines = f'{{"text": "{DANISH}", {speaker}}}\n{{"text": "Line 2 is closed", {speaker}}}\n'
    answer = client.post(
        "/v1/statements/import", data=lines.encode(), content_type="application/x-ndjson"
    )
    assert answer.status_code == 200
    stored = client.get("/v1/statements?sort=-created_at").json["items"]
    assert [each["language"] for each in stored] == ["en", "da"]


def test_a_line_that_says_something_else_is_in_the_language_of_that(client):
    speaker = '"speaker": {"name": "Anna Berg", "kind": "person"}, "kind": "claim"'
    for text, language in (("The harbour is open", "en"), (DANISH, "da")):
        line = f'{{"text": "{text}", "external_id": "1", {speaker}}}'
        client.post(
            "/v1/statements/import", data=line.encode(), content_type="application/x-ndjson"
        )
        (statement,) = client.get("/v1/statements").json["items"]
        assert (statement["text"], statement["language"]) == (text, language)


def test_a_proposition_without_a_language_has_that_of_its_words(client):
    def added(text):
        return client.post("/v1/propositions", json={"text": text}).json["language"]

    assert added("The harbour should be closed") == "en"
    assert added("Der Hafen soll geschlossen werden") == "de"


def test_a_pair_in_another_language_is_not_held_against_each_other(client):
    def checked(a, b):
        pair = {"a": {"text": a}, "b": {"text": b}}
        answer = client.post("/v1/contradictions/check", json={"pairs": [pair]})
        (result,) = answer.json["results"]
        return result["verdict"], result["not_comparable"]

    assert checked("Linje 2 er lukket i dag", "Linje 2 er ikke lukket i dag") == (
        "none",
        "language",
    )
    assert checked("Line 2 is closed", "Line 2 is not closed") == ("flagged", None)


@pytest.mark.parametrize("language", [None, "en"])
def test_a_short_claim_that_is_reviewed_has_the_language_of_its_words(client, language):
    review = {
        "@type": "ClaimReview",
        "url": "https://facts.example/1",
        "author": {"@type": "Organization", "name": "Quay Facts"},
        "claimReviewed": "Rząd zamyka trzy szpitale",
        "reviewRating": {"@type": "Rating", "alternateName": "False"},
        **({"inLanguage": language} if language else {}),
    }
    answer = client.post("/v1/reviews/import", json=review)
    assert answer.status_code == 200
    (statement,) = client.get("/v1/statements").json["items"]
    assert statement["language"] == "pl"


@pytest.mark.parametrize("tag", TAGS)
def test_an_article_in_another_language_is_refused_and_told_which(empty_client, tag):
    text = "\n\n".join(" ".join(claims(tag)[at : at + 4]) for at in (0, 4, 8))
    answer = empty_client.post("/v1/articles", json={"source": {"title": "A"}, "text": text})
    assert answer.status_code == 422
    (error,) = answer.json["errors"]
    assert error["pointer"] == "/text"
    assert "This reads as" in error["detail"]


@pytest.mark.parametrize(("language", "words"), [("fr", FRENCH), ("ja", JAPANESE)])
def test_a_foreign_paragraph_of_an_english_article_is_left_out_and_told(client, language, words):
    text = f"{TEXT}\n{words}\n\n“We will sue,” Lena Holm said.\n"
    answer = post(client, text)
    (part,) = answer["left_out"]
    assert part["language"] == language
    assert text[part["start"] : part["end"]] == words
    for each in answer["statements"]:
        place = each["position"]
        assert not part["start"] <= place["start"] < part["end"]
        assert text[place["start"] : place["end"]].strip()
    assert any("sue" in each["text"] for each in answer["statements"])


def test_of_an_english_article_nothing_is_left_out(client):
    assert post(client)["left_out"] == []
