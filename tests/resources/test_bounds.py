"""How much one request may ask for, and for how long it is worked on."""

from json import loads
from threading import Thread

import pytest
from orjson import dumps

from api.ledger.storage.database import disconnect, writing
from api.services.contradictions import precomparison

QUOTE = "“The harbour will close in {} days because of the strike,” Anna Berg said.\n"
ARTICLE = {"source": {"title": "Kurier", "published_on": "2026-03-14"}}
STATEMENT = {
    "kind": "claim",
    "text": "The harbour is open",
    "speaker": {"name": "Anna Berg", "kind": "person"},
}
NDJSON = "application/x-ndjson"
PAIRS = {"pairs": [{"a": {"text": "The harbour is open"}, "b": {"text": "It is not open"}}]}


def quotes(number):
    return ARTICLE | {"text": "".join(QUOTE.format(i + 2) for i in range(number))}


@pytest.mark.parametrize(
    ("address", "body", "settings", "named"),
    [
        ("/v1/contradictions/check", PAIRS, {"max_check_words": 7}, "8 words and marks"),
        ("/v1/articles", quotes(1), {"max_article_words": 10}, "18 words and marks"),
        ("/v1/articles", quotes(3), {"max_statements": 2}, "3 statements"),
        ("/v1/articles", quotes(3), {"max_compared": 2}, "more than 2 pairs"),
        ("/v1/articles?dry_run=true", quotes(3), {"max_compared": 2}, "more than 2 pairs"),
    ],
)
def test_what_is_too_much_is_refused_by_name(open_ledger, refused, address, body, settings, named):
    client = open_ledger(**settings).test_client()
    problem = refused(client.post(address, json=body), 413)
    assert named in problem["detail"]
    assert "send" in problem["detail"]
    assert client.get("/v1/sources").json["items"] == []


def test_pairs_are_counted_before_any_is_compared(open_ledger, refused, monkeypatch):
    compared = []
    real = precomparison.Comparisons.compare
    monkeypatch.setattr(
        precomparison.Comparisons,
        "compare",
        lambda self, pairs: (compared.extend(pairs), real(self, pairs))[1],
    )
    client = open_ledger(max_compared=10).test_client()
    refused(client.post("/v1/articles", json=quotes(6)), 413)
    assert compared == []
    assert client.post("/v1/articles", json=quotes(5)).status_code == 201
    assert len(compared) == 10


@pytest.mark.parametrize(
    ("markup", "named"),
    [
        ("<p " + " ".join(f"a{i}" for i in range(80_000)) + ">x</p>", "500 attributes"),
        ("<p " + " ".join(f'a{i}="<b>"' for i in range(501)), "500 attributes"),
        ("<b>x</b>" * 50_001, "50000 elements"),
        ("<div>" * 501, "500 elements deep"),
    ],
    ids=["bare attributes", "attributes with markup", "elements", "depth"],
)
def test_markup_is_counted_before_it_is_read(client, refused, markup, named):
    problem = refused(client.post("/v1/articles", json={"html": markup}), 422, pointer="/html")
    assert named in problem["detail"]
    assert "send the article's text" in problem["detail"]


@pytest.mark.parametrize(
    ("address", "body", "setting"),
    [
        ("/v1/contradictions/check", PAIRS, "check_timeout"),
        ("/v1/articles", quotes(2), "article_timeout"),
        (
            "/v1/articles",
            {"html": f"<article>{40 * '<p>The harbour is open.</p>'}</article>"},
            "article_timeout",
        ),
        ("/v1/statements", STATEMENT, "statement_timeout"),
        ("/v1/statements?dry_run=true", STATEMENT, "statement_timeout"),
    ],
)
def test_what_takes_too_long_is_broken_off_and_tells_where(
    open_ledger, refused, address, body, setting
):
    client = open_ledger(**{setting: 1}).test_client()
    answer = client.post(address, json=body)
    problem = refused(answer, 503)
    assert problem["type"] == "/problems/took-too-long"
    assert problem["stage"] in problem["detail"]
    assert problem["seconds"] == 0.001
    assert int(answer.headers["Retry-After"]) >= 1
    for listed in ("statements", "speakers", "sources"):
        assert client.get(f"/v1/{listed}").json["items"] == []


