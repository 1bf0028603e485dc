"""The whole ledger as lines, canonical: the same ledger gives the same bytes.

The first line names the format and the schema, the last one counts the lines before it; between
them stands each row of the tables that are carried, under the names of its columns, bytes in
hexadecimal. Each line has the beginning of the hash of all up to it, so that what was altered is
found where it was.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

import orjson

from api.ledger.engines.interface import Shape
from api.ledger.migrations.runner import migrations
from api.ledger.storage.database import snapshot
from api.ledger.transfer import tables

FORMAT = 1


class Seal:
    """The running hash of an export: what makes a line of each of its members."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self.lines = 0

    def line(self, member: dict[str, Any]) -> bytes:
        """The next line, with its end."""
        self._hash.update(orjson.dumps(member, option=orjson.OPT_SORT_KEYS))
        self.lines += 1
        sealed = {**member, "hash": self._hash.hexdigest()[:16]}
        return orjson.dumps(sealed, option=orjson.OPT_SORT_KEYS) + b"\n"

    def end(self) -> bytes:
        """The last line: how many were before it, and the hash of them all."""
        return self.line({"end": {"lines": self.lines, "sha256": self._hash.hexdigest()}})


def header() -> dict[str, Any]:
    """What the first line says of an export of this release."""
    return {"counterclaim": "ledger", "format": FORMAT, "schema": migrations()[-1].number}


def export() -> Iterator[bytes]:
    """The lines of the whole ledger, as it is at one moment."""
    seal = Seal()
    with snapshot():
        yield seal.line(header())
        for table in tables.CARRIED:
            shape = tables.shape(table)
            for row in tables.rows(table, shape):
                yield seal.line({"table": table, "row": _shown(row, shape)})
        yield seal.line({"last_ids": tables.last_ids()})
        yield seal.end()


def _shown(row: tuple[Any, ...], shape: Shape) -> dict[str, Any]:
    return {
        name: bytes(value).hex() if name in shape.blobs and value is not None else value
        for name, value in zip(shape.columns, row, strict=True)
    }
