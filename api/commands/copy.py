"""``counterclaim copy``: the ledger moved into another database, whole and checked."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from api.commands.progress import bar
from api.ledger.engines.interface import Engine
from api.ledger.engines.opening import masked_address, open_engine
from api.ledger.migrations.runner import migrate
from api.ledger.storage.database import LedgerBusy, LedgerUnusable, connect, disconnect, writing
from api.ledger.storage.faults import failures
from api.services.admin import copy as service
from api.services.common.errors import ServiceError
from api.services.proof.signing import key_file
from api.services.proof.verify import Broken, outstanding, refuse_broken
from api.settings import Settings


def copy(settings: Settings, target: str) -> None:
    """Copy the ledger, which is migrated, into an empty one.

    Args:
        settings: they name the ledger.
        target: the address of the other, which is made where it is a file.

    Raises:
        ClickException: why it was not copied; nothing was stored then.
    """
    with _told(target), _opened(settings) as source:
        connect(target, settings.busy_timeout)
        migrate()
        # It is there for others when its whole history was checked, and not before.
        with writing():
            with bar("Copying", service.size(source), every=1000) as progress:
                service.fill(source, progress.update)
            with bar("Verifying", outstanding(), every=1000) as progress:
                for found in refuse_broken():
                    if isinstance(found, int):
                        progress.update(found)
    click.echo(f"Copied to {masked_address(target)}; its history is as it was.")
    click.echo(
        f"Heads are signed with the key in {key_file(settings)}: let the server of the copy have "
        "it as COUNTERCLAIM_SIGNING_KEY.",
        err=True,
    )


@contextmanager
def _opened(settings: Settings) -> Iterator[Engine]:
    source: Any = open_engine(settings.database_url, settings.busy_timeout)
    try:
        yield source
    finally:
        source.close()
        source.close_idle()
        source.close_files()
        disconnect()


@contextmanager
def _told(target: str) -> Iterator[None]:
    """Each cause why it does not go, for people."""
    try:
        yield
    except ServiceError as refusal:
        raise click.ClickException(refusal.detail) from refusal
    except Broken as broken:
        raise click.ClickException(f"{broken} Nothing was copied.") from broken
    except LedgerUnusable as error:
        raise click.ClickException(str(error)) from error
    except failures(LedgerBusy) as error:
        raise click.ClickException(
            f"It cannot be copied to {masked_address(target)}: {error or 'it is busy'}. "
            "Nothing was copied."
        ) from error
