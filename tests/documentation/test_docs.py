"""Pages of the documentation: each command is run against an empty ledger, in their order."""

from pathlib import Path

import pytest

from tests.serving import serving
from tests.told import hold, steps

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("page", ["positions.md", "reviews.md"])
def test_a_page_shows_what_is_answered(tmp_path, page):
    told = list(steps((DOCS / page).read_text(encoding="utf-8")))
    assert len(told) >= 8
    with serving(tmp_path) as server:
        for command, shown in told:
            hold(command, shown, server)
