"""The ``counterclaim`` command. What a command needs is imported when it runs: help is instant."""

import sys

import click

from api.settings import PREFIX, Settings


def _settings() -> Settings:
    try:
        return Settings.from_environment()
    except ValueError as error:
        raise click.ClickException(str(error)) from error


@click.group(epilog=f"Settings come from the environment; each variable begins with {PREFIX}.")
@click.version_option(package_name="counterclaim")
def main() -> None:
    """Counterclaim: who said what, when and where, and where statements contradict."""


@main.command()
def serve() -> None:
    """Serve the ledger over HTTP, creating or migrating it first."""
    from api.server import serve as run

    settings = _settings()
    _migrated(settings)
    run(settings)


@main.command()
def migrate() -> None:
    """Create the ledger, or bring it up to this release."""
    ran = _migrated(_settings())
    click.echo(f"Migrated: {', '.join(ran)}." if ran else "Nothing to migrate.")


@main.command()
def seed() -> None:
    """Load the seeds that come with Counterclaim; twice changes nothing."""
    from api.services.seed import load_seeds

    _migrated(_settings())
    new, known = load_seeds()
    click.echo(f"Seeds: {new} recorded, {known} there already.")


def _migrated(settings: Settings) -> list[str]:
    from api.ledger.database import LedgerUnusable, connect, disconnect
    from api.ledger.migrations import migrate as run

    try:
        connect(settings.database_url, settings.busy_timeout)
        return run()
    except LedgerUnusable as error:
        raise click.ClickException(str(error)) from error
    finally:
        # A connection must not be carried over into forked workers.
        disconnect()


if __name__ == "__main__":
    sys.exit(main())
