"""Every table of the schema is carried by an export, rebuilt after it, or left out for a reason."""

import re

from api.ledger.database import database
from api.ledger.tables import CARRIED, LEFT_OUT, REBUILT, shape

# What SQLite makes for a full-text index, beside the index itself.
_SHADOW = re.compile(r"_(search|spelling)_(config|content|data|docsize|idx)$")


def tables():
    rows = database.execute_sql(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    return {name for (name,) in rows if not _SHADOW.search(name)}


def test_each_table_is_in_one_of_the_lists_and_each_that_is_listed_is_there(app):
    known = [*CARRIED, *REBUILT, *LEFT_OUT]
    assert sorted(known) == sorted(tables()), "give the table its place in api/ledger/tables.py"
    assert all([*REBUILT.values(), *LEFT_OUT.values()])


def test_what_is_carried_comes_after_what_it_refers_to_and_has_a_key(app):
    for place, table in enumerate(CARRIED):
        assert shape(table).key, table
        rows = database.execute_sql(f"PRAGMA foreign_key_list('{table}')").fetchall()
        assert {row[2] for row in rows} <= {*CARRIED[: place + 1]}, table


def test_nothing_that_is_carried_holds_a_secret(app):
    for table in CARRIED:
        assert not {name for name in shape(table).columns if "secret" in name}, table
