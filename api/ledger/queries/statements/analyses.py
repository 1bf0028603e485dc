"""What was read in a text, as it is kept: sealed, so that an edit by hand is seen."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from api.ledger.models import Analysis

_DIGEST_BYTES = 16
# Of a key, so many bits weigh what it counts: two that are exchanged are told apart.
_WEIGHT = 0xFFFF


class Kept(NamedTuple):
    """What is kept of what was read in a text, as bytes; ``version`` is that of the reader."""

    version: int
    outline: bytes
    keys: bytes
    data: bytes


def add(statement_id: int, kept: Kept, counted: int) -> None:
    """Keep what was read in a statement's text; it must not be kept yet.

    Args:
        statement_id: which statement.
        kept: what was read.
        counted: what its keys count; see ``counted``.
    """
    Analysis.add(
        statement=statement_id,
        **kept._asdict(),
        counted=counted,
        digest=digest(statement_id, kept, counted),
    )


def digest(statement_id: int, kept: Kept, counted: int) -> bytes:
    """The digest of all that is kept of a text, 16 bytes."""
    sealed = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    for part in (f"{statement_id} {kept.version} {counted}".encode(), *kept[1:]):
        sealed.update(len(part).to_bytes(8, "big"))
        sealed.update(part)
    return sealed.digest()


def counted(postings: Iterable[Sequence[int]]) -> int:
    """One number for what the postings of a statement, each a key and its count, tell."""
    return sum(nth * (1 + (key & _WEIGHT)) for key, nth in postings)


COUNTED = f"CAST(nth AS BIGINT) * (1 + (key & {_WEIGHT}))"
"""The same of one posting, in SQL."""
