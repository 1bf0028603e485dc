"""What ``benchmarks.scaling`` computes from a ledger, on one whose keys are known."""

from collections import Counter

import pytest

from api.ledger.storage.database import database, engine
from api.services.contradictions.candidates import MOST_JOINED, MOST_READ, MOST_SEARCHED, NEWEST
from benchmarks.scaling import measure, report

POSTINGS = 3
TEXTS = ("The ferry is late", "The ferry was sold", "The harbour is open", "A crane fell")


@pytest.fixture
def measured(record):
    for text in TEXTS:
        record(text, language="en", said_on="2026-02-03")
    return measure(engine(), 100)


def test_each_statement_is_taken_for_a_new_one(measured):
    rows = database.execute_sql("SELECT key, statement_id FROM statement_key").fetchall()
    frequent = Counter(key for key, _ in rows)
    found = sorted(sorted(keys) for keys in measured.lookups)
    ids = {statement for _, statement in rows}
    assert found == sorted(
        sorted(frequent[key] for key, holder in rows if holder == each) for each in ids
    )
    assert measured.statements == len(TEXTS)
    assert measured.keys[-1] == (len(TEXTS), len(frequent))
    # Of what is there now, each key leads to the other statements that have it.
    assert sorted(measured.read(len(TEXTS), 100)) == sorted(
        sum(number - 1 for number in keys) for keys in measured.lookups
    )


def test_what_is_read_is_bounded_however_large_the_ledger_is(measured):
    most = MOST_READ + 3 * MOST_SEARCHED + MOST_JOINED * NEWEST
    assert MOST_JOINED == 3  # of which there are three pairs
    read = measured.read(10**9, POSTINGS)
    # Each key that a statement shares is a common one by then: none is read whole.
    common = [sum(number > 1 for number in keys) for keys in measured.lookups]
    joined = [min(keys, MOST_JOINED) for keys in common]
    assert any(joined)
    assert read == [n * (n - 1) / 2 * MOST_SEARCHED + n * NEWEST for n in joined]
    assert max(read) <= most
    assert measured.read(10**9, POSTINGS, 10) == [10 * each for each in read]


def test_the_bytes_of_all_tables_are_told(measured):
    assert {"statement", "change", "analysis", "statement_key"} <= set(measured.bytes)
    lines = list(report(measured, disk=2000, rate=300))
    assert any(line.startswith("| 1,000,000,000 |") for line in lines)
