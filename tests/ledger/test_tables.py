"""Every table of the schema is carried by an export, rebuilt after it, or left out for a reason."""

from api.ledger.storage.database import engine
from api.ledger.transfer.tables import CARRIED, LEFT_OUT, REBUILT, shape

# What one of the databases needs no table for.
NEEDLESS = {"sqlite": {"last_id"}, "postgresql": {"speaker_trigram"}}


def test_each_table_is_in_one_of_the_lists_and_each_that_is_listed_is_there(app):
    known = [*CARRIED, *REBUILT, *LEFT_OUT]
    there = [*engine().tables(), *NEEDLESS[engine().name]]
    assert sorted(known) == sorted(there), (
        "give the table its place in api/ledger/transfer/tables.py"
    )
    assert all([*REBUILT.values(), *LEFT_OUT.values()])


def test_what_is_carried_comes_after_what_it_refers_to_and_has_a_key(app):
    for place, table in enumerate(CARRIED):
        assert shape(table).key, table
        assert engine().references(table) <= {*CARRIED[: place + 1]}, table


def test_nothing_that_is_carried_holds_a_secret(app):
    for table in CARRIED:
        assert not {name for name in shape(table).columns if "secret" in name}, table
