"""``counterclaim verify``: the history checked, against a head that was kept if one is named."""

import base64
import binascii
from pathlib import Path

import click
import orjson

from api.commands.progress import bar
from api.ledger.history import chain
from api.ledger.history.merkle import EMPTY
from api.ledger.storage.faults import failures
from api.services.proof.verify import Difference, Kept, outstanding, verify

_MOST_TOLD = 1000


def check(head: Path | None, deep: bool = False) -> None:
    """Check the ledger, which is open and migrated; each difference is told as it is found.

    Args:
        head: a head that was kept.
        deep: see ``verify``.

    Raises:
        ClickException: there are differences, or the head cannot be read.
    """
    kept = None if head is None else _kept(head)
    differences = 0
    try:
        with bar("Verifying", outstanding()) as progress:
            for found in verify(kept, deep):
                if isinstance(found, int):
                    progress.update(found)
                    continue
                differences += isinstance(found, Difference)
                if differences <= _MOST_TOLD:
                    click.echo(str(found), err=True)
        if differences:
            raise click.ClickException(_count(differences))
        last = chain.last()
        root = chain.root(last.number)
    except failures() as error:
        raise click.ClickException(f"The ledger cannot be read to its end: {error}.") from error
    click.echo(f"{last.number} changes, each as it was committed; root {root.hex()}.")


def _count(differences: int) -> str:
    told = "1 difference" if differences == 1 else f"{differences} differences"
    more = f"; the first {_MOST_TOLD} were told" if differences > _MOST_TOLD else ""
    return f"{told} between the ledger and what was committed{more}."


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
