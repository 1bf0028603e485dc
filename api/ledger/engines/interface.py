"""What the ledger asks of a database, whichever it is."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol


class LedgerBusy(Exception):
    """Another writer held the ledger for longer than the busy timeout."""


class LedgerUnusable(Exception):
    """The ledger cannot be opened as it is; the message says what to do."""


class WriteTimeout(Exception):
    """Those in front did not finish in time."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The columns of a table: all but generated ones, those of its key, those that hold bytes.

    ``truths`` are those that hold yes or no where the database has a type of its own for it.
    """

    columns: tuple[str, ...]
    key: tuple[str, ...]
    blobs: frozenset[str]
    truths: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Days:
    """Statements by the last day that they may have been said on; any, where all is left out.

    Args:
        first: that day or a later one; where it is left out, those that end nowhere, too.
        last: that day or an earlier one; empty for those that end nowhere alone.
        long: of those only that may have been said on other days as well.
    """

    first: str | None = None
    last: str | None = None
    long: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a server is in the log of all that was written.

    Args:
        position: the byte of the log up to which it has everything.
        follows: whether it takes that from another server.
        server: which server it is, since it was started.
        ledger: which ledger it holds.
    """

    position: int
    follows: bool
    server: str
    ledger: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a schema: a table, a trigger, an index; what it is of, and how it was made.

    ``of`` is what people look for: its name, with that of its table where it has one.
    """

    of: str
    made: str


@dataclass(frozen=True, slots=True)
class Unindexed:
    """A row that a full-text index has otherwise than it stands in its table.

    Args:
        index: the index.
        row: the id of the row.
        column: whose words differ.
    """

    index: str
    row: int
    column: str


class Engine(Protocol):
    """A peewee database that a ledger is in.

    Plain SQL is the same for all: each value in it is a ``?``, and what only one of them
    understands comes from the methods below.
    """

    # The folder of its migrations; how it is named to people.
    name: ClassVar[str]
    title: ClassVar[str]
    # Whether other servers follow it, which can be read instead.
    replicates: ClassVar[bool]
    # What it raises, and its driver, where they cannot do what they were asked.
    failures: ClassVar[tuple[type[Exception], ...]]
    # For how many seconds a writer waits for its turn.
    write_timeout: float

    def execute_sql(self, sql: str, params: Sequence[Any] | None = None) -> Any:
        """Run one query."""

    def write_lock(self, deadline: float) -> AbstractContextManager[None]:
        """One writer's transaction, in which no other writes; ``WriteTimeout`` after a deadline."""

    def snapshot(self) -> AbstractContextManager[None]:
        """Reads that see one state of the ledger."""

    def is_busy(self, error: BaseException) -> bool:
        """Whether an error says that others stood in the way, so that it may go well later."""

    def is_too_slow(self, error: BaseException) -> bool:
        """Whether an error says that reading took longer than its deadline lets it."""

    def fault(self, error: BaseException) -> str | None:
        """What fails under the ledger, in a sentence; None where the error is another."""

    def is_foreign(self, error: BaseException) -> bool:
        """Whether an error says that what was opened is no database of this kind."""

    def refuse_unfit(self) -> None:
        """Raise ``LedgerUnusable`` where what is there cannot carry a ledger."""

    def unwritable(self) -> str | None:
        """Why it cannot be written to, in a sentence; None where it can and has room for more."""

    def place(self) -> Place:
        """Where the server is, of a database that ``replicates``."""

    def size(self) -> int:
        """Bytes that the ledger has on disk, beside what its log holds."""

    def sweep(self, seconds: float) -> bool:
        """Forget what was deleted, wherever it is kept still; whether nobody reads it any more.

        For so many seconds those who read a state of the ledger that had it are waited for.
        """

    def run_script(self, script: str) -> None:
        """Run statements of SQL, in the transaction that is open."""

    def tables(self) -> list[str]:
        """The names of all tables, but for those that others are made of."""

    # Parts of queries.

    def among(self, column: str) -> str:
        """The condition that a column has one of the values that ``listed`` makes a ``?`` of."""

    def as_json_array(self, column: str) -> str:
        """The aggregate that gives all values of a column as the text of an array, in any order."""

    def listed(self, values: Iterable[Any]) -> Any:
        """Ids, or words, as one value."""

    def matches(self, index: str, terms: Sequence[str]) -> Any:
        """The condition that a row of a full-text index has all terms, each a word or a phrase."""

    def begins(self, index: str, terms: Sequence[str]) -> Any:
        """Like ``matches``, where the last word of each term may be the beginning of one."""

    # JSON that the database makes.

    def json_object(self, members: Iterable[tuple[str, Any]], there: Any = None) -> Any:
        """An object of JSON with these members, each a name and an expression.

        Null where a column is null that tells whether it is there.
        """

    def json_text(self, made: Any) -> Any:
        """The text of an object of JSON."""

    def json_value(self, column: Any) -> Any:
        """What the text of JSON in a column says, as a member of an object."""

    def json_truth(self, column: Any) -> Any:
        """A column of truths as a member of an object."""

    # What is found in the full-text index over statements. Whether it gives what it finds in every
    # order of their lists by itself; else a query of statements is planned with it.
    finds_in_order: ClassVar[bool]

    def found_id(self, row: Any) -> Any:
        """The id of the statement that a row of the index is of, by the row's own id."""

    def found(
        self,
        terms: Sequence[str],
        sort: str,
        after: tuple[Any, ...] | None,
        most: int,
        days: Days,
    ) -> list[tuple[Any, ...]]:
        """The first statements after a position that have all terms: their positions.

        Args:
            terms: each a word or a phrase.
            sort: ``-said_on``, ``said_on`` or ``-created_at``.
            after: what they are ordered by, their id last; None from the beginning.
            most: how many.
            days: under ``-said_on``, of which days.
        """

    def found_among(self, terms: Sequence[str], ids: Collection[int]) -> list[int]:
        """Those statements that have all terms."""

    def ranked(self, terms: Sequence[str], ids: Collection[int]) -> list[int]:
        """Those statements that have all terms, the one that they fit best first."""

    def rarest(self, trigrams: Sequence[str], most: int) -> list[str]:
        """Those trigrams that are in names at all, and in the fewest of them."""

    def spelled(self, trigrams: Sequence[str], most: int) -> Any:
        """The condition that a name is one of the few that share the most and rarest trigrams."""

    # Whole tables, for exports.

    def shape(self, table: str) -> Shape:
        """The columns of a table as the schema has them."""

    def rows(self, table: str, shape: Shape) -> Iterator[tuple[Any, ...]]:
        """The rows of a table in the order of its key, truths as 0 and 1, few held at a time."""

    def load(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Add many rows to a table, truths as 0 and 1."""

    def measure(self) -> None:
        """Look at how the rows are spread, so that queries are planned for what is there."""

    def references(self, table: str) -> set[str]:
        """The tables that a table's rows refer to."""

    def last_ids(self, tables: Sequence[str]) -> dict[str, int]:
        """The last id that each table gave away, by the tables' names in their order."""

    def set_last_ids(self, ids: Mapping[str, int]) -> None:
        """Let tables go on after ids that were given away before."""

    def defer_references(self) -> None:
        """Let rows refer to rows that come after them, in this transaction."""

    def dangling(self) -> tuple[str, str] | None:
        """A table with a row that refers to none of another's, and that other."""

    # What the database was made into, held against what its migrations make.

    # The table and column that last ids are kept in, and what tells of the schema.
    last_ids_in: ClassVar[tuple[str, str]]
    catalogue: ClassVar[str]

    def parts(self) -> dict[tuple[str, str], Part]:
        """The schema that is there, by kinds and names."""

    def parts_made_by(self, scripts: Sequence[str]) -> dict[tuple[str, str], Part] | None:
        """The schema that scripts make in an empty place; None where none may be made."""

    def unindexed(self, scripts: Sequence[str]) -> Iterator[Unindexed]:
        """The rows that full-text indexes have otherwise than these scripts would have it."""

    def all_dangling(self) -> Iterator[tuple[str, object, str]]:
        """Each row that refers to none of another table's: its table, itself, that other."""

    def close_idle(self) -> None:
        """Close connections that no thread has."""

    def close_all(self) -> None:
        """Close connections, whoever has them: nothing is done on them any more."""

    def close_files(self) -> None:
        """Let go of locks and files, once nobody works on the ledger any more."""
