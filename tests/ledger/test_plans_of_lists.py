"""The plans of every list under every filter, alone and in pairs, in every order.

Either filters leave few rows, which are looked up one by one and sorted; or an index is followed in
the list's order. No table is ever looked through, and nothing sorted that is not few.

SQLite plans by its statistics, where there are some. So each query is planned without, and by those
of a ledger of a million statements: as it would be there. ``pytest --ledger FILE`` asks the ledger
in a file instead, however large, and plans by its own.
"""

import re
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import pytest

from api.ledger.queries import contradiction_pages, reviews
from api.ledger.queries.contradictions import of_statement
from api.ledger.queries.statements import statement_filters, statement_pages
from api.ledger.storage import keyset_pages
from api.ledger.storage.database import connect, database, disconnect
from api.services.contradictions.analysis_store import sides
from api.services.statements.related import related
from tests.lists import address, lists, narrowed

pytestmark = pytest.mark.sqlite

# Rows of ``sqlite_stat1``, as ANALYZE left them: table, index, figures.
MILLION = Path(__file__).with_name("statistics_of_a_million.tsv")

# Ids that were given, rows of the full-text index that match, and what was read before.
READ = (
    r"SCAN json_each VIRTUAL TABLE INDEX 1:|SCAN \w+ VIRTUAL TABLE INDEX \d+:\S*M"
    r"|SCAN \(subquery|SCAN CONSTANT ROW|SCAN newest$"
)
# What belongs to one thing, or to some that were given: few, whatever the ledger holds.
FEW = (
    r"(rowid|statement_id|text_key|url|first_id|second_id|from_statement|to_statement|wikidata"
    r"|external_id|proposition_id)=\?"
)
# The positions of a speaker are put in order for each page: all that this speaker said.
OF_A_SPEAKER = r"speaker_id=\?"
# All propositions are looked through for their topics: people write them, one by one.
WRITTEN = r"SCAN proposition$"

# Nothing at all; the one row of a table of one; and the beginning of an order, or its end, in which
# next to nothing is passed over.
_ALL_BUT = r'( WHERE \("t1"."(merged_into" IS NULL|statements" > \?)\))?'
WHOLE = (
    r'\(0 = 1\)|FROM ledger$|EXISTS\(SELECT 1 FROM "api_key"'
    rf'|FROM "?(\w+)"?( AS "t1")?{_ALL_BUT} ORDER BY ((?! WHERE ).)+( LIMIT (1|\?)( OFFSET \?)?)$'
)
# Within a query: the one that was stored last.
NEWEST = r"FROM (\w+) ORDER BY id DESC LIMIT 1\)"


@pytest.fixture
def ledger(request):
    """A client of the ledger in the file that was named, or of a small one with all in it."""
    file = request.config.getoption("ledger")
    if file is None:
        yield request.getfixturevalue("filled")
        return
    app = request.getfixturevalue("applications")["fresh"]
    connect(f"sqlite:///{Path(file).resolve(strict=True)}", app.config["SETTINGS"].busy_timeout)
    yield app.test_client()
    disconnect()


@pytest.fixture
def filled(client, record, oppose, take, add):
    """A client of a ledger that has something to list of everything."""
    said = [
        record(
            f"The harbour of {name} will close",
            speaker=name,
            said_on=day,
            topics=[name],
            external_id=name,
            source={"url": f"https://{name}.example", "publisher": name},
        )["id"]
        for name, day in (("anna", "2026-02-03"), ("bo", "2026-03"))
    ]
    oppose(*said)
    for text, topics in (("The harbour closes", ["harbour"]), ("The harbour opens", [])):
        on = add("/v1/propositions", text=text, topics=topics)["id"]
        take(said[0], on, "affirms")
        take(said[1], on, "denies")
    add("/v1/references", from_statement=said[0], to_statement=said[1], kind="supports")
    desk = {"name": "Desk", "kind": "organization"}
    rating = {"label": "False"}
    add("/v1/reviews", statement=said[0], url="https://desk.example", author=desk, rating=rating)
    add("/v1/webhooks", url="https://desk.example/hook", events=["contradiction.flagged"])
    return client


