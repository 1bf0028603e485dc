"""The plans of queries.

An index gives the order of the default lists, from the page's first row on.
"""

import re

import pytest

from api.ledger.queries.contradiction_pages import ContradictionFilter
from api.ledger.queries.contradiction_pages import page as contradiction_page
from api.ledger.queries.snapshots import PastFilter, show_statements
from api.ledger.queries.snapshots import statement_page as past_page
from api.ledger.queries.statements.statement_filters import StatementFilter
from api.ledger.queries.statements.statement_pages import page as statement_page
from api.ledger.storage.database import database

pytestmark = pytest.mark.sqlite


@pytest.fixture
def plans(app, monkeypatch):
    """Gives the plans of the queries that a call makes."""

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
        explained = [database.execute_sql(f"EXPLAIN QUERY PLAN {sql}", own) for sql, own in made]
        return ["\n".join(row[-1] for row in each.fetchall()) for each in explained]

    return of


@pytest.fixture
def plan(plans):
    """Gives the plan of the one query that a call makes."""

    def of(call):
        (made,) = plans(call)
        return made

    return of


@pytest.mark.parametrize(
    ("sort", "after", "index"),
    [
        ("-said_on", ("2026-01-01", 7), "statement_by_latest"),
        ("said_on", ("2026-01-01", 7), "statement_by_earliest"),
        ("-created_at", (7,), "statement_by_creation"),
    ],
)
@pytest.mark.parametrize("deep", [False, True])
def test_a_page_of_statements_is_read_from_its_index(plan, sort, after, index, deep):
    steps = plan(lambda: statement_page(StatementFilter(), sort, after if deep else None, 50))
    assert index in steps
    assert "TEMP B-TREE" not in steps
    assert "SCAN" not in steps
    if deep:
        assert "<" in steps.split(index)[1] or ">" in steps.split(index)[1]


@pytest.mark.parametrize("sort", ["-created_at", "-updated_at", "-score"])
def test_the_default_list_of_contradictions_is_read_from_its_index(plan, sort):
    steps = plan(lambda: contradiction_page(ContradictionFilter(), sort, None, 50))
    assert "contradiction_standing" in steps
    assert "TEMP B-TREE" not in steps


@pytest.mark.parametrize(
    ("wanted", "after", "index"),
    [
        (PastFilter(), (7,), r"change_by_subject \(subject=\? AND subject_id<\?\)"),
        (PastFilter(speaker=[3]), (7,), r"change_by_speaker \(speaker_id=\? AND subject_id<\?\)"),
        (
            PastFilter(status=("retracted",)),
            (7,),
            r"statement_by_creation \(status=\? AND rowid<\?\)",
        ),
    ],
)
@pytest.mark.parametrize("deep", [False, True])
def test_a_page_of_the_past_is_read_from_an_index(plans, wanted, after, index, deep):
    moment = "2026-01-01T00:00:00.000000Z"
    made = plans(lambda: past_page(wanted, moment, 9, after if deep else None, 50))
    assert len(made) == (1 if deep else 2)
    for steps in made:
        assert "TEMP B-TREE" not in steps
        assert "SCAN" not in steps
    assert re.search(index, made[-1]), made[-1]


def test_what_belongs_to_a_page_of_the_past_is_looked_up_in_a_few_queries(plans, record, oppose):
    oppose(record(source={"title": "Bote"})["id"])
    page = past_page(PastFilter(), "2999-01-01T00:00:00.000000Z", 999, None, 50)
    made = plans(lambda: show_statements(page.rows, 999))
    assert len(made) == 4
    for steps in made:
        assert "SCAN" not in steps
    assert any("change_by_statement" in steps for steps in made)
