"""The commands that a page of the documentation tells, run and held to the answers it shows.

A line ``...`` stands for any lines, and ``...`` in a line for anything.
"""

import re
import subprocess
from collections.abc import Iterator
from doctest import ELLIPSIS, OutputChecker

SHOWN_ADDRESS = "http://127.0.0.1:8000"
_BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)


def steps(page: str) -> Iterator[tuple[str, str]]:
    """The commands that call the server, each with the answer that the page shows."""
    for block in _BLOCK.findall(page):
        for step in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            lines = step.splitlines(keepends=True)
            # A command goes on while its quotation marks are open or its lines end in "\".
            end = 1
            while _goes_on("".join(lines[:end])):
                end += 1
            command, shown = "".join(lines[:end]), "".join(lines[end:])
            if command.startswith("curl"):
                yield command, shown


def hold(command: str, shown: str, server: str) -> None:
    """Run a command against a server; what it answers must be what is shown."""
    run = subprocess.run(
        ["bash", "-c", command.replace(SHOWN_ADDRESS, server)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    answer = run.stdout.replace(server, SHOWN_ADDRESS).replace("\r\n", "\n")
    assert OutputChecker().check_output(shown, answer.rstrip("\n") + "\n", ELLIPSIS), (
        f"{command}\nshown:\n{shown}\nanswered:\n{answer}"
    )


def _goes_on(command: str) -> bool:
    return command.endswith(("\\\n", "|\n")) or command.count("'") % 2 == 1
