"""``counterclaim import --articles``: what becomes of each file and line."""

import json

import pytest
from click.testing import CliRunner

from api.commands.main import main
from api.ledger.storage.database import disconnect

TEXT = "Ferry line in doubt\n\n“The city will close the ferry line,” Ada Brook said on Tuesday.\n"
OTHER = "Union speaks\n\nThe harbour union said that the city will not close the ferry line.\n"
PAGE = f"""<html lang="en"><head><meta charset="windows-1252"><title>Quay</title></head>
<body><article>
<h1>Quay</h1>{"<p>“The quay will be rebuilt in the spring,” Tom Reed said on Monday.</p>" * 3}
</article></body></html>"""
POSTED = {"source": {"title": "Fares", "published_on": "2026-03-05"}, "text": f"Fares\n\n{OTHER}"}


@pytest.fixture
def run(ledgers, tmp_path, monkeypatch):
    """Runs the import on a folder of files; gives its lines, its result."""
    monkeypatch.setenv("COUNTERCLAIM_DATABASE_URL", ledgers.new("ledger", tmp_path)["database_url"])
    folder = tmp_path / "articles"
    folder.mkdir()

    def run_it(*options, path=folder, given=None, **files):
        for name, content in files.items():
            raw = content if isinstance(content, bytes) else content.encode()
            (folder / name.replace("__", ".")).write_bytes(raw)
        arguments = ["import", "--processes", "1", "--articles", str(path), *options]
        result = CliRunner().invoke(main, arguments, input=given)
        disconnect()
        assert result.exception is None or isinstance(result.exception, SystemExit), result.output
        return [json.loads(line) for line in result.stdout.splitlines()], result

    return run_it


def test_each_format_is_imported_and_told_and_unchanged_the_next_time(run):
    lines = "\n".join([json.dumps(POSTED), "", '{"text": "No source"}', "{"])
    files = {
        "a__txt": TEXT,
        "b__html": PAGE.encode("windows-1252"),
        "c__jsonl": lines,
        "d__txt": OTHER,
        "notes__md": "left out",
        "__hidden__txt": "left out",
    }
    told, result = run("--published-on", "2026-03-05", **files)
    assert result.exit_code == 1
    assert "Articles: 4 imported, 0 unchanged, 2 refused." in result.stderr
    assert [(each["file"].rpartition("/")[2], each["line"]) for each in told] == [
        ("a.txt", None),
        ("b.html", None),
        ("c.jsonl", 1),
        ("c.jsonl", 3),
        ("c.jsonl", 4),
        ("d.txt", None),
    ]
    assert [each.get("statements") for each in told] == [
        {"created": 1},
        {"created": 1},
        {"created": 1},
        None,
        None,
        {"appearance": 1},
    ]
    assert told[2]["contradictions"] == {"flagged": 1}
    assert told[3]["problem"]["errors"][0]["pointer"] == "/source"
    assert "line 1, column 2" in told[4]["problem"]["detail"]
    again, _ = run("--published-on", "2026-03-05")
    assert [each.get("statements") for each in again] == [
        {"unchanged": 1} if each.get("statements") else None for each in told
    ]
    assert [each.get("source") for each in again] == [each.get("source") for each in told]


def test_a_dry_run_tells_the_same_and_stores_nothing(run, write_turns):
    run(path="-", given="")
    write_turns.clear()
    files = {"a__txt": TEXT, "c__jsonl": json.dumps(POSTED), "d__txt": ""}
    tried, result = run("--dry-run", "--published-on", "2026-03-05", **files)
    assert "Articles: 2 imported, 0 unchanged, 1 refused. Nothing was stored." in result.stderr
    assert [each.get("source") for each in tried] == [None] * 3
    assert write_turns == []
    stored, _ = run("--published-on", "2026-03-05")
    assert [each.get("statements") for each in stored] == [each.get("statements") for each in tried]
    again, _ = run("--dry-run", "--published-on", "2026-03-05")
    assert again[0]["statements"] == {"unchanged": 1}
    assert again[0]["source"] == stored[0]["source"]


def test_what_was_imported_before_is_not_read_again(run, monkeypatch):
    run(a__txt=TEXT)
    monkeypatch.setattr("api.services.imports.articles.worker_pool", _no_readers)
    told, result = run()
    assert (result.exit_code, told[0]["statements"]) == (0, {"unchanged": 1})


class _no_readers:
    def __init__(self, *_):
        pass

    def __enter__(self):
        return None

    def __exit__(self, *_):
        return None


def test_the_options_tell_of_the_source_of_texts(run, tmp_path):
    told, _ = run("--publisher", "Island Post", "--published-on", "2026-03-05", a__txt=TEXT)
    assert told[0]["statements"] == {"created": 1}
    again, _ = run("--publisher", "Another", "--published-on", "2026-03-05")
    assert (again[0]["source"], again[0]["statements"]) == (2, {"appearance": 1})


def test_another_text_of_a_source_in_one_import_is_refused(run):
    told, result = run(a__txt=TEXT, b__txt=TEXT + "\nAda Brook said that nobody will pay.\n")
    assert result.exit_code == 1
    assert "a.txt" in told[1]["problem"]["detail"]


@pytest.mark.parametrize(
    ("name", "content", "pointer"),
    [
        ("a__txt", b"", "/text"),
        ("a__txt", b"It will \xe9 close", "/text"),
        ("a__txt", b"\x01\x02\x03\x04\x05", "/text"),
        ("a__txt", "Kneipe\n\n„Das ist nicht der Plan“, sagte die Wirtin auf dem Kai.", "/text"),
        ("a__html", b"<p>", "/html"),
        ("a__html", b'<meta charset="nonsense"><p>x</p>', "/html"),
        ("a__jsonl", b'{"text": "x", "author": "y"}', "/author"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(run, name, content, pointer):
    told, result = run(**{name: content})
    assert result.exit_code == 1
    assert pointer in [error["pointer"] for error in told[0]["problem"]["errors"]]


def test_what_is_too_long_is_refused_and_the_rest_goes_on(run, monkeypatch):
    monkeypatch.setenv("COUNTERCLAIM_MAX_BODY", "400")
    told, _ = run(a__jsonl=f"{'x' * 900}\n{json.dumps(POSTED)}\n", b__txt="word " * 100)
    assert ["problem" in each for each in told] == [True, False, True]
    assert "400 bytes" in told[0]["problem"]["detail"]


def test_json_lines_come_by_standard_input(run):
    told, result = run(path="-", given=json.dumps(POSTED) + "\n")
    assert (result.exit_code, told[0]["file"], told[0]["line"]) == (0, "-", 1)


@pytest.mark.parametrize("option", ["--published-on=2026-02-30", "--language=English please"])
def test_a_wrong_option_is_refused_before_anything_is_read(run, option):
    told, result = run(option, a__txt=TEXT)
    assert (told, result.exit_code) == ([], 2)
    assert option.partition("=")[0].strip("-").replace("-", "_") in result.stderr


def test_a_folder_without_articles_is_a_wrong_call(run):
    _, result = run(a__md="x")
    assert result.exit_code == 2
