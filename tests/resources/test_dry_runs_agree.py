"""What a dry run answers is what recording the same answers, but for ids and times."""

import json
from importlib import resources

import pytest

from tests.resources.articles.ferry import SOURCE, TEXT

# What is made anew each time, and counts that a proof or a mirror is held to.
_MADE = {"created_at", "updated_at"}


def agreeing(dry, real, path=""):
    """Whether a dry run told what is told when it is real."""
    if isinstance(dry, dict):
        assert dry.keys() == real.keys(), path
        for name in dry:
            made = name in _MADE or (dry[name] is None and name in ("id", "statement"))
            if not made:
                agreeing(dry[name], real[name], f"{path}/{name}")
    elif isinstance(dry, list):
        assert len(dry) == len(real), path
        for number, pair in enumerate(zip(dry, real, strict=True)):
            agreeing(*pair, f"{path}/{number}")
    else:
        assert dry == real, path


@pytest.fixture
def both(client):
    """Posts a body as a dry run and then for good; gives the answer."""

    def post(address, body, status=201):
        head = client.get("/v1/statements").headers["ETag"]
        dry = client.post(f"{address}?dry_run=true", json=body)
        assert client.get("/v1/statements").headers["ETag"] == head
        real = client.post(address, json=body)
        assert real.status_code == status, real.text
        assert dry.status_code == 200, dry.text
        agreeing(dry.json, real.json)
        return real.json

    return post


def article(text=TEXT, **more):
    return {"source": SOURCE, "text": text, **more}


def statement(text, speaker="Anna Berg", **more):
    named = {"name": speaker, "kind": "person"} if isinstance(speaker, str) else speaker
    return {"kind": "claim", "text": text, "speaker": named, "said_on": "2026-03-14", **more}


def test_each_seed(both):
    for file in resources.files("seeds").iterdir():
        if file.name.endswith(".ndjson"):
            for line in file.read_text(encoding="utf-8").splitlines():
                both("/v1/statements", json.loads(line))


def test_an_article_that_is_new_the_same_changed_and_gone(both):
    both("/v1/articles", article())
    both("/v1/articles", article(), 200)
    both("/v1/articles", article(TEXT.replace("no future here", "no place here")), 200)
    both("/v1/articles", article("On Friday, the council met. " + TEXT), 200)
    both("/v1/articles", article("“The harbour is open,” Anna Berg said."))


def test_an_article_that_is_judged_anew_and_one_by_known_speakers(both, record, add):
    record("The city will close the ferry line in June", language="en", said_on="2026-03")
    both("/v1/articles", article())
    changed = both("/v1/articles", article(TEXT.replace("will close", "will not close")), 200)
    assert changed["contradictions"]
    add("/v1/speakers", name="Mara Berg", kind="person", aliases=["M. Berg"])
    quote = "“The harbour is open,” {} said. Later Berg said it was full."
    for name in ("M. Berg", "Berg", "Anna Berg"):
        both("/v1/articles", {"source": {"title": name}, "text": quote.format(name)})


def test_a_choice_of_a_speaker(both, add):
    known = add("/v1/speakers", name="Lena Voss", kind="person")
    choices = [
        {"mention": "a spokesman", "speaker": {"id": known["id"]}},
        {"mention": "The mayor", "speaker": {"name": "Bo Falk", "kind": "person"}},
    ]
    text = "The mayor said the harbour is open. It is closed, said a spokesman."
    both("/v1/articles", {"source": {"title": "Kurier"}, "text": text, "speakers": choices})


def test_statements_that_were_decided_retracted_merged_and_published_again(both, client, take):
    first = both("/v1/statements", statement("The harbour is open", external_id="a"))
    second = both("/v1/statements", statement("The harbour is not open", "Bo Falk"))
    (raised,) = second["contradictions"]
    decision = {"status": "dismissed", "reason": "other"}
    assert client.patch(f"/v1/contradictions/{raised['id']}", json=decision).status_code == 200
    assert client.delete(f"/v1/statements/{second['id']}").status_code == 204
    both("/v1/statements", statement("The harbour is not open", "Bo Falk"))
    both("/v1/statements", statement("The harbour is open", source={"title": "Kurier"}), 200)
    both("/v1/statements", statement("The harbour is open", external_id="b"), 200)
    merged = both("/v1/statements", statement("The harbour was never open", "Anne Berg"))
    into = {"into": first["speaker"]["id"]}
    address = f"/v1/speakers/{merged['speaker']['id']}/merge"
    assert client.post(address, json=into).status_code == 200
    both("/v1/statements", statement("Rents in the harbour rose", "Anne Berg"))
    both("/v1/statements", statement("Rents in the harbour fell", {"id": merged["speaker"]["id"]}))
    both("/v1/statements", statement("Der Hafen ist offen", language="de"))


def test_a_statement_that_contradicts_one_that_others_contradict(both):
    """The others are said on another day, and so not looked at."""
    open_ = statement("The harbour is open") | {"said_on": None}
    both("/v1/statements", open_)
    closed = statement("The harbour is not open", "Bo Falk")
    assert both("/v1/statements", closed | {"said_on": "2020-03-14"})["contradictions"]
    never = statement("The harbour is not open any more", "Cy Dahl")
    assert both("/v1/statements", never)["contradictions"]


def test_a_reworded_statement_with_a_stance(both, client, take, add):
    told = both("/v1/articles", article())
    city = next(each for each in told["statements"] if "ferry line" in each["text"])
    other = both("/v1/statements", statement("The line has to stay", "Bo Falk"))
    proposition = add("/v1/propositions", text="The ferry line should close")
    take(city["id"], proposition["id"], "affirms")
    take(other["id"], proposition["id"], "denies")
    both("/v1/articles", article(TEXT.replace("will close", "may soon close")), 200)


@pytest.mark.parametrize(
    "body",
    [
        statement("The harbour is open", {"id": 99}),
        statement("The harbour is open", {"name": "Bo Falk"}),
        statement("The harbour is open", source={"id": 99}),
        statement("The harbour is closed", external_id="a"),
        statement(
            "The harbour is open", {"name": "Bo", "kind": "person", "aliases": ["Anna Berg"]}
        ),
    ],
)
def test_what_is_refused_is_refused_alike(client, body):
    known = statement("The harbour is open", external_id="a")
    assert client.post("/v1/statements", json=known).status_code == 201
    dry = client.post("/v1/statements?dry_run=true", json=body)
    real = client.post("/v1/statements", json=body)
    assert (dry.status_code, dry.json) == (real.status_code, real.json)
    assert real.status_code >= 400
