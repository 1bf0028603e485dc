"""The plans of the default lists: an index gives their order, from the page's first row on."""

import pytest

from api.ledger.contradictions import ContradictionFilter
from api.ledger.contradictions import page as contradiction_page
from api.ledger.database import database
from api.ledger.statements import StatementFilter
from api.ledger.statements import page as statement_page


@pytest.fixture
def plan(app, monkeypatch):
    """Gives the plan of the one query that a call makes."""

    def of(call):
        made = []
        execute = database.execute
        monkeypatch.setattr(
            database.obj, "execute", lambda q: (made.append(q.sql()), execute(q))[1]
        )
        call()
        ((sql, values),) = made
        rows = database.execute_sql(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
        return "\n".join(row[-1] for row in rows)

    return of


@pytest.mark.parametrize(
    ("sort", "after", "index"),
    [
        ("-said_on", ("2026-01-01", 7), "statement_by_latest"),
        ("said_on", ("2026-01-01", 7), "statement_by_earliest"),
        ("-created_at", ("2026-01-01T00:00:00.000000Z", 7), "statement_by_creation"),
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


@pytest.mark.parametrize("sort", ["-created_at", "-score"])
def test_the_default_list_of_contradictions_is_read_from_its_index(plan, sort):
    steps = plan(lambda: contradiction_page(ContradictionFilter(), sort, None, 50))
    assert "contradiction_standing" in steps
    assert "TEMP B-TREE" not in steps
