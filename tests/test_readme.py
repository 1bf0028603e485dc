"""The README's tour: each command is run against a seeded server and its answer compared.

A line ``...`` stands for any lines, and ``...`` in a line for anything.
"""

import re
import subprocess
from doctest import ELLIPSIS, OutputChecker
from pathlib import Path

import pytest

from tests.serving import serving

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```console\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def steps():
    """The commands that call the server, each with the answer that the README shows."""
    for block in BLOCKS:
        for step in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            lines = step.splitlines(keepends=True)
            # A command goes on while its quotation marks are open or its lines end in "\".
            end = 1
            while _goes_on("".join(lines[:end])):
                end += 1
            command, shown = "".join(lines[:end]), "".join(lines[end:])
            if command.startswith("curl"):
                yield command, shown


def _goes_on(command):
    return command.endswith(("\\\n", "|\n")) or command.count("'") % 2


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("tour"), seeds=True, workers="1") as address:
        yield address


def test_the_tour_answers_as_the_readme_shows(server):
    tour = list(steps())
    assert len(tour) >= 8
    for command, shown in tour:
        command = command.replace("http://127.0.0.1:8000", server)
        run = subprocess.run(
            ["bash", "-c", command], capture_output=True, text=True, check=True, timeout=60
        )
        answer = run.stdout.replace(server, "http://127.0.0.1:8000").replace("\r\n", "\n")
        assert OutputChecker().check_output(shown, answer.rstrip("\n") + "\n", ELLIPSIS), (
            f"{command}\nshown:\n{shown}\nanswered:\n{answer}"
        )


def test_the_readme_names_the_two_commands():
    assert "make run" in README
    assert "make test" in README
