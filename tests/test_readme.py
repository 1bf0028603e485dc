"""The README's tour: each command is run against a seeded server and its answer compared."""

from pathlib import Path

import pytest

from tests.serving import serving
from tests.told import hold, steps

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("tour"), seeds=True) as address:
        yield address


def test_the_tour_answers_as_the_readme_shows(server):
    tour = list(steps(README))
    assert len(tour) >= 8
    for command, shown in tour:
        hold(command, shown, server)


def test_the_readme_names_the_two_commands():
    assert "make run" in README
    assert "make test" in README
