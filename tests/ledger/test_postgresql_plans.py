"""The plans of PostgreSQL: the default lists and single reads come from their indexes."""

import re

import pytest

from api.ledger.models import Change
from api.ledger.queries.contradiction_pages import ContradictionFilter
from api.ledger.queries.contradiction_pages import page as contradiction_page
from api.ledger.queries.statements import statement_shape
from api.ledger.queries.statements.statement_filters import StatementFilter
from api.ledger.queries.statements.statement_pages import page as statement_page
from api.ledger.storage.database import database, engine

pytestmark = pytest.mark.postgresql


@pytest.fixture
def plan(app, record, monkeypatch):
    """Gives the plan of the queries that a call makes, where all is read by indexes that can be."""
    for number in range(30):
        record(said_on=f"2026-01-{number + 1:02}", source={"title": f"Blatt {number}"})
    engine().measure()

    def of(call):
        made = []
        execute = database.execute_sql

        def note(sql, values=None):
            if sql.startswith("SELECT"):
                made.append((sql, values))
            return execute(sql, values)

        with monkeypatch.context() as noted:
            noted.setattr(database.obj, "execute_sql", note)
            call()
        with database.atomic():
            # Of so few rows all would be read and sorted otherwise.
            database.execute_sql("SET LOCAL enable_seqscan = off")
            database.execute_sql("SET LOCAL enable_sort = off")
            explained = [
                database.execute_sql(f"EXPLAIN (COSTS OFF) {sql}", own).fetchall()
                for sql, own in made
            ]
        return "\n".join(line for plan in explained for (line,) in plan)

    return of


@pytest.mark.parametrize(
    ("sort", "after", "index"),
    [
        ("-said_on", ("2026-01-01", 7), "statement_by_latest"),
        ("said_on", ("2026-01-01", 7), "statement_by_earliest"),
        ("-created_at", (7,), "statement_(by_creation|pkey)"),
    ],
)
@pytest.mark.parametrize("deep", [False, True])
def test_a_page_of_statements_is_read_from_its_index(plan, sort, after, index, deep):
    steps = plan(lambda: statement_page(StatementFilter(), sort, after if deep else None, 50))
    assert re.search(f"using {index} on statement", steps)
    assert "Sort" not in steps
    assert "Seq Scan" not in steps
    if deep:
        condition = re.search(rf"using {index} .*\n +Index Cond: (.*)", steps)[0]
        assert "ROW(" in condition or " < " in condition or " > " in condition, steps


@pytest.mark.parametrize("sort", ["-created_at", "-updated_at", "-score"])
def test_the_default_list_of_contradictions_is_read_from_its_index(plan, oppose, sort):
    oppose()
    steps = plan(lambda: contradiction_page(ContradictionFilter(), sort, None, 50))
    assert "contradiction_standing" in steps
    assert "Sort" not in steps
    assert "Seq Scan" not in steps


def test_words_are_looked_up_in_their_index(plan):
    steps = plan(lambda: statement_page(StatementFilter(q="aussage"), "-said_on", None, 50))
    assert "statement_search" in steps
    assert "Seq Scan" not in steps


def test_one_thing_is_read_by_its_key(plan):
    steps = plan(lambda: statement_shape.read([7]))
    # Of so few rows the index of an order takes as long.
    assert re.search(r"statement_(pkey|by_creation) on statement .*\n +Index Cond: \(id = ", steps)
    assert "Seq Scan" not in steps


def test_what_ever_rested_on_a_speaker_is_read_from_an_index(plan):
    rests = Change.speaker_id.in_([3])
    steps = plan(lambda: list(database.execute(Change.select(Change.id).where(rests))))
    assert "change_by_speaker" in steps
