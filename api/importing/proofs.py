"""``counterclaim verify``: the history checked, against a head that was kept if one is named."""

import base64
import binascii
import sys
from pathlib import Path

import click
import orjson

from api.ledger import chain
from api.ledger.faults import failures
from api.ledger.merkle import EMPTY
from api.services.verify import Broken, Kept, outstanding, verify


def check(head: Path | None) -> None:
    """Check the ledger, which is open and migrated.

    Raises:
        ClickException: what is not as its history says, or the head cannot be read.
    """
    kept = None if head is None else _kept(head)
    try:
        last = chain.last()
        root = chain.root(last.number)
        with click.progressbar(
            length=outstanding(), label="Verifying", file=sys.stderr, hidden=not sys.stderr.isatty()
        ) as progress:
            for steps in verify(kept):
                progress.update(steps)
    except Broken as broken:
        raise click.ClickException(str(broken)) from broken
    except failures() as error:
        raise click.ClickException(f"The ledger cannot be read to its end: {error}.") from error
    click.echo(f"{last.number} changes, each as it was committed; root {root.hex()}.")


def _kept(file: Path) -> Kept:
    """The size and root of a head, which is JSON or a checkpoint."""
    try:
        with click.open_file(str(file), "rb") as opened:
            told = opened.read(1 << 20)
        if told.lstrip().startswith(b"{"):
            head = orjson.loads(told)
            size, root = int(head["size"]), bytes.fromhex(head["root"])
        else:
            _, size_line, root_line, *_ = told.decode().splitlines()
            size, root = int(size_line), base64.b64decode(root_line, validate=True)
    except OSError as error:
        raise click.ClickException(f"{file} cannot be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError, binascii.Error) as error:
        raise click.ClickException(f"{file} is no head of a ledger.") from error
    if size < 0 or len(root) != len(EMPTY):
        raise click.ClickException(f"{file} is no head of a ledger.")
    return Kept(size, root)
