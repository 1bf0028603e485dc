"""The plans of lists under every filter, alone and in pairs, in every order.

Either filters leave few rows, which are looked up one by one and sorted; or an index is followed in
the list's order. No table is ever looked through, and nothing sorted that is not few.
"""

import re
from itertools import chain, combinations

import pytest

from api.ledger import contradiction_pages, statement_filters
from api.ledger.contradiction_pages import ContradictionFilter
from api.ledger.contradiction_pages import page as contradiction_page
from api.ledger.contradictions import of_statement
from api.ledger.database import database
from api.ledger.relevance import page as relevant_page
from api.ledger.statement_filters import StatementFilter
from api.ledger.statement_pages import page as statement_page
from api.services.relate import related
from api.services.remember import sides

pytestmark = pytest.mark.sqlite

STATEMENTS = {
    "q": "hafen",
    "kind": ["quote"],
    "speaker": [1],
    "source": [1],
    "publisher": ["bote"],
    "topic": ["harbour"],
    "language": ["de"],
    "external_id": ["bote-1"],
    "status": ["active", "retracted"],
    "said_from": "2026-01-01",
    "said_to": "2026-12-31",
    "contradicted": True,
}
CONTRADICTIONS = {
    "speaker": [1],
    "between": [1, 2],
    "topic": ["harbour"],
    "nature": ["factual"],
    "basis": ["manual"],
    "scope": ["cross_speaker"],
    "status": ["candidate", "dismissed"],
    "min_score": 0.5,
    "statement": [1],
    "said_from": "2026-01-01",
    "said_to": "2026-12-31",
}
# Ids that were given, and rows of the full-text index that match, are no tables.
READ = (
    r"SCAN json_each VIRTUAL TABLE INDEX 1:|SCAN (statement_search|t\d) VIRTUAL TABLE INDEX \d+:=?M"
)
COMPOUND = r"SCAN \(subquery"


def alone_and_in_pairs(filters):
    for names in chain(combinations(filters, 1), combinations(filters, 2)):
        yield {name: filters[name] for name in names}


@pytest.fixture
def lines(record, oppose, monkeypatch):
    """Gives the lines of the plans of the queries that a call makes, a list for each query."""
    source = {"title": "Blatt", "publisher": "Bote"}
    first = record("hafen", source=source, topics=["harbour"], external_id="bote-1")["id"]
    oppose(first, record("der hafen ruht", speaker="Bo Falk", said_on="2026-03")["id"])
    execute = type(database.obj).execute_sql

    def of(call):
        made = []

        def note(self, sql, params=None):
            made.append((sql, params))
            return execute(self, sql, params)

        monkeypatch.setattr(type(database.obj), "execute_sql", note)
        call()
        monkeypatch.setattr(type(database.obj), "execute_sql", execute)
        asked = [each for each in made if each[0].lstrip().startswith(("SELECT", "WITH"))]
        plans = [database.execute_sql(f"EXPLAIN QUERY PLAN {sql}", own) for sql, own in asked]
        return [[row[-1] for row in plan.fetchall()] for plan in plans]

    return of


@pytest.fixture(params=["few", "many"])
def are_few(request, monkeypatch):
    """Whether each filter leaves few rows."""
    if request.param == "many":
        monkeypatch.setattr(statement_filters, "MOST", 0)
        monkeypatch.setattr(contradiction_pages, "MOST", 0)
        monkeypatch.setattr(contradiction_pages, "_MOST", 0)
    return request.param == "few"


def hold(plans, wanted):
    for plan in plans:
        for step in plan:
            assert not step.startswith("SCAN") or re.match(f"{READ}|{COMPOUND}", step), (
                wanted,
                plan,
            )
        if "USE TEMP B-TREE FOR ORDER BY" in plan:
            assert any(re.match(READ, step) for step in plan), (wanted, plan)


@pytest.mark.parametrize("sort", ["-said_on", "said_on", "-created_at"])
def test_a_list_of_statements_looks_through_no_table(lines, are_few, sort):
    for given in alone_and_in_pairs(STATEMENTS):
        wanted = StatementFilter(**given)
        for after in (None, ("2026-01-01", 1)):
            hold(lines(lambda w=wanted, a=after: statement_page(w, sort, a, 50)), given)


def test_a_ranking_looks_through_no_table(lines, are_few):
    for given in alone_and_in_pairs(STATEMENTS):
        wanted = StatementFilter(**{"q": "hafen", **given})
        hold(lines(lambda w=wanted: relevant_page(w, None, 50)), given)


@pytest.mark.parametrize("sort", ["-created_at", "-updated_at", "-score"])
def test_a_list_of_contradictions_looks_through_no_table(lines, are_few, sort):
    for given in alone_and_in_pairs(CONTRADICTIONS):
        wanted = ContradictionFilter(**given)
        hold(lines(lambda w=wanted: contradiction_page(w, sort, None, 50)), given)


def test_what_a_statement_is_held_against_and_tied_to_is_looked_up(lines):
    """No index is gone through for a status alone, which nearly all have."""
    for call in (lambda: related(1, 10), lambda: sides([1, 2]), lambda: of_statement(1)):
        for plan in lines(call):
            assert not [step for step in plan if re.search(r"\((status|stands)=\?\)$", step)], plan
