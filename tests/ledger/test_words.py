"""Which words are the same to full-text search: all but a few, whatever the database."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from api.ledger.storage.database import database, engine

WORDS = Path(__file__).parents[2] / "api" / "language" / "data"


def words():
    """Words of English and names of places, as they stand in the project's own lists."""
    found = set()
    for name in ("wordnet.tsv", "places.tsv", "names.txt", "synonyms.txt", "common.txt"):
        for line in (WORDS / name).read_text(encoding="utf-8").splitlines():
            found.update(word for word in line.replace("\t", " ").split() if word.isalpha())
    plural = {f"{word[:-1]}{ending}" for word in found for ending in (word[-1] + "s", "ies")}
    return sorted(found | {word for word in plural if len(word) > 3})


def fts5(texts):
    """The words that FTS5 makes of each text."""
    with closing(sqlite3.connect(":memory:")) as own:
        own.execute(
            "CREATE VIRTUAL TABLE held USING fts5 "
            "(text, tokenize = 'porter unicode61 remove_diacritics 2')"
        )
        own.execute("CREATE VIRTUAL TABLE term USING fts5vocab (held, instance)")
        own.executemany("INSERT INTO held (rowid, text) VALUES (?, ?)", enumerate(texts))
        found = [[] for _ in texts]
        for term, place in own.execute("SELECT term, doc FROM term ORDER BY doc, offset"):
            found[place].append(term)
    return found


@pytest.mark.postgresql
def test_words_have_the_same_stems_as_in_sqlite(app):
    tried = words()
    assert len(tried) > 10_000
    rows = database.execute_sql(
        "SELECT ARRAY(SELECT stem_of(word) FROM unnest(words_of(given)) AS word) "
        "FROM unnest(?::text[]) WITH ORDINALITY AS each (given, place) ORDER BY place",
        [tried],
    ).fetchall()
    differing = {
        word: (theirs, ours)
        for word, theirs, (ours,) in zip(tried, fts5(tried), rows, strict=True)
        if theirs != ours
    }
    assert differing == {}


# A text, what is searched, and which of the databases find it. docs/operations.md says so.
DIFFERING = [
    # Greek accents, which FTS5 leaves where they are.
    ("Η Αθήνα ψηφίζει", "αθηνα", {"postgresql"}),
    # FTS5 takes the vowel signs of Indian scripts for ends of words.
    ("हिन्दी भाषा", "ह", {"sqlite"}),
    # Rare fractions and signs, which FTS5 takes for letters.
    ("um ⅓mehr", "mehr", {"postgresql"}),
    ("um ⅓mehr", "⅓mehr", {"sqlite", "postgresql"}),
]


@pytest.mark.parametrize(("text", "q", "finding"), DIFFERING)
def test_what_is_found_differs_in_these_alone(record, ids, text, q, finding):
    record(text)
    assert ids("/v1/statements", q=q) == ([1] if engine().name in finding else [])
