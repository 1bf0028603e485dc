"""Migrations run once, in order, under a lock, and never on what is not a ledger of ours."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from api.ledger.migrations import runner
from api.ledger.migrations.runner import is_current, migrate
from api.ledger.storage.database import LedgerUnusable, connect, database, disconnect

pytestmark = pytest.mark.sqlite


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "ledger.db"
    connect(f"sqlite:///{file}", 5000)
    yield file
    disconnect()


def test_a_new_ledger_is_migrated_once(path):
    assert not is_current()
    ran = migrate()
    assert ran[0] == "ledger"
    assert is_current()
    assert migrate() == []


def test_the_numbers_count_up_and_each_is_noted_with_its_time(path):
    migrate()
    known = [(each.number, each.name) for each in runner.migrations()]
    assert [number for number, _ in known] == list(range(1, len(known) + 1))
    rows = database.execute_sql("SELECT number, name, applied_at FROM schema_migration ORDER BY 1")
    found = rows.fetchall()
    assert [(number, name) for number, name, _ in found] == known
    assert all(applied_at.endswith("Z") for *_, applied_at in found)


def test_many_migrating_a_new_file_at_once_migrate_it_once(path):
    start = Barrier(6)

    def one(_):
        try:
            start.wait()
            return migrate()
        finally:
            disconnect()

    with ThreadPoolExecutor(6) as pool:
        ran = sorted(pool.map(one, range(6)), key=len)
    assert ran[:5] == [[]] * 5
    assert ran[5] == [each.name for each in runner.migrations()]


def test_a_ledger_of_a_newer_release_is_refused_and_left_as_it_is(path):
    migrate()
    database.execute_sql("INSERT INTO schema_migration VALUES (9999, 'future', 'then')")
    before = path.read_bytes()
    with pytest.raises(LedgerUnusable, match="9999"):
        migrate()
    assert not is_current()
    assert path.read_bytes() == before


def test_a_database_of_something_else_is_refused_and_left_as_it_is(path):
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE bookmarks (url TEXT)")
    with pytest.raises(LedgerUnusable):
        migrate()
    tables = database.get_tables()
    assert tables == ["bookmarks"]


def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(path):
    text = b"Dear diary, this is not a database. " * 100
    path.write_bytes(text)
    with pytest.raises(LedgerUnusable):
        migrate()
    assert path.read_bytes() == text


@pytest.mark.parametrize("url", ["", "ledger.db", "postgres://host/x", "sqlite:///", "sqlite://"])
def test_what_is_no_address_of_a_ledger_is_refused(url):
    with pytest.raises(LedgerUnusable):
        connect(url, 5000)


def test_a_folder_that_is_missing_is_named(tmp_path):
    with pytest.raises(LedgerUnusable, match="nowhere"):
        connect(f"sqlite:///{tmp_path / 'nowhere' / 'ledger.db'}", 5000)


def test_a_migration_that_fails_leaves_nothing_behind(path, monkeypatch):
    known = runner.migrations()
    broken = runner.Migration(
        known[-1].number + 1, "broken", "CREATE TABLE half (x);\nINSERT INTO nowhere VALUES (1);\n"
    )
    monkeypatch.setattr(runner, "migrations", lambda: [*known, broken])
    with pytest.raises(Exception, match="nowhere"):
        migrate()
    assert database.get_tables() == []
    monkeypatch.undo()
    assert migrate() == [each.name for each in known]


def test_answers_that_were_kept_for_nobody_in_particular_go(path, monkeypatch):
    first, *_ = runner.migrations()
    monkeypatch.setattr(runner, "migrations", lambda: [first])
    migrate()
    database.execute_sql("INSERT INTO idempotency VALUES ('key', x'00', 201, '{}', x'00', 'then')")
    monkeypatch.undo()
    migrate()
    assert database.execute_sql("SELECT count(*) FROM idempotency").fetchone() == (0,)
    columns = [column.name for column in database.get_columns("idempotency")]
    assert columns[:2] == ["caller", "key"]


def test_the_ledger_is_opened_as_it_must_be(path):
    migrate()
    pragmas = {
        name: database.execute_sql(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "foreign_keys", "busy_timeout")
    }
    assert pragmas == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 5000}
