"""Addresses as they may be shown: without the passwords in them."""

import re

# A password may hold what else ends one, an @ as well: up to the last of an address all is hidden.
_LOGIN = re.compile(r"(?<=://)([^:/?#\s@]*):(?:(?!://)\S)*@")
_PARAMETER = re.compile(r"([?&][^=&\s]*(?:password|secret|token)[^=&\s]*=)[^&,\s]*", re.IGNORECASE)


def masked(told: str) -> str:
    """A text, with *** for each password in the addresses in it, which commas divide."""
    return _PARAMETER.sub(r"\1***", _LOGIN.sub(r"\1:***@", told))
