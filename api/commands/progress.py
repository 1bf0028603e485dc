"""How far an import is, on a terminal."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

STANDARD_INPUT = "-"
# What a dry run says at its end.
NOTHING_STORED = " Nothing was stored."


def bar(files: Iterable[Path]) -> Any:
    """Progress by bytes, on a terminal; of standard input nobody knows how long it is."""
    sizes = [file.stat().st_size for file in files if str(file) != STANDARD_INPUT and file.exists()]
    is_seen = sys.stderr.isatty() and bool(sizes)
    return click.progressbar(
        length=sum(sizes), label="Importing", file=sys.stderr, hidden=not is_seen
    )


def clear(other: Any) -> None:
    """Make room for a line that goes where the bar is, if the two meet on one terminal."""
    if other.isatty() and sys.stderr.isatty():
        click.echo("\r\033[K", nl=False, err=True)
