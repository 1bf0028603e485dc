"""Pages of documentation whose commands are run: what each shows is what it answers.

A page's ``console`` blocks hold commands after ``$``, each followed by its answer. What differs
from run to run is written the same way on the page and in the answer: addresses, moments, tags,
cursors and ids that are drawn by chance.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.serving import own

SHOWN = "http://127.0.0.1:8000"

_BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
_PROGRAM = re.compile(r"^```python\n# (\w+\.py)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_CHANCE = (
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"), "2026-01-01T00:00:00Z"),
    (re.compile(r'"(\d+)\.[0-9a-f]{16}"'), r'"\1.0123456789abcdef"'),
    (re.compile(r"cursor=[\w.-]+"), "cursor=…"),
    (re.compile(r"whsec_[\w+/=]+"), "whsec_…"),
    (re.compile(r"urn:uuid:[0-9a-f-]{36}"), "urn:uuid:…"),
    (re.compile(r"\b[0-9a-f]{64}\b"), "0123…"),
    (re.compile(r"\b\d+ changes\b"), "… changes"),
    (re.compile(r"\bchange \d+\b"), "change …"),
    (re.compile(r"(?m)^(date|server|content-length): .*\n", re.IGNORECASE), ""),
)


def steps(page: str) -> Iterator[tuple[str, str]]:
    """The commands of a page, each with the answer that it shows."""
    for block in _BLOCK.findall(page):
        for step in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            lines = step.splitlines(keepends=True)
            end = 1
            while end < len(lines) and _goes_on("".join(lines[:end]), lines[end]):
                end += 1
            yield "".join(lines[:end]), "".join(lines[end:])


def save(page: str, folder: Path) -> None:
    """Put the programs of a page where their first lines say: ``# check.py``."""
    for name, program in _PROGRAM.findall(page):
        (folder / name).write_text(program, encoding="utf-8")


def _goes_on(command: str, line: str) -> bool:
    """A command goes on in lines that are set in, and while its quotation marks are open."""
    return line.startswith("  ") or command.count("'") % 2 == 1


def answer(command: str, server: str, folder: Path) -> str:
    """What a command prints, run in a folder against a server, as a page shows it.

    ``jq`` is a clone of it that the tests install, so that they need no other program. The command
    ``counterclaim`` and Python are this environment's own.
    """
    command_path, environment = own(folder)
    tools = folder / ".tools"
    if not tools.exists():
        tools.mkdir()
        (tools / "jq").symlink_to(Path(sys.executable).parent / "jaq")
    run = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command.replace(SHOWN, server)],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=folder,
        env={
            **environment,
            **os.environ,
            "PATH": f"{tools}:{Path(command_path).parent}:{os.environ['PATH']}",
        },
    )
    assert run.returncode == 0, f"{command}\n{run.stdout}\n{run.stderr}"
    said = run.stdout.replace(server, SHOWN).replace("\r\n", "\n")
    return settled(said.rstrip("\n") + "\n" if said.strip() else "")


def settled(text: str) -> str:
    """A text without what chance put into it."""
    for pattern, settled_form in _CHANCE:
        text = pattern.sub(settled_form, text)
    return text
