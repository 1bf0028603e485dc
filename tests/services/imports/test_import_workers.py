"""Statements read by several processes: the same ledger as when one does it all."""

import json
from pickle import dumps, loads
from random import Random

import pytest
from click.testing import CliRunner

from api.commands.main import main
from api.ledger.models import Change, Contradiction, Statement
from api.ledger.storage.database import disconnect
from api.services.common.errors import Conflict, Invalid, Moved
from api.services.imports import line_workers

pytestmark = pytest.mark.slow

WHO = ("Ada Brook", "Bo Falk", "Carla Voss", "Dan Marsh")
WHAT = ("harbour", "bridge", "school", "airport", "ferry")
DONE = ("approved", "rejected", "closed", "opened", "did not close", "did not approve")


def lines(count):
    draw = Random(3)
    for number in range(count):
        text = f"The council {draw.choice(DONE)} the {draw.choice(WHAT)} plan of {number // 9}"
        body = {
            "kind": "claim",
            "text": text,
            "speaker": {"name": draw.choice(WHO), "kind": "person"},
            "said_on": f"2026-03-{draw.randint(1, 9):02}",
            "external_id": f"line-{number}",
        }
        if number % 40 == 7:
            body |= {"verbatim": ["not in it"]}
        yield json.dumps(body)


def stored():
    """What the ledger holds, but for moments, salts and what follows from them."""
    told = [(each.id, each.record()) for each in Statement.select().order_by(Statement.id)]
    raised = [each.record() for each in Contradiction.select().order_by(Contradiction.id)]
    changes = Change.select(Change.subject, Change.subject_id, Change.version, Change.action)
    return told, raised, list(changes.order_by(Change.id).tuples())


@pytest.mark.parametrize("way", [(), ("--atomic",)])
def test_the_ledger_is_the_same_however_many_processes_read(way, ledgers, tmp_path, monkeypatch):
    monkeypatch.setattr(line_workers, "READ_HERE", 1)
    file, seen = tmp_path / "lines.ndjson", {}
    # With --atomic one line that is refused refuses all.
    written = [each for each in lines(450) if not way or "verbatim" not in each]
    file.write_text("\n".join(written))
    for processes in ("1", "2"):
        url = ledgers.new(processes, tmp_path)["database_url"]
        monkeypatch.setenv("COUNTERCLAIM_DATABASE_URL", url)
        arguments = ["import", str(file), "--processes", processes, *way]
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == (0 if way else 1), result.output
        seen[processes] = (stored(), result.stdout, result.stderr)
        disconnect()
    assert seen["1"] == seen["2"]
    (_, raised, _), _, told = seen["1"]
    assert len(raised) > 20
    assert told.count("no verbatim parts") == (0 if way else 12)


@pytest.mark.parametrize(
    "refusal", [Conflict("Two fit.", candidates=[1]), Invalid("/kind", "Wrong."), Moved(7)]
)
def test_a_refusal_passes_between_processes(refusal):
    there = loads(dumps(refusal))
    assert (type(there), str(there), vars(there)) == (type(refusal), str(refusal), vars(refusal))
