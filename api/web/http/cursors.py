"""Opaque places in lists: signed, so that what was altered or is another list's is told apart."""

from collections.abc import Sequence
from typing import Any

import orjson
from flask import current_app
from itsdangerous import Signer
from itsdangerous.encoding import base64_decode, base64_encode


class Cursors:
    """The cursors of one list of this ledger.

    Args:
        of: names the list.
    """

    def __init__(self, of: str) -> None:
        self._signer = Signer(current_app.extensions["cursor_seed"](), salt=of)

    def write(self, place: Sequence[Any]) -> str:
        """A place, which JSON can hold, as a cursor."""
        return self._signer.sign(base64_encode(orjson.dumps(place))).decode()

    def read(self, cursor: str) -> tuple[Any, ...]:
        """The place that a cursor stands for.

        Raises:
            BadData: it was not written for this list.
        """
        return tuple(orjson.loads(base64_decode(self._signer.unsign(cursor))))
