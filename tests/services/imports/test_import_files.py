"""``counterclaim import FILE``: NDJSON and CSV, what is told of them, and wrong calls."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from api.commands.main import main
from api.ledger.models import Statement
from api.ledger.storage.database import disconnect

HEADER = "kind,text,speaker_name,speaker_kind,topics,source_title,external_id,language\n"
LINE = {
    "kind": "claim",
    "text": "Der Kran steht still",
    "language": "de",
    "speaker": {"name": "Anna Berg", "kind": "person"},
}


@pytest.fixture
def run(ledgers, tmp_path, monkeypatch):
    """Runs the import of a file; gives its result."""
    monkeypatch.setenv("COUNTERCLAIM_DATABASE_URL", ledgers.new("ledger", tmp_path)["database_url"])

    def run_it(name, content, *options):
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        result = CliRunner().invoke(main, ["import", str(file), *options])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.output
        return result

    yield run_it
    disconnect()


def test_lines_are_imported_refused_by_number_and_summed_up(run):
    lines = [json.dumps({**LINE, "external_id": "a"}), "", "{", json.dumps({**LINE, "text": "b"})]
    result = run("some.ndjson", "\n".join(lines))
    assert result.exit_code == 1
    assert result.stdout == "Statements: 2 created, 0 updated, 0 unchanged, 1 refused.\n"
    assert result.stderr.startswith("line 3: ")
    changed = json.dumps({**LINE, "external_id": "a", "role": "Kranführerin"})
    result = run("some.ndjson", "\n".join([changed, lines[3]]))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "Statements: 0 created, 1 updated, 1 unchanged, 0 refused.\n"


def test_rows_are_statements(run):
    rows = (
        'quote,"Der ""Kran"" steht",Anna Berg,person,hafen|kräne,Hafenpost,a,de\n'
        "claim,'-5 Grad am Kai,Anna Berg,,,,b,de\n"
    )
    result = run("some.csv", HEADER + rows)
    assert (result.exit_code, result.stderr) == (0, "")
    first, second = Statement.select().order_by(Statement.id)
    assert (first.text, first.verbatim) == ('Der "Kran" steht', ['Der "Kran" steht'])
    assert (first.topics, first.source.title) == (["hafen", "kräne"], "Hafenpost")
    assert (second.text, second.speaker) == ("-5 Grad am Kai", first.speaker)
    assert "2 unchanged" in run("some.csv", HEADER + rows).stdout


def test_what_is_wrong_with_a_row_is_told_with_its_line(run):
    rows = "claim,Gut,Anna Berg,person,,,,de\nrumour,Eins,Anna Berg,person,,,b,de\nclaim,zu kurz\n"
    result = run("some.csv", HEADER + rows)
    assert result.exit_code == 1
    assert "1 created" in result.stdout
    told = result.stderr.splitlines()
    assert told[0].startswith("line 3 (b): /kind: ")
    assert told[1] == "line 4: The row has 2 cells, the header 8."


@pytest.mark.parametrize(
    ("header", "named"),
    [
        ("kind,text,speaker_name,speakr_kind", ["'speakr_kind' is unknown", "speaker_kind"]),
        ("kind,text,text,speaker_name", ["'text' stands twice"]),
        ("text,speaker_kind", ["'kind' is missing", "'speaker_name' or 'speaker_id' is missing"]),
        ("", ["first row names its columns"]),
    ],
)
def test_wrong_columns_are_named_before_anything_is_read(run, header, named):
    result = run("some.csv", header and f"{header}\nclaim,x,y,z\n")
    assert result.exit_code == 2
    for each in named:
        assert each in " ".join(result.stderr.split())


def test_all_or_nothing(run):
    result = run("some.ndjson", json.dumps(LINE) + "\n{", "--atomic")
    assert result.exit_code == 1
    assert result.stdout == "Statements: 0 created, 0 updated, 0 unchanged, 2 refused.\n"
    assert Statement.select().count() == 0


@pytest.mark.parametrize("options", [["--processes", "1"], ["--processes", "2"], ["--atomic"]])
def test_a_dry_run_stores_nothing_and_takes_no_turn_among_the_writers(run, write_turns, options):
    lines = [json.dumps({**LINE, "external_id": "a"}), json.dumps({**LINE, "text": "b"})]
    run("none.ndjson", "")
    write_turns.clear()
    result = run("some.ndjson", "\n".join(lines), "--dry-run", *options)
    assert result.exit_code == 0
    told = "Statements: 2 created, 0 updated, 0 unchanged, 0 refused. Nothing was stored.\n"
    assert result.stdout == told
    assert write_turns == []
    assert Statement.select().count() == 0


def test_the_list_as_lines_is_imported_into_another_ledger(run, client, record):
    record("Der Kran steht", source={"title": "Hafenpost"}, topics=["hafen"], external_id="a")
    address = "/v1/statements?all=true"
    given = client.get(address, headers={"Accept": "application/x-ndjson"}).data
    disconnect()
    result = run("list.ndjson", given)
    assert (result.exit_code, result.stderr) == (0, "")
    (statement,) = Statement.select()
    assert (statement.text, statement.source.title) == ("Der Kran steht", "Hafenpost")


def test_the_list_as_csv_is_imported_into_another_ledger(run, tmp_path, client, record):
    record("=1+1|2", source={"title": "Hafenpost"}, topics=["hafen", "kai"], external_id="a")
    record("Worte", kind="quote", verbatim=["Wort", "orte"], position={"start": 1, "end": 6})
    given = client.get("/v1/statements?all=true", headers={"Accept": "text/csv"})
    before = client.get("/v1/statements").json["items"]
    rows = list(csv.DictReader(io.StringIO(given.text)))
    assert "'=1+1|2" in [row["text"] for row in rows]
    disconnect()
    result = run("list.csv", given.data)
    assert (result.exit_code, result.stderr) == (0, "")
    own = {"id", "speaker", "source", "created_at", "updated_at"}
    taken = [{name: value for name, value in each.items() if name not in own} for each in before]
    found = [
        {name: getattr(each, name) for name in taken[0]}
        for each in Statement.select().order_by(Statement.id)
    ]
    assert found == taken


@pytest.mark.parametrize(
    "options", [[], ["FILE", "--articles", "FILE"], ["FILE", "--language", "de"], ["no-file"]]
)
def test_a_wrong_call_is_told(tmp_path, monkeypatch, options):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "FILE").write_text("")
    result = CliRunner().invoke(main, ["import", *options])
    assert result.exit_code == 2
    assert list(tmp_path.iterdir()) == [tmp_path / "FILE"]