@pytest.fixture(params=["few", "many"])
def are_few(request, monkeypatch):
    """Whether each filter leaves few rows; in either case, an order is followed a bounded way."""
    if request.config.getoption("ledger") is None:
        monkeypatch.setattr(keyset_pages, "LOOKED_AT", 1)
        monkeypatch.setattr(statement_pages, "_MOST_FOUND", 1)
    if request.param == "many":
        for module, name in (
            (statement_filters, "MOST"),
            (contradiction_pages, "MOST"),
            (contradiction_pages, "_MOST"),
            (reviews, "MOST"),
        ):
            monkeypatch.setattr(module, name, 0)


@pytest.fixture
def asked(monkeypatch):
    """Gives the queries that calls make, each once, with values of it."""
    execute = type(database.obj).execute_sql

    @contextmanager
    def noting():
        found = {}

        def note(self, sql, params=None):
            if sql.lstrip().startswith(("SELECT", "WITH")):
                found.setdefault(sql, params)
            return execute(self, sql, params)

        with monkeypatch.context() as noted:
            noted.setattr(type(database.obj), "execute_sql", note)
            yield found

    return noting


def plans(queries, request):
    """Each query with its plans: without statistics, and by those of a million statements."""
    if request.config.getoption("ledger") is None:
        _measure([])
        yield from _planned(queries)
        _measure([line.split("\t") for line in MILLION.read_text("utf-8").splitlines()])
    yield from _planned(queries)


def _measure(statistics):
    database.execute_sql("ANALYZE")
    database.execute_sql("DELETE FROM sqlite_stat1")
    for table, index, figures in statistics:
        database.execute_sql(
            "INSERT INTO sqlite_stat1 VALUES (?, ?, ?)", [table, index or None, figures]
        )
    database.execute_sql("ANALYZE sqlite_schema")


def _planned(queries):
    for sql, values in queries.items():
        plan = database.execute_sql(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
        yield sql, [row[-1] for row in plan]


def hold(sql, plan, few=FEW):
    """Refuse a plan that looks through a table, or sorts what is not few."""
    if re.search(WHOLE, sql) is None:
        scans = Counter(step for step in plan if step.startswith("SCAN"))
        scans -= Counter(f"SCAN {table}" for table in re.findall(NEWEST, sql))
        assert not [step for step in scans if not re.match(f"{READ}|{WRITTEN}", step)], (sql, plan)
    if any(step.startswith("USE TEMP B-TREE FOR ORDER BY") for step in plan):
        assert any(re.search(f"{READ}|{few}", step) for step in plan), (sql, *plan)


EACH = [
    pytest.param(listed, way, id=" ".join([listed.path, *way.values()]))
    for listed in lists()
    for way in listed.ways
]


@pytest.mark.parametrize(("listed", "way"), EACH)
def test_a_list_looks_through_no_table(ledger, are_few, asked, request, listed, way):
    at = address(listed)
    if request.config.getoption("ledger") is not None and (
        at is None or ledger.get(at).json.get("items") == []
    ):
        pytest.skip("the ledger has nothing to list, and of an empty table each plan is as good")
    ways = [*narrowed(listed)]
    with asked() as queries:
        answers = [ledger.get(at, query_string={**way, **each, "limit": 1}) for each in ways]
        given = [answer for answer in answers if answer.status_code == 200]
        for answer in given:
            if answer.is_json and answer.json.get("next"):
                assert ledger.get(answer.json["next"]).status_code == 200
    assert given, answers[-1].text
    for sql, plan in plans(queries, request):
        hold(sql, plan, f"{FEW}|{OF_A_SPEAKER}" if "positions" in listed.path else FEW)


def test_what_a_statement_is_held_against_and_tied_to_is_looked_up(ledger, asked, request):
    """No index is gone through for a status alone, which nearly all have."""
    with asked() as queries:
        related(1, 10)
        sides([1, 2])
        of_statement(1)
    for sql, plan in plans(queries, request):
        hold(sql, plan)
        assert not [step for step in plan if re.search(r"\((status|stands)=\?\)$", step)], (
            sql,
            plan,
        )
