"""How far a command is, on a terminal."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

STANDARD_INPUT = "-"
# What a dry run says at its end.
NOTHING_STORED = " Nothing was stored."


def bar(label: str, length: int | None, every: int = 1) -> Any:
    """Progress on a terminal.

    Args:
        label: what is done.
        length: the number of steps; where nobody knows it nothing is shown.
        every: after how many steps it is drawn anew.
    """
    return click.progressbar(
        length=length or 0,
        label=label,
        file=sys.stderr,
        hidden=length is None or not sys.stderr.isatty(),
        update_min_steps=every,
    )


def size_of(files: Iterable[Path]) -> int | None:
    """The bytes in files; of standard input alone nobody knows."""
    sizes = [file.stat().st_size for file in files if str(file) != STANDARD_INPUT and file.exists()]
    return sum(sizes) if sizes else None


def clear(other: Any) -> None:
    """Make room for a line that goes where the bar is, if the two meet on one terminal."""
    if other.isatty() and sys.stderr.isatty():
        click.echo("\r\033[K", nl=False, err=True)
