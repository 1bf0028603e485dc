"""Statements imported in bulk, each line of an import with an outcome of its own.

Batches are small and committed as they come, so that what was told of is there, whatever becomes of
the import; their texts are read before the ledger is locked for them.
"""

import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from tempfile import TemporaryFile
from time import monotonic
from typing import IO, Any, Literal, Protocol

from api.deadline import DeadlineExceeded, within
from api.ledger.history import revisions
from api.ledger.storage.database import LedgerBusy, savepoint, writing
from api.ledger.storage.faults import failures, fault
from api.logger import Logger
from api.services.common.errors import ServiceError
from api.services.contradictions.analysis_store import limits
from api.services.contradictions.comparisons import Comparisons
from api.services.imports.upsert import PreparedLine, Ready, commit_line, prepare_lines

Result = Literal["created", "updated", "unchanged", "refused"]
BATCH = 100
_BATCH_BYTES = 1 << 18

# Others who write wait for this long at the most, give or take one statement.
_HELD_SECONDS = 0.5

log = Logger(__name__)


class OthersRefused(Exception):
    """All or nothing was asked for, and other lines were refused."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A line of an import.

    ``body`` is what ``POST /v1/statements`` takes, or why it cannot be taken; ``size`` is in bytes.
    """

    line: int
    size: int
    body: dict[str, Any] | Exception
    external_id: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a line: the statement it is now, or why it was refused."""

    line: int
    result: Result
    statement_id: int | None = None
    external_id: str | None = None
    problem: dict[str, Any] | None = None


# What a problem tells of why a line was refused.
Tell = Callable[[Exception], dict[str, Any]]

# Lines that were read, as ``prepare`` gives them, with what was compared before.
Read = tuple[list[Ready], Comparisons]
# Begins to read lines; what it gives waits for them.
Begin = Callable[[Sequence[dict[str, Any]]], Callable[[], Read]]

_Ready = list[PreparedLine | Outcome]


@dataclass(frozen=True, slots=True)
class Storage:
    """Where lines are stored together.

    Args:
        number: the latest change, as ``PreparedLine.seen`` counts them.
        shown: an outcome as it is told.
    """

    number: Callable[[], int]
    shown: Callable[[Outcome], Outcome]


# Gives where lines are stored, and stores all or nothing of them at its end.
Open = Callable[[Callable[[], Iterator[PreparedLine]]], AbstractContextManager[Storage]]


@contextmanager
def in_ledger(_: Callable[[], Iterator[PreparedLine]]) -> Iterator[Storage]:
    """Lines are stored in the ledger, which is locked for them."""
    with writing():
        yield Storage(_number, lambda outcome: outcome)


def read_here(bodies: Sequence[dict[str, Any]]) -> Callable[[], Read]:
    """Read lines in this process, when they are waited for."""
    return lambda: (prepare_lines(bodies), Comparisons())


class Import(Protocol):
    """A way to import: batches are taken one after another, then it is ended."""

    def take(self, batch: Sequence[Sent]) -> Iterator[Outcome]:
        """Take in further lines; gives the outcomes that are known and stored by now."""

    def end(self) -> Iterator[Outcome]:
        """Take in what was put off until all lines were there; gives the outcomes left."""

    def close(self) -> None:
        """Let go of everything; what has no outcome by now is not stored."""


class LineByLine:
    """Stores each line that can be, batch by batch.

    Args:
        tell: see ``Tell``.
        begin: how lines are read.
        ahead: batches that are read while one before them is stored.
        opened: where lines are stored, a batch or a part of one at a time.
    """

    def __init__(
        self, tell: Tell, begin: Begin = read_here, ahead: int = 0, opened: Open = in_ledger
    ) -> None:
        self._lines = _Lines(tell, begin)
        self._opened = opened
        self._ahead = ahead
        self._begun = deque[Callable[[], tuple[_Ready, Comparisons]]]()

    def take(self, batch: Sequence[Sent]) -> Iterator[Outcome]:
        """Begin to read a batch, and store the first one where enough of them are begun."""
        self._begun.append(self._lines.begin(batch))
        if len(self._begun) > self._ahead:
            yield from self._store_first()

    def end(self) -> Iterator[Outcome]:
        """Store what was begun."""
        while self._begun:
            yield from self._store_first()

    def close(self) -> None:
        """Drop what was begun."""
        self._begun.clear()

    def _store_first(self) -> Iterator[Outcome]:
        ready, compared = self._begun.popleft()()
        waiting = deque(ready)
        while waiting:
            yield from self._store(waiting, compared)

    def _store(
        self, waiting: deque[PreparedLine | Outcome], compared: Comparisons
    ) -> list[Outcome]:
        """Store as much of a batch as can be without keeping others waiting."""
        if unchanged := self._lines.unchanged(waiting):
            return unchanged
        begun, outcomes = list(waiting), list[Outcome]()
        try:
            with self._opened(lambda: _read_lines(begun)) as storage:
                until = monotonic() + _HELD_SECONDS
                while waiting and (not outcomes or monotonic() < until):
                    outcomes.append(self._lines.store(waiting.popleft(), compared, storage))
        except failures(LedgerBusy) as error:
            waiting.clear()
            return [self._lines.refused(each, error) for each in begun]
        return outcomes


class AllOrNothing:
    """Stores all lines in one transaction, unless one of them is refused.

    Until all have come they wait in a temporary file, read, so that the ledger is locked for no
    longer than it takes to store them. See ``LineByLine``.
    """

    def __init__(
        self, tell: Tell, begin: Begin = read_here, ahead: int = 0, opened: Open = in_ledger
    ) -> None:
        self._lines = _Lines(tell, begin)
        self._opened = opened
        self._ahead = ahead
        self._begun = deque[Callable[[], tuple[_Ready, Comparisons]]]()
        with ExitStack() as files:
            self._waiting: IO[bytes] = files.enter_context(TemporaryFile())
            self._told: IO[bytes] = files.enter_context(TemporaryFile())
            self._files = files.pop_all()
        self._any_refused = False

    def take(self, batch: Sequence[Sent]) -> Iterator[Outcome]:
        """Read a batch and put it off."""
        self._begun.append(self._lines.begin(batch))
        if len(self._begun) > self._ahead:
            self._put_off_first()
        yield from ()

    def end(self) -> Iterator[Outcome]:
        """Store everything, or tell of every line why nothing was stored."""
        while self._begun:
            self._put_off_first()
        try:
            if not self._any_refused:
                with self._opened(lambda: _read_lines(self._put_off())) as storage:
                    self._store(storage)
        except OthersRefused:
            yield from self._all_refused(_pickled(self._told))
        except failures(LedgerBusy) as error:
            for each in self._put_off():
                yield self._lines.refused(each, error)
        else:
            if self._any_refused:
                yield from self._all_refused(self._put_off())
            else:
                yield from _pickled(self._told)

    def close(self) -> None:
        """Drop what waits."""
        self._files.close()

    def _put_off_first(self) -> None:
        ready, compared = self._begun.popleft()()
        self._any_refused |= any(isinstance(each, Outcome) for each in ready)
        pickle.dump((ready, compared), self._waiting)

    def _put_off(self) -> Iterator[PreparedLine | Outcome]:
        for ready, _ in _pickled(self._waiting):
            yield from ready

    def _store(self, storage: Storage) -> None:
        any_refused = False
        for ready, compared in _pickled(self._waiting):
            for each in ready:
                outcome = self._lines.store(each, compared, storage)
                any_refused |= outcome.problem is not None
                pickle.dump(outcome, self._told)
        if any_refused:
            raise OthersRefused

    def _all_refused(self, told: Iterable[PreparedLine | Outcome]) -> Iterator[Outcome]:
        """Outcomes of an import of which nothing is stored."""
        for each in told:
            yield self._lines.refused(each, OthersRefused())


class _Lines:
    """Lines read and stored, each by itself."""

    def __init__(self, tell: Tell, begin: Begin) -> None:
        self._tell = tell
        self._begin = begin

    def begin(self, batch: Sequence[Sent]) -> Callable[[], tuple[_Ready, Comparisons]]:
        """Begin to read lines; each is ready to be stored then, or refused for what it is."""
        read = self._begin([sent.body for sent in batch if isinstance(sent.body, dict)])

        def ready() -> tuple[_Ready, Comparisons]:
            prepared, compared = read()
            return [*self._ready(batch, iter(prepared))], compared

        return ready

    def _ready(
        self, batch: Sequence[Sent], prepared: Iterator[Ready]
    ) -> Iterator[PreparedLine | Outcome]:
        for sent in batch:
            ready = next(prepared) if isinstance(sent.body, dict) else sent.body
            if isinstance(ready, PreparedLine):
                ready.line = sent.line
                yield ready
            else:
                problem = self._tell(ready)
                yield Outcome(sent.line, "refused", external_id=sent.external_id, problem=problem)

    def unchanged(self, waiting: deque[PreparedLine | Outcome]) -> list[Outcome]:
        """Take those lines from the beginning of what waits for which the ledger is not locked."""
        number, outcomes = _number(), []
        while waiting and (outcome := _unchanged(waiting[0], number)) is not None:
            outcomes.append(outcome)
            waiting.popleft()
        return outcomes

    def store(
        self, each: PreparedLine | Outcome, compared: Comparisons, storage: Storage
    ) -> Outcome:
        """Store a line, or nothing of it; nobody else writes there meanwhile."""
        if isinstance(each, Outcome):
            return each
        if (unchanged := _unchanged(each, storage.number())) is not None:
            return storage.shown(unchanged)
        try:
            with savepoint(), within(limits.statement_seconds):
                statement_id, result = commit_line(each, compared)
        except (ServiceError, DeadlineExceeded) as refusal:
            return self.refused(each, refusal)
        except Exception as error:
            if fault(error):
                # SQLite may have undone the lines before it, too.
                raise
            log.exception(f"unexpected error in line {each.line} of an import", error)
            return self.refused(each, error)
        return storage.shown(Outcome(each.line, result, statement_id, each.external_id))

    def refused(self, each: PreparedLine | Outcome, error: Exception) -> Outcome:
        """The outcome of a line that is not stored; one that was refused before stays so."""
        if isinstance(each, Outcome) and each.problem is not None:
            return each
        name = each.external_id
        return Outcome(each.line, "refused", external_id=name, problem=self._tell(error))


def _number() -> int:
    return revisions.head()[0]


def _read_lines(lines: Iterable[PreparedLine | Outcome]) -> Iterator[PreparedLine]:
    return (each for each in lines if isinstance(each, PreparedLine))


def _unchanged(each: PreparedLine | Outcome, number: int) -> Outcome | None:
    """The outcome of a line that changes nothing in a ledger of so many changes."""
    if isinstance(each, Outcome):
        return each
    if each.unchanged is None or each.seen != number:
        return None
    return Outcome(each.line, "unchanged", each.unchanged, each.external_id)


def import_all(importing: Import, lines: Iterable[Sent]) -> Iterator[Outcome]:
    """Import lines that are there for the asking, such as those of a file."""
    batch: list[Sent] = []
    size = 0
    for sent in lines:
        batch.append(sent)
        size += sent.size
        if is_full(len(batch), size):
            yield from importing.take(batch)
            batch, size = [], 0
    yield from importing.take(batch)
    yield from importing.end()


def is_full(lines: int, size: int) -> bool:
    """Whether a batch of so many lines and bytes is to be taken now: both bound the memory."""
    return lines >= BATCH or size >= _BATCH_BYTES


def _pickled(file: IO[bytes]) -> Iterator[Any]:
    """What was put into a temporary file, from its beginning."""
    file.seek(0)
    while True:
        try:
            yield pickle.load(file)  # noqa: S301 (a nameless file that this process wrote)
        except EOFError:
            return
