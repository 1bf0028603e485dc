"""Lines that say nothing new are known without being stored: the same as storing them finds."""

from contextlib import suppress
from dataclasses import replace
from itertools import product

import pytest

from api.ledger.history import revisions
from api.ledger.models import Statement
from api.ledger.storage.database import engine, writing
from api.services.common.errors import ServiceError
from api.services.contradictions.comparisons import Comparisons
from api.services.dry_runs.imports import in_copy
from api.services.imports.statements import LineByLine, Sent
from api.services.imports.upsert import commit_line, prepare_lines


class Undone(Exception):
    """Ends a transaction of which nothing is to stay."""


def line(text="Der Kran steht still", **fields):
    speaker = {"name": "Anna Berg", "kind": "person"}
    return {"kind": "claim", "text": text, "language": "de", "speaker": speaker, **fields}


PAPER = {"url": "https://hafen.example/1", "title": "Hafenpost"}
SPEAKERS = [
    {"name": "Anna Berg", "kind": "person"},
    {"name": "anna berg"},
    {"name": "A. Berg", "kind": "person"},
    {"name": "Anna Berg", "kind": "organization"},
    {"name": "Anna Berg", "wikidata": "Q2"},
    {"name": "Bo Falk", "kind": "person"},
    {"id": 1},
    {"id": 2},
    {"id": 3},
]
SOURCES = [
    None,
    PAPER,
    {"url": PAPER["url"], "title": "Anders"},
    {"title": "Hafenpost"},
    {"title": "Ohne Adresse"},
    {"title": "Ohne Adresse", "publisher": "Verlag"},
    {"id": 1},
    {"id": 2},
]
SAID = [
    {},
    {"role": "Kranführerin"},
    {"role": None},
    {"said_on": "2026-03-14"},
    {"topics": ["Hafen", "hafen"]},
    {"topics": ["kran"]},
    {"kind": "quote"},
    {"kind": "quote", "verbatim": ["Kran"]},
]


@pytest.fixture
def filled(client, record):
    """A ledger with statements under an id of their own, under two, under none, and retracted."""
    anna = {"name": "Anna Berg", "kind": "person", "aliases": ["A. Berg"], "wikidata": "Q1"}
    client.post("/v1/speakers", json=anna)
    client.post("/v1/speakers", json={"name": "Bo Falk", "kind": "person"})
    client.post("/v1/speakers", json={"name": "Bo Falck", "kind": "person"})
    client.post("/v1/speakers/3/merge", json={"into": 2})
    crane = "Der Kran steht still"
    record(crane, external_id="a", role="Kranführerin", topics=["hafen"], source=PAPER)
    record(crane, external_id="b", said_on="2026-03-14", source={"title": "Ohne Adresse"})
    record(crane, external_id="c", said_on="2026-03-14", status=200)
    record(crane, speaker="Bo Falk", external_id="d")
    client.delete("/v1/statements/3")
    record("Die Schleuse ist zu")


def bodies():
    names = [{}, *({"external_id": name} for name in "abcdx")]
    texts = ["Der Kran steht still", "DER KRAN steht still", "Die Schleuse ist zu"]
    for text, name, speaker, source, said in product(texts, names, SPEAKERS, SOURCES, SAID):
        body = line(text, speaker=speaker, **name, **said)
        yield body if source is None else body | {"source": source}


@pytest.mark.usefixtures("filled")
def test_what_is_known_to_be_unchanged_is_what_storing_it_leaves_unchanged():
    found = set()
    # Every seventh has each of the values with each other; all of them take a minute.
    for body in list(bodies())[::7]:
        (ready,) = prepare_lines([body])
        if isinstance(ready, ServiceError) or ready.unchanged is None:
            continue
        found.add(ready.unchanged)
        with suppress(Undone), writing():
            assert commit_line(ready, Comparisons()) == (ready.unchanged, "unchanged"), body
            raise Undone
    assert found == {1, 2, 4}


@pytest.mark.usefixtures("filled")
def test_what_a_dry_run_tells_of_lines_is_what_storing_them_tells():
    results = set()
    every = list(bodies())
    for at in range(0, len(every), 211):
        # Two at once, the second of which may find what the first made or changed.
        sent = [
            Sent(number, 100, body, body.get("external_id"))
            for number, body in enumerate((every[at], every[at - 1]))
        ]
        tried = outcomes(LineByLine(type_of, opened=in_copy), sent)
        stored = []
        with suppress(Undone), writing():
            stored += outcomes(LineByLine(type_of), sent)
            raise Undone
        assert without_made(tried) == without_made(stored), sent
        results |= {each.result for each in stored}
    assert results == {"created", "updated", "unchanged", "refused"}


def type_of(error):
    return {"type": type(error).__name__, "detail": str(error)}


def outcomes(importing, sent):
    return [*importing.take(sent), *importing.end()]


def without_made(told):
    made = {each.statement_id for each in told if each.result == "created"} - {None}
    return [
        replace(each, statement_id=None) if each.statement_id in made else each for each in told
    ]


@pytest.mark.usefixtures("app")
def test_known_lines_take_no_more_queries_the_more_there_are(monkeypatch):
    lines = [line(f"Aussage {n}", external_id=f"a{n}", source=PAPER) for n in range(100)]
    sent = [Sent(n, 100, body, body["external_id"]) for n, body in enumerate(lines)]
    importing = LineByLine(str)
    assert {each.result for each in importing.take(sent)} == {"created"}
    number, _ = revisions.head()
    asked = []
    run = type(engine()).execute_sql

    def counting(self, sql, *rest, **named):
        asked.append(sql)
        return run(self, sql, *rest, **named)

    monkeypatch.setattr(type(engine()), "execute_sql", counting)
    few = [each.result for each in importing.take(sent[:2])]
    of_few = len(asked)
    asked.clear()
    assert {each.result for each in importing.take(sent)} == {*few} == {"unchanged"}
    assert len(asked) == of_few < 12
    assert revisions.head()[0] == number


def test_of_words_that_many_say_only_the_speakers_own_are_read(record, monkeypatch):
    for name in ("Anna Berg", "Bo Falk", "Cora Lund"):
        record("Der Kran steht still", speaker=name)
    made = []
    new = Statement.__init__
    monkeypatch.setattr(
        Statement,
        "__init__",
        lambda self, *values, **named: made.append(new(self, *values, **named)),
    )
    (known,) = prepare_lines([line()])
    assert known.unchanged == 1
    assert len(made) == 1


@pytest.mark.usefixtures("app")
def test_a_line_is_looked_at_again_where_one_before_it_changed_something():
    importing = LineByLine(str)

    def told(*roles):
        sent = [Sent(n, 9, line(external_id="a", role=role)) for n, role in enumerate(roles)]
        return [each.result for each in importing.take(sent)]

    assert told("Wache") == ["created"]
    assert told("Wache", "Koch", "Wache", "Wache") == [
        "unchanged",
        "updated",
        "updated",
        "unchanged",
    ]
