"""What a check finds: that something is not as it was made, and where."""

from collections.abc import Iterator
from dataclasses import dataclass

BATCH = 500
"""Rows that are read at once."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where the ledger is not what it must be; of values, nothing is told.

    Args:
        table: in which table.
        row: its id or key, as people write it.
        what: what is wrong with it.
        column: of which column, where it is not the row as a whole.
    """

    table: str
    row: object
    what: str
    column: str | None = None

    def __str__(self) -> str:
        """The place and what is wrong there, for people."""
        place = f"{self.table} {self.row}"
        return f"{place}, {self.column}: {self.what}" if self.column else f"{place}: {self.what}"


@dataclass(frozen=True, slots=True)
class Remark:
    """What could not be looked at, and why; that is no difference."""

    what: str

    def __str__(self) -> str:
        """For people."""
        return self.what


Found = Iterator[int | Difference | Remark]
"""What a check yields: how many steps were done, and what it found."""
