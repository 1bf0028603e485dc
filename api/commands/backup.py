"""``counterclaim backup`` and ``counterclaim restore``: the ledger's file, whole and checked."""

import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from peewee import DatabaseError

from api.commands.progress import bar
from api.commands.verify import check
from api.ledger.engines.opening import masked_address
from api.ledger.engines.sqlite import PREFIX
from api.ledger.engines.write_queue import lock_file
from api.ledger.migrations.runner import is_current, is_new, migrate
from api.ledger.storage import files
from api.ledger.storage.database import LedgerBusy, LedgerUnusable, connect, disconnect
from api.services.admin.opening import open_ledger
from api.settings import Settings


def back_up(settings: Settings, target: Path) -> None:
    """Copy the ledger to a file, which is there whole and checked or not at all.

    Raises:
        ClickException: there is no ledger, the file is there or cannot be written, or what was
            copied is not as its history says.
    """
    ledger = _ledger(settings)
    if not ledger.exists():
        raise click.ClickException(f"There is no ledger {ledger}.")
    _refuse_existing(target)
    with _told(ledger), _part(target) as part:
        open_ledger(settings)
        with _closed_after():
            if not is_current():
                raise click.ClickException(
                    f"{ledger} is of another release: back it up with that, or migrate it first."
                )
            with _copying() as tell:
                files.copy_ledger(part, tell)
        _check(part)
        _refuse_existing(target)
        _put(part, target)
    click.echo(f"Backed up to {target}: {target.stat().st_size} bytes.")


def restore(settings: Settings, source: Path, replace: bool) -> None:
    """Make a backup the ledger, once it was checked.

    Args:
        settings: they name the ledger.
        source: what ``back_up`` made; it stays as it is.
        replace: whether a ledger that is there gives way.

    Raises:
        ClickException: a ledger is there or in use, or the backup is not as its history says.
    """
    ledger = _ledger(settings)
    if not ledger.parent.is_dir():
        raise click.ClickException(f"The folder of {ledger} does not exist: make it first.")
    if ledger.exists() and ledger.samefile(source):
        raise click.ClickException(f"{source} is the ledger itself.")
    there = [file for file in (ledger, *files.beside(ledger)) if file.exists()]
    if there and not replace:
        raise click.ClickException(
            f"{there[0]} is there: move it away, or give it up with --replace."
        )
    with _told(source), _part(ledger) as part:
        # Told before the long way, and looked at once more at its end.
        with files.taken(ledger):
            pass
        with _copying() as tell:
            files.copy_file(source, part, tell)
        _check(part)
        with files.taken(ledger):
            for file in files.beside(ledger):
                file.unlink()
            _put(part, ledger)
    click.echo(f"Restored to {ledger}.")


def _ledger(settings: Settings) -> Path:
    url = settings.database_url
    if not url.startswith(PREFIX):
        raise click.ClickException(
            f"{masked_address(url)} is no file. A server's databases are copied by its own tools: "
            "pg_dump and pg_restore for one ledger, pg_basebackup for a whole server; "
            "counterclaim verify checks what was restored. See docs/operations.md."
        )
    return Path(url.removeprefix(PREFIX))


def _refuse_existing(target: Path) -> None:
    if target.exists():
        raise click.ClickException(f"{target} is there already: name another file.")


@contextmanager
def _part(target: Path) -> Iterator[Path]:
    """An empty file beside a target, which only its owner reads; it is gone at the end.

    What a killed run left is taken over.
    """
    part = target.with_name(f"{target.name}.part")
    with open(os.open(part, os.O_RDWR | os.O_CREAT, 0o600), "rb+") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise click.ClickException(f"{part} is being written by another run.") from error
        try:
            _clear(part)
            held.truncate(0)
            yield part
        finally:
            _clear(part)
            part.unlink(missing_ok=True)


def _clear(part: Path) -> None:
    for file in (*files.beside(part), lock_file(part)):
        file.unlink(missing_ok=True)


def _check(part: Path) -> None:
    """Hold a copy to its history."""
    connect(f"{PREFIX}{part.resolve()}", busy_timeout=0)
    with _closed_after():
        if is_new():
            raise LedgerUnusable("The file holds no ledger.")
        files.refuse_damage()
        migrate()
        check(None)
    files.make_single(part)


@contextmanager
def _closed_after() -> Iterator[None]:
    try:
        yield
    finally:
        disconnect()


def _put(part: Path, target: Path) -> None:
    """Let a file have its name, and the folder know of it, even when the power fails now."""
    part.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def _told(read: Path) -> Iterator[None]:
    """What goes wrong is told in one line."""
    try:
        yield
    except LedgerUnusable as error:
        raise click.ClickException(str(error)) from error
    except LedgerBusy as error:
        raise click.ClickException("Another writer held the ledger for too long.") from error
    except (DatabaseError, sqlite3.Error) as error:
        raise click.ClickException(f"{read} cannot be copied: {error}.") from error
    except OSError as error:
        raise click.ClickException(
            f"{error.filename or read} cannot be written: {error.strerror}."
        ) from error


@contextmanager
def _copying() -> Iterator[Callable[[int, int], None]]:
    """Progress by pages, whose number is known when the first were copied."""
    with bar("Copying", 1) as progress:

        def tell(done: int, pages: int) -> None:
            progress.length = pages
            progress.update(done - progress.pos)

        yield tell
