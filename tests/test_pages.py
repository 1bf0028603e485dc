"""The pages of documentation: each command is run, in its order, and its answer compared.

``python -m tools.answers`` writes the answers anew.
"""

from pathlib import Path

import pytest

from tests.pages import answer, settled, steps
from tests.serving import serving

DOCS = Path(__file__).parents[1] / "docs"


@pytest.mark.parametrize("name", ["curl.md", "reconciliation.md"])
def test_a_page_shows_what_is_answered(name, tmp_path):
    page = (DOCS / name).read_text(encoding="utf-8")
    found = list(steps(page))
    assert found
    with serving(tmp_path, seeds=True, workers="1") as server:
        for command, shown in found:
            assert answer(command, server, tmp_path) == settled(shown), command


def test_twenty_tasks_are_shown():
    page = (DOCS / "curl.md").read_text(encoding="utf-8")
    assert len(list(steps(page))) == 20
