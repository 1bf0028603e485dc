"""``counterclaim import --ledger`` and ``counterclaim export``: a whole ledger as a file."""

import os
import sys
from contextlib import suppress
from pathlib import Path

import click

from api.commands.progress import NOTHING_STORED, STANDARD_INPUT, bar, size_of
from api.ledger.storage.database import LedgerBusy, writing
from api.services.admin import export as service
from api.services.common.errors import ServiceError
from api.services.dry_runs.imports import in_empty_ledger
from api.services.imports.ledger import import_export, outstanding, rebuild
from api.services.imports.lines import lines

# A row holds no more than a statement, its history no more than that twice escaped.
_LONGEST_LINE = 1 << 26


def import_ledger(path: Path, dry_run: bool = False) -> None:
    """Take an export into the ledger, which is open, migrated and empty.

    In a dry run it is read whole and held to what it must be, and nothing is stored.

    Raises:
        ClickException: why it is not taken; nothing was stored then.
    """
    opened = sys.stdin.buffer if str(path) == STANDARD_INPUT else path.open("rb")
    try:
        with opened, in_empty_ledger() if dry_run else writing():
            with bar("Importing", size_of([path])) as progress:
                for size in import_export(lines(opened, _LONGEST_LINE)):
                    progress.update(size)
            if dry_run:
                click.echo(f"It can be taken.{NOTHING_STORED}")
                return
            with bar("Reading", outstanding()) as progress:
                for steps in rebuild():
                    progress.update(steps)
    except ServiceError as refusal:
        raise click.ClickException(refusal.detail) from refusal
    except LedgerBusy as error:
        raise click.ClickException("Another writer held the ledger for too long.") from error
    except OSError as error:
        raise click.ClickException(f"{path} cannot be read: {error.strerror}.") from error


def give(path: Path) -> None:
    """Export the ledger to a file, which is there whole or not at all.

    Raises:
        ClickException: the file cannot be written.
    """
    if str(path) == STANDARD_INPUT:
        for line in service.export():
            sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()
        return
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as opened:
            opened.writelines(service.export())
            opened.flush()
            os.fsync(opened.fileno())
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise click.ClickException(f"{path} cannot be written: {error.strerror}.") from error
