"""The hand-kept data files: UTF-8, one entry a line, `#` to the end of a line is a comment."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files


def entries(name: str, package: str = "api.language.data") -> Iterator[str]:
    """The lines of a data file that hold an entry, without their comments."""
    for line in files(package).joinpath(name).read_text(encoding="utf-8").splitlines():
        entry = line.partition("#")[0].strip()
        if entry:
            yield entry


def words(field: str) -> tuple[str, ...]:
    """The comma-separated words of a field."""
    return tuple(word.strip() for word in field.split(",") if word.strip())
