"""Records of the history as they are stored: packed, by what records have in common.

What is unpacked is the record to the byte. `data/records.zdict` never changes: what is stored was
packed with it.
"""

import zlib
from functools import cache
from importlib import resources
from typing import Any

# The window holds the dictionary and a usual record; a larger one takes longer to begin with.
_WINDOW, _MEMORY = -13, 6

NOTHING = b"null"
"""The record of what was deleted; packed, it has no bytes at all."""


class Damaged(ValueError):
    """What is stored is no record that was packed."""


def compress(record: bytes) -> bytes:
    """A record, as it is stored."""
    if record == NOTHING:
        return b""
    packing = _packing().copy()
    packed: bytes = packing.compress(record) + packing.flush()
    return packed


def decompress(stored: bytes) -> bytes:
    """The record that was packed.

    Raises:
        Damaged: there is none in what is stored.
    """
    if not stored:
        return NOTHING
    reading = zlib.decompressobj(_WINDOW, zdict=_usual())
    try:
        record = reading.decompress(stored)
    except zlib.error as error:
        raise Damaged from error
    if not reading.eof or reading.unused_data:
        raise Damaged
    return record


@cache
def _packing() -> Any:
    """What begins to pack; copied for each record, as the dictionary is read but once so."""
    return zlib.compressobj(9, zlib.DEFLATED, _WINDOW, _MEMORY, zdict=_usual())


@cache
def _usual() -> bytes:
    return (resources.files("api.ledger") / "data" / "records.zdict").read_bytes()
