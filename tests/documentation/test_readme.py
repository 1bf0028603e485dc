"""The README: short, its tour run against a seeded server, its picture what the server answers."""

from pathlib import Path

import pytest

from tests.pages import answer, settled, steps
from tests.serving import serving
from tools.picture import FILE, drawn, first

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("tour"), seeds=True) as address:
        yield address


def test_the_tour_answers_as_the_readme_shows(server, tmp_path):
    assert FILE.read_text(encoding="utf-8") == drawn(first(server)), "run: make docs"
    tour = list(steps(README))
    assert len(tour) == 6
    for command, shown in tour:
        assert answer(command, server, tmp_path) == settled(shown), f"{command}\nrun: make docs"


def test_the_readme_is_short_and_names_the_two_commands():
    assert len(README.splitlines()) <= 150
    assert "\nmake run\nmake test\n" in README
