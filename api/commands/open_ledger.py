"""The ledger that a command works on: which, opened, and with today's schema."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from api.settings import Settings


def given_settings() -> "Settings":
    """What the environment says.

    Raises:
        ClickException: it says what cannot be.
    """
    from api.settings import Settings

    try:
        return Settings.from_environment()
    except ValueError as error:
        raise click.ClickException(str(error)) from error


def migrated(settings: "Settings") -> list[str]:
    """Open the ledger, and give it the schema of this release; gives what ran for that.

    Raises:
        ClickException: it cannot be opened, or is no ledger.
    """
    from api.ledger.engines.opening import masked_address
    from api.ledger.migrations.runner import migrate as run
    from api.ledger.storage import erasure
    from api.ledger.storage.database import LedgerBusy, LedgerUnusable, disconnect
    from api.ledger.storage.faults import failures, fault
    from api.services.admin.opening import open_ledger

    try:
        open_ledger(settings)
    except LedgerUnusable as error:
        raise click.ClickException(str(error)) from error
    try:
        ran = run()
        erasure.finish(lambda told: click.echo(f"Note: {told}.", err=True))
        # A connection must not be carried over into forked workers.
        disconnect()
        return ran
    except LedgerUnusable as error:
        raise click.ClickException(str(error)) from error
    except failures(LedgerBusy) as error:
        ledger = masked_address(settings.database_url)
        raise click.ClickException(
            f"The ledger {ledger} cannot be opened: {fault(error) or error or 'it is busy'}"
        ) from error
