"""Hosts as they stand in addresses and in the ``Host`` of a request (RFC 3986, section 3.2)."""

import re
from ipaddress import IPv6Address, ip_address

_AUTHORITY = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|((?:[\w-]+\.)*[\w-]+)\.?)(?::[0-9]{0,5})?", re.A)


def host_of(authority: str) -> str | None:
    """The host of an authority without userinfo: in lower case, without port, brackets and end dot.

    None where it is no such authority.
    """
    found = _AUTHORITY.fullmatch(authority)
    if found is None:
        return None
    literal, name = found.groups()
    if literal is None:
        return str(name).lower()
    try:
        return IPv6Address(literal).compressed
    except ValueError:
        return None


def is_loopback(host: str) -> bool:
    """Whether an address leads nowhere but to this very machine."""
    host = host_of(host) or host
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
