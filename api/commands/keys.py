"""``counterclaim keys``: what opens the API to whom."""

from collections.abc import Callable
from datetime import UTC, datetime

import click

from api.commands.open_ledger import given_settings, migrated


@click.group()
def keys() -> None:
    """Keys of the API. While none was made, only this machine writes."""


@keys.command()
@click.option("--name", required=True, help="Who or what it is for; the history shows it.")
@click.option(
    "--scope",
    "scopes",
    required=True,
    multiple=True,
    type=click.Choice(["read", "write", "review", "admin"]),
    help="What it opens; several may be given. Each includes reading, admin all.",
)
@click.option("--expires", type=click.DateTime(["%Y-%m-%d"]), help="A day, as 2027-01-31, in UTC.")
def create(name: str, scopes: tuple[str, ...], expires: datetime | None) -> None:
    """Make a key. It is shown once."""
    from api.services.admin import keys as service

    migrated(given_settings())
    _show_key(lambda: service.create(name, scopes, expires and expires.replace(tzinfo=UTC)))


@keys.command("list")
def list_() -> None:
    """Show the keys that were made, without their secrets."""
    from api.services.admin import keys as service

    migrated(given_settings())
    for key in service.all_keys():
        ends = {"expires": key.expires_at, "revoked": key.revoked_at}
        told = "".join(f"  {word} {moment}" for word, moment in ends.items() if moment)
        click.echo(f"{key.name}  {','.join(key.scopes)}  made {key.created_at}{told}")


@keys.command()
@click.argument("name")
def rotate(name: str) -> None:
    """Give a key a new secret, shown once; the old one stops working at once."""
    from api.services.admin import keys as service

    migrated(given_settings())
    _show_key(lambda: service.rotate(name))


@keys.command()
@click.argument("name")
def revoke(name: str) -> None:
    """Let a key open nothing any more."""
    from api.services.admin import keys as service
    from api.services.common.errors import ServiceError

    migrated(given_settings())
    try:
        service.revoke(name)
    except ServiceError as refusal:
        raise click.ClickException(refusal.detail) from refusal
    click.echo(f"{name} opens nothing any more.")


def _show_key(make: Callable[[], str]) -> None:
    from api.services.common.errors import ServiceError

    try:
        click.echo(make())
    except ServiceError as refusal:
        raise click.ClickException(refusal.detail) from refusal
    click.echo("Keep it: it is not shown again.", err=True)
