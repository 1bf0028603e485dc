"""Writes the true answers into pages of documentation, below each command.

usage: python -m tools.answers docs/curl.md …

Each page's commands run in their order against a server of their own with the seeds, as the test
of the pages runs them.
"""

import sys
import tempfile
from pathlib import Path

from tests.pages import answer, save, steps
from tests.serving import serving


def written(page: str) -> str:
    """A page with the answers that its commands get."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        save(page, folder)
        with serving(folder, seeds=True, workers="1") as server:
            start = 0
            for command, shown in steps(page):
                start = page.index(f"$ {command}{shown}", start) + len("$ " + command)
                said = answer(command, server, folder)
                page = page[:start] + said + page[start + len(shown) :]
    return page


if __name__ == "__main__":
    for path in map(Path, sys.argv[1:]):
        path.write_text(written(path.read_text(encoding="utf-8")), encoding="utf-8")
