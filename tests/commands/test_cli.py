"""The installed command, run as a user runs it."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from api.settings import Settings

COMMAND = str(Path(sys.executable).parent / "counterclaim")


@pytest.fixture
def run(tmp_path):
    def run_it(*arguments, **settings):
        environment = {
            "PATH": os.environ["PATH"],
            "COUNTERCLAIM_DATABASE_URL": f"sqlite:///{tmp_path}/ledger.db",
            **settings,
        }
        return subprocess.run(
            [COMMAND, *arguments], env=environment, cwd=tmp_path, capture_output=True, text=True
        )

    return run_it


def test_help_names_every_command_and_loads_no_language_model():
    script = (
        "import sys; from click.testing import CliRunner; from api.commands.main import main;"
        "print(CliRunner().invoke(main, ['--help']).output);"
        "assert not {'spacy', 'flask', 'peewee', 'pydantic'} & set(sys.modules)"
    )
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert shown.returncode == 0, shown.stderr
    for command in ("import", "migrate", "recheck", "report", "seed", "serve"):
        assert command in shown.stdout


def test_migrating_twice_does_nothing_the_second_time(run):
    assert "Migrated: ledger, " in run("migrate").stdout
    assert "Nothing to migrate." in run("migrate").stdout


def test_config_shows_what_is_in_force_without_passwords(run):
    told = run(
        "config",
        COUNTERCLAIM_DATABASE_URL="postgresql://anna:geheim@db.example/ledger",
        COUNTERCLAIM_PORT="9000",
        COUNTERCLAIM_WORKERS="",
    )
    assert told.returncode == 0
    lines = {line.split()[0]: line.split()[1:] for line in told.stdout.splitlines()}
    assert lines["COUNTERCLAIM_DATABASE_URL"] == ["set", "postgresql://anna:***@db.example/ledger"]
    assert lines["COUNTERCLAIM_PORT"] == ["set", "9000"]
    assert lines["COUNTERCLAIM_WORKERS"] == ["default", "2"]
    assert lines["COUNTERCLAIM_PROXIES"] == ["default", "none"]
    assert set(lines) == {f"COUNTERCLAIM_{name.upper()}" for name in Settings.model_fields}


@pytest.mark.parametrize(
    "command", [["serve"], ["config"], ["migrate"], ["keys", "list"], ["verify"], ["deliver"]]
)
def test_a_misspelt_setting_stops_every_command(run, tmp_path, command):
    told = run(*command, COUNTERCLAIM_READ_NEED_KEY="yes")
    assert told.returncode == 1
    assert "COUNTERCLAIM_READS_NEED_KEY may be meant." in told.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"COUNTERCLAIM_SIGNING_KEY": "nowhere/key"}, "COUNTERCLAIM_SIGNING_KEY"),
        ({"COUNTERCLAIM_SIGNING_KEY": "."}, "COUNTERCLAIM_SIGNING_KEY"),
        ({"COUNTERCLAIM_CORS_ORIGINS": "app.example"}, "https://app.example"),
    ],
)
def test_what_could_not_be_served_is_refused_at_start(run, settings, told):
    refused = run("serve", **settings)
    assert refused.returncode == 1
    assert told in refused.stderr
    assert "Traceback" not in refused.stderr


def test_seeding_twice_records_nothing_twice(run):
    assert "20 recorded, 0 there already" in run("seed").stdout
    assert "0 recorded, 20 there already" in run("seed").stdout


def test_recheck_and_report_run_on_a_new_ledger(run):
    assert run("recheck").returncode == 0
    report = run("report", "precision")
    assert report.returncode == 0
    assert "basis" in report.stdout


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"COUNTERCLAIM_DATABASE_URL": "mysql://here/there"}, "sqlite:///"),
        ({"COUNTERCLAIM_DATABASE_URL": "sqlite:////no/such/folder/ledger.db"}, "folder"),
        ({"COUNTERCLAIM_PORT": "http"}, "COUNTERCLAIM_PORT"),
    ],
)
def test_a_setting_that_cannot_be_is_told_in_one_line(run, settings, told):
    answer = run("migrate", **settings)
    assert answer.returncode == 1
    assert told in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_ledger_of_a_newer_release_is_refused_and_left_alone(run, tmp_path):
    run("migrate")
    with sqlite3.connect(tmp_path / "ledger.db") as ledger:
        ledger.execute("INSERT INTO schema_migration VALUES (9999, 'later', '2030-01-01')")
    answer = run("seed")
    assert answer.returncode == 1
    assert "newer release" in answer.stderr
    with sqlite3.connect(tmp_path / "ledger.db") as ledger:
        assert ledger.execute("SELECT count(*) FROM statement").fetchone() == (0,)


def test_another_programs_database_is_refused(run, tmp_path):
    with sqlite3.connect(tmp_path / "ledger.db") as other:
        other.execute("CREATE TABLE recipe (name TEXT)")
    answer = run("migrate")
    assert answer.returncode == 1
    assert "other tables" in answer.stderr


def test_a_file_that_is_no_database_is_refused(run, tmp_path):
    (tmp_path / "ledger.db").write_text("This is a letter, not a ledger. " * 100)
    answer = run("migrate")
    assert answer.returncode == 1
    assert "Traceback" not in answer.stderr


def test_how_far_a_command_is_is_shown_on_a_terminal_alone(run, tmp_path):
    run("seed")
    rechecked = run("recheck")
    assert (rechecked.returncode, rechecked.stdout, rechecked.stderr) == (0, "", "")
    terminal, its_end = os.openpty()
    command = [COMMAND, "verify"]
    environment = {**os.environ, "COUNTERCLAIM_DATABASE_URL": f"sqlite:///{tmp_path}/ledger.db"}
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=its_end, check=True)
    os.close(its_end)
    with open(terminal, "rb", buffering=0) as shown:
        assert b"Verifying" in shown.read(4096)
