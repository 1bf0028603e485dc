"""Copies of ledgers, for what writes in them."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def copied(file: Path) -> Iterator[Path]:
    """A copy of a ledger, for as long as it is needed."""
    with TemporaryDirectory(dir=file.parent) as folder:
        copy = Path(folder) / file.name
        shutil.copyfile(file, copy)
        yield copy
