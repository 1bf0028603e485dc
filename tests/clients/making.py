"""Clients as a stranger makes them: generated as docs/clients.md tells, installed, used."""

import json
import os
import re
import subprocess
import sys
from doctest import ELLIPSIS, OutputChecker
from pathlib import Path
from typing import NamedTuple

from tests.serving import new_key
from tests.told import SHOWN_ADDRESS

HERE = Path(__file__).parent
_ROOT = HERE.parents[1]
_TOOLS = Path(sys.executable).parent
_BLOCK = re.compile(r"^```\w+\n(.*?)^```", re.MULTILINE | re.DOTALL)

# What each of the desk's programs prints.
_A_DAY = {
    "listed": [7, 7, 6],
    "created": ["claim", "unnamed", "2025-12-11", 2],
    "revised": [200, "said", 2],
    "stale": [412, "/problems/stale-version"],
    "dismissed": ["dismissed", "misread"],
    "article": [["created", "Ada Brook", "The city will close the ferry line"]],
    "pointers": ["/said_on"],
    "imported": ["created", "refused"],
    "feed": True,
    "retracted": 204,
}


class Told(NamedTuple):
    """What the page tells of a generator: what to run and, if any, a program and what it prints."""

    commands: list[str]
    program: str
    prints: str


def told(generator: str, server: str) -> Told:
    """What the page tells below a generator's heading, of a server."""
    page = (_ROOT / "docs" / "clients.md").read_text(encoding="utf-8")
    section = page.replace(SHOWN_ADDRESS, server).partition(f"## {generator}\n")[2]
    section = section.partition("\n#")[0]
    commands, *rest = _BLOCK.findall(section)
    program, prints = rest or ("", "")
    return Told(commands.splitlines(), program, prints)


def run(command: str, folder: Path, *before: Path) -> str:
    """Run a command in a folder; gives what it says on either stream.

    Args:
        command: for a shell, with the tools of this environment.
        folder: where.
        before: folders whose tools come before those of this environment.
    """
    path = ":".join([*map(str, before), str(_TOOLS), os.environ["PATH"]])
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    ran = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env={**environment, "PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=400,
    )
    assert ran.returncode == 0, f"{command}\n{ran.stdout}"
    return ran.stdout


def unnamed(folder: Path, pattern: str) -> list[str]:
    """Generated modules that a generator numbered, or in which it had no name for something."""
    return [
        module.name
        for module in folder.rglob("*.py")
        if re.search(r"\d", module.stem) or re.search(pattern, module.read_text(encoding="utf-8"))
    ]


def hold_python(client: Told, folder: Path, server: str, desk: str) -> None:
    """Install a client for Python and use it: as the page does, as a desk does, on all answers.

    Args:
        client: what the page tells of it.
        folder: where it was generated.
        server: the address of a server with the seeds, without keys.
        desk: the file of the desk's program.
    """
    tools = _installed(client.commands[-1], folder)
    (folder / "ten_lines.py").write_text(client.program, encoding="utf-8")
    hold("python ten_lines.py", folder, client.prints, tools)
    spend_a_day(f"python {HERE / desk}", folder, server, tools)
    survived = run(f"python {HERE}/examples_survive.py {server}", folder, tools)
    assert int(survived) >= 50


def _installed(command: str, folder: Path) -> Path:
    """Carry out a ``pip install`` in a new virtual environment; gives where its tools are."""
    run(f"uv venv --quiet --python {sys.executable} venv", folder)
    uv = f"uv pip install --quiet --python venv/bin/python -c {_ROOT}/requirements/dev.txt"
    assert command.startswith("pip install ")
    run(command.replace("pip install", uv), folder)
    return folder / "venv" / "bin"


def hold(command: str, folder: Path, prints: str, *before: Path) -> None:
    """Run the page's program: it prints what is shown there."""
    printed = run(command, folder, *before)
    assert OutputChecker().check_output(prints, printed, ELLIPSIS), printed


def spend_a_day(command: str, folder: Path, server: str, *before: Path) -> None:
    """Run a desk's program with a key: it does what a desk does, in full."""
    printed = run(f"{command} {server} {new_key(folder, 'write', 'review')}", folder, *before)
    assert json.loads(printed) == _A_DAY