def test_a_line_that_takes_too_long_is_refused_and_others_are_not(open_ledger):
    client = open_ledger(statement_timeout=1).test_client()
    lines = [STATEMENT, STATEMENT | {"text": "Der Hafen ist offen", "language": "de"}]
    body = "\n".join(client.application.json.dumps(line) for line in lines)
    answer = client.post("/v1/statements/import", data=body, content_type="application/x-ndjson")
    first, second = map(client.application.json.loads, answer.text.splitlines())
    assert first["problem"]["type"] == "/problems/took-too-long"
    assert second["outcome"] == "created"


@pytest.mark.parametrize(
    ("address", "body"), [("/v1/articles", quotes(3)), ("/v1/statements", STATEMENT)]
)
def test_a_dry_run_takes_no_turn_among_the_writers(client, write_turns, address, body):
    assert client.post(f"{address}?dry_run=true", json=body).status_code == 200
    assert write_turns == []
    assert client.post(address, json=body).status_code == 201
    assert len(write_turns) == 1


@pytest.mark.parametrize(
    ("address", "body"), [("/v1/articles", quotes(3)), ("/v1/statements", STATEMENT)]
)
def test_a_dry_run_is_answered_while_another_writes(app, address, body):
    statuses = []

    def ask():
        try:
            answer = app.test_client().post(f"{address}?dry_run=true", json=body)
            statuses.append(answer.status_code)
        finally:
            disconnect()

    asking = Thread(target=ask)
    with writing():
        asking.start()
        asking.join()
    assert statuses == [200]


def lines(*bodies):
    return {"data": b"".join(dumps(each) + b"\n" for each in bodies), "content_type": NDJSON}


FRENCH = STATEMENT | {"text": "Le port est ouvert", "language": "fr", "external_id": "a"}
CHECKED = {
    "@type": "ClaimReview",
    "url": "https://checks.example/1",
    "claimReviewed": "The harbour is closed",
    "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "Anna Berg"}},
    "author": {"@type": "Organization", "name": "Kurier"},
    "reviewRating": {"@type": "Rating", "alternateName": "False"},
}
IMPORTS = [
    ("/v1/statements/import?", lines(STATEMENT, FRENCH, STATEMENT)),
    ("/v1/statements/import?atomic=true&", lines(STATEMENT, FRENCH)),
    ("/v1/reviews/import?", {"json": [CHECKED]}),
]


@pytest.mark.parametrize(("address", "sent"), IMPORTS)
@pytest.mark.parametrize("known", [False, True], ids=["new", "known"])
def test_a_dry_run_of_an_import_takes_no_turn_among_the_writers(
    app, client, write_turns, address, sent, known
):
    if known:
        # What was revised since is found again, with all that rests on it.
        for body in (STATEMENT, FRENCH | {"topics": ["port"], "source": {"title": "Le Quai"}}):
            assert client.post("/v1/statements", json=body).status_code == 201
        assert client.post("/v1/reviews/import", json=[CHECKED]).status_code == 200
        revised = {"text": "Le quai est ouvert"}
        assert client.patch("/v1/statements/2", json=revised).status_code == 200
    with writing():
        write_turns.clear()
        tried = in_a_thread(app, f"{address}dry_run=true", sent)
        assert write_turns == []
    stored = client.post(address, **sent)
    assert write_turns
    assert told(tried) == told(stored)
    assert {each["outcome"] for each in told(stored)} <= {"created", "updated", "unchanged"}


def in_a_thread(app, address, sent):
    answers = []

    def ask():
        try:
            answer = app.test_client().post(address, **sent)
            answers.append((answer.status_code, answer.text))
        finally:
            disconnect()

    asking = Thread(target=ask)
    asking.start()
    asking.join()
    ((status, text),) = answers
    assert status == 200
    return text


def told(answer):
    """The outcomes of an import without the ids of what was made."""
    text = answer if isinstance(answer, str) else answer.text
    found = [loads(line) for line in text.splitlines() if line.strip()]
    outcomes = found[0].get("outcomes", found)
    made = [each for each in outcomes if each["outcome"] == "created"]
    ids = {each[name] for each in made for name in ("id", "statement") if name in each}
    return [
        {
            name: None if name in ("id", "statement") and value in ids else value
            for name, value in each.items()
        }
        for each in outcomes
    ]
