"""``counterclaim import FILE``: statements from NDJSON or CSV."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import click

from api.commands.cores import cores
from api.commands.progress import NOTHING_STORED, STANDARD_INPUT, bar, clear, size_of
from api.services.common.errors import ServiceError
from api.services.dry_runs.imports import in_copy
from api.services.imports.article_workers import worker_pool
from api.services.imports.csv_rows import Row, rows
from api.services.imports.line_workers import LineWorkers
from api.services.imports.lines import lines
from api.services.imports.statements import (
    AllOrNothing,
    Import,
    LineByLine,
    Outcome,
    Sent,
    import_all,
    in_ledger,
)
from api.settings import Settings
from api.web.http.bodies import checked
from api.web.http.problems import Problem, of_line
from api.web.responses.csv_columns import Column, columns, read
from api.web.responses.import_lines import sent
from schemas.statements import Statement, StatementIn, StatementLine, by_name

CSV, NDJSON = "csv", "ndjson"
_RESULTS = ("created", "updated", "unchanged", "refused")


def run(
    path: Path,
    form: str | None,
    atomic: bool,
    settings: Settings,
    processes: int | None = None,
    dry_run: bool = False,
) -> int:
    """Import a file of statements: what is refused is told line by line; how much was.

    Args:
        path: the file; ``-`` is standard input.
        form: ``csv`` or ``ndjson``; by default the name of the file tells.
        atomic: whether all lines are stored, or none.
        settings: of the ledger, which is open and migrated.
        processes: how many read at once, by default as many as there are cores for this one.
        dry_run: whether nothing is stored.

    Raises:
        UsageError: the columns of a CSV file are not those of statements.
        ClickException: the file cannot be read, or it was stopped from outside.
    """
    counts: Counter[str] = Counter()
    form = form or (CSV if path.suffix.lower() == ".csv" else NDJSON)
    try:
        with (
            _opened(path) as opened,
            bar("Importing", size_of([path])) as progress,
            _importing(atomic, settings, processes or cores(), dry_run) as importing,
        ):
            found = _rows(opened, settings) if form == CSV else _lines(opened, settings)
            for outcome in import_all(importing, _counted(found, progress)):
                counts[outcome.result] += 1
                _tell(outcome)
    except BrokenProcessPool as error:
        raise click.ClickException(
            "A process that read lines was ended from outside. What was imported stays: run it "
            "again to go on."
        ) from error
    except OSError as error:
        raise click.ClickException(f"{path} cannot be read: {error.strerror}.") from error
    told = ", ".join(f"{counts[name]} {name}" for name in _RESULTS)
    click.echo(f"Statements: {told}.{NOTHING_STORED if dry_run else ''}")
    return counts["refused"]


@contextmanager
def _importing(atomic: bool, settings: Settings, processes: int, dry_run: bool) -> Iterator[Import]:
    """The import, with its readers; one that is the only reader there is reads for itself."""
    way = AllOrNothing if atomic else LineByLine
    opened = in_copy if dry_run else in_ledger
    if processes == 1:
        with closing(way(of_line, opened=opened)) as importing:
            yield importing
        return
    with (
        worker_pool(settings, processes) as pool,
        closing(way(of_line, LineWorkers(pool), processes + 1, opened)) as importing,
    ):
        yield importing


def _opened(path: Path) -> BinaryIO:
    return sys.stdin.buffer if str(path) == STANDARD_INPUT else path.open("rb")


def _lines(opened: BinaryIO, settings: Settings) -> Iterator[Sent]:
    schema = StatementLine()
    found = (sent(line, schema, settings.max_body) for line in lines(opened, settings.max_body))
    return (each for each in found if each is not None)


def _rows(opened: BinaryIO, settings: Settings) -> Iterator[Sent]:
    found = rows(opened, settings.max_body)
    header = next(found, None)
    if header is None:
        raise click.UsageError("The file is empty: its first row names its columns.")
    if isinstance(header.cells, ServiceError):
        raise click.UsageError(header.cells.detail)
    known = _named(header.cells)
    schema = StatementIn()
    for row in found:
        yield _sent(row, known, schema)


def _named(header: Sequence[str]) -> list[Column | None]:
    """The column of each cell of the header; None for one that is shown and not taken.

    Raises:
        UsageError: one is unknown or stands twice, or one that is required is missing.
    """
    taken = {column.name: column for column in columns(StatementIn())}
    shown = {column.name for column in columns(Statement())} - taken.keys()
    names = [name.strip() for name in header]
    wrong = [f"{name!r} is unknown" for name in names if name not in {*taken, *shown}]
    wrong += [f"{name!r} stands twice" for name in sorted({*names}) if names.count(name) > 1]
    for needed in (("kind",), ("text",), ("speaker_name", "speaker_id")):
        if not {*needed} & {*names}:
            wrong.append(f"{' or '.join(map(repr, needed))} is missing")
    if wrong:
        raise click.UsageError(
            f"The columns of the file are not those of statements: {'; '.join(wrong)}. "
            f"Known are {', '.join(taken)}."
        )
    return [taken.get(name) for name in names]


def _sent(row: Row, header: list[Column | None], schema: StatementIn) -> Sent:
    if isinstance(row.cells, ServiceError):
        return Sent(row.line, row.size, row.cells)
    if len(row.cells) != len(header):
        told = f"The row has {len(row.cells)} cells, the header {len(header)}."
        return Sent(row.line, row.size, ServiceError(told))
    there = [(column, cell) for column, cell in zip(header, row.cells, strict=True) if column]
    # A file that another ledger gave has the ids of that one.
    body = by_name(read([column for column, _ in there], [cell for _, cell in there]))
    name = body.get("external_id")
    try:
        return Sent(row.line, row.size, checked(body, schema), name)
    except Problem as problem:
        return Sent(row.line, row.size, problem, name)


def _counted(found: Iterator[Sent], progress: Any) -> Iterator[Sent]:
    for each in found:
        progress.update(each.size)
        yield each


def _tell(outcome: Outcome) -> None:
    if outcome.problem is not None:
        clear(sys.stderr)
        name = f" ({outcome.external_id})" if outcome.external_id else ""
        click.echo(f"line {outcome.line}{name}: {outcome.problem['detail']}", err=True)
