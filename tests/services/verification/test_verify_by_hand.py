"""Whatever somebody writes into a ledger by hand, in whichever table, is seen and named."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from api.app import create_app
from api.commands.main import main
from api.ledger.models import Analysis
from api.ledger.queries.statements import analyses
from api.ledger.storage.database import connect, database, disconnect, engine
from api.ledger.storage.faults import failures
from api.ledger.transfer.tables import INDEXES
from api.services.proof.verify import Difference, verify
from api.services.verification import OUTSIDE
from api.settings import PREFIX, Settings
from tests.edits import EDITS
from tests.full import fill


@pytest.fixture(scope="module")
def full(ledgers, tmp_path_factory):
    """A ledger with every kind of thing in it, which is copied and never edited itself."""
    settings = ledgers.new("full", tmp_path_factory.mktemp("full"))
    app = create_app(Settings(**settings))
    ledgers.open(app.config["SETTINGS"])
    fill(app.test_client())
    found = differences()
    disconnect()
    # A server copies what nobody is connected to.
    engine().close_all()
    assert found == []
    return settings


@pytest.fixture
def edited(full, ledgers, tmp_path):
    """Edits a copy of it, which is then the ledger that is worked on; gives its settings."""

    def edit(*statements):
        settings = ledgers.copy(full, "copy", tmp_path)
        assert all(ledgers.edit(settings, statements)), "nothing was edited"
        connect(settings["database_url"], 5000)
        return settings

    yield edit
    disconnect()


def differences():
    return [found for found in verify() if isinstance(found, Difference)]


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(edit, marks=getattr(pytest.mark, edit.engine) if edit.engine else ())
        for edit in EDITS
    ],
    ids=lambda edit: f"{edit.table}: {edit.name}",
)
def test_an_edit_by_hand_is_seen_and_its_place_named(edited, edit):
    edited(edit.sql)
    places = [(each.table, str(each.row), each.column) for each in differences()]
    assert any(
        table == edit.table and row.endswith(edit.row) and column == edit.column
        for table, row, column in places
    ), places


def test_every_table_is_edited_or_told_to_be_outside(edited):
    edited()
    there = set(engine().tables())
    covered = {edit.table for edit in EDITS if edit.engine in (None, engine().name)}
    assert there - covered - set(OUTSIDE) == set(), "let verify see edits of it, or tell why not"
    assert {place.partition(".")[0] for place in OUTSIDE} <= there | {"speaker_trigram"}


def test_every_column_is_looked_at_or_told_to_be_outside(edited, monkeypatch):
    # It is compared above, and takes longer than all the rest of so small a ledger.
    monkeypatch.setattr("api.services.proof.verify.schema", lambda: iter(()))
    edited()
    unseen = [
        f"{table}.{column}"
        for table in engine().tables()
        if table not in {*OUTSIDE, *INDEXES}
        for column in engine().shape(table).columns
        if f"{table}.{column}" not in OUTSIDE and not is_seen(table, column)
    ]
    assert unseen == []


def is_seen(table, column):
    """Whether another value in one row of a column is named."""
    key = engine().shape(table).key
    if column in key:
        # The row is one that is missing then, and another one that nothing made.
        return True
    listed = ", ".join(f'"{name}"' for name in (*key, column))
    order = f'ORDER BY "{column}" IS NULL, {listed} LIMIT 10'
    rows = database.execute_sql(f'SELECT {listed} FROM "{table}" {order}').fetchall()
    where = " AND ".join(f'"{name}" = ?' for name in key)
    for *found, other in (
        (*row[:-1], other) for row in rows for other in others(row[-1]) if other != row[-1]
    ):
        with database.atomic() as edit:
            try:
                with database.atomic():
                    database.execute_sql(
                        f'UPDATE "{table}" SET "{column}" = ? WHERE {where}', [other, *found]
                    )
            except failures():
                continue
            places = {(each.table, each.column) for each in differences()}
            edit.rollback()
        # Of an entry of the chain, nothing tells which of its parts is another.
        return (
            {(table, column), ("change", "digest")} & places
            if table == "change"
            else ((table, column) in places)
        )
    raise AssertionError(f"{table}.{column} takes no other value")


def others(value):
    """Other values than one, of its type where it has one."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, (int, float)):
        return [value - 1, value + 1, 1 - value, *range(1, 11)]
    if isinstance(value, (bytes, memoryview)):
        return [bytes(value)[::-1] + b"x"]
    if isinstance(value, str):
        return [f"{value}x", *CHOSEN - {value}]
    return ["x", b"x" * 16, 1]


# Of columns that take no other words.
CHOSEN = {"claim", "person", "organization", "active", "position", "cross_speaker", "candidate"}
CHOSEN |= {"dismissed", "denies", "disabled", "retracted", "factual", "same_speaker"}


def test_the_command_names_each_and_counts_them(edited, monkeypatch):
    settings = edited(
        "UPDATE statement SET said_latest = NULL WHERE id = 1",
        "UPDATE api_key SET secret_hash = (SELECT secret_hash FROM api_key WHERE id = 2) "
        "WHERE id = 1",
    )
    for name, value in settings.items():
        monkeypatch.setenv(f"{PREFIX}{name.upper()}", str(value))
    said = CliRunner().invoke(main, ["verify"])
    assert said.exit_code == 1
    assert said.stderr.splitlines() == [
        "statement 1, said_latest: it is not what is made of the record.",
        "api_key 1, secret_hash: no command and no request made it so.",
        "Error: 2 differences between the ledger and what was committed.",
    ]


def test_what_was_read_by_hand_and_sealed_anew_is_seen_when_texts_are_read_again(edited):
    edited()
    (kept,) = Analysis.those(statement=1)
    (other,) = Analysis.those(statement=2)
    forged = analyses.Kept(kept.version, bytes(kept.outline), bytes(kept.keys), bytes(other.data))
    kept.data, kept.digest = forged.data, analyses.digest(1, forged, kept.counted)
    kept.save()
    assert differences() == []
    found = [each for each in verify(deep=True) if isinstance(each, Difference)]
    assert [(each.table, each.row, each.column) for each in found] == [("analysis", 1, "data")]


def test_the_page_names_all_that_is_outside():
    page = (Path(__file__).parents[3] / "docs" / "proof.md").read_text(encoding="utf-8")
    assert [place for place in OUTSIDE if f"`{place}`" not in page] == []
