"""What settings may hold: each check gives back what it was given, or raises a ``ValueError``.

The error says what would be right.
"""

from collections.abc import Collection, Iterable
from difflib import get_close_matches
from ipaddress import ip_network
from urllib.parse import urlsplit

from api.configuration.hosts import host_of
from api.configuration.lists import addresses, listed

_DEFAULT_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}


def refuse_unknown(given: Iterable[str], prefix: str, known: Collection[str]) -> None:
    """Refuse variables that are no settings: what was meant by them would not be in force.

    Args:
        given: the variables that are set; those of settings in whichever case.
        prefix: what those of settings begin with.
        known: how they go on.
    """
    unknown = sorted(
        {name for name in given if name.upper().startswith(prefix)}
        - {prefix + name for name in known}
    )
    if unknown:
        raise ValueError(" ".join(_unknown(variable, prefix, known) for variable in unknown))


def _unknown(variable: str, prefix: str, known: Collection[str]) -> str:
    if variable.endswith(("_SERVICE_HOST", "_SERVICE_PORT")) or "_PORT_" in variable:
        # It tells each container of each service in its namespace.
        return f"{variable} is no setting but Kubernetes': set enableServiceLinks: false."
    # That all begin alike would make all alike.
    near = get_close_matches(variable.upper().removeprefix(prefix), known, n=1)
    if not near:
        return f"{variable} is no setting: counterclaim config shows which there are."
    return f"{variable} is no setting: {prefix}{near[0]} may be meant."


def host(value: str) -> str:
    """An address to listen on."""
    if not _is_host(value):
        raise ValueError(_instead(value))
    return value


def hosts(value: str) -> str:
    """Names that a server answers to."""
    for part in listed(value):
        if part != "*" and not _is_host(part):
            raise ValueError(_instead(part))
    return value


def _is_host(part: str) -> bool:
    return host_of(f"[{part}]") is not None or (
        host_of(part) is not None and (part.endswith("]") or ":" not in part)
    )


def _instead(part: str) -> str:
    meant = host_of(urlsplit(part if "//" in part else f"//{part}").netloc)
    return f"{part!r} is no name or address alone" + (f", {meant!r} is" if meant else "")


def origins(value: str) -> str:
    """Origins as browsers send them, or a star alone (RFC 6454, section 6.2)."""
    for part in listed(value):
        if part == "*":
            continue
        meant = _origin(part)
        if meant is None:
            raise ValueError(
                f"no page has the origin {part!r}: an origin is as https://app.example, each one "
                "stated, and names beyond ASCII as xn--…"
            )
        if part != meant:
            raise ValueError(f"no page has the origin {part!r}, {meant!r} may be meant")
    return value


def _origin(part: str) -> str | None:
    """The origin that was meant by a text, as a browser sends it; None where there is none."""
    try:
        address = urlsplit(part if "://" in part else f"https://{part}")
        port = address.port
    except ValueError:
        return None
    name = host_of(address.netloc.rpartition("@")[2])
    if name is None:
        return None
    name = f"[{name}]" if ":" in name else name
    stated = "" if port is None or port == _DEFAULT_PORTS.get(address.scheme) else f":{port}"
    return f"{address.scheme}://{name}{stated}"


def rate(value: str) -> str:
    """A rate, or several divided by semicolons."""
    # Imported when it is needed: nobody else waits for it.
    from limits import parse_many

    if not all(limit.amount for limit in parse_many(value)):
        raise ValueError("nothing would be taken: leave it empty for no limit")
    return value


def networks(value: str) -> str:
    """Addresses and networks."""
    for part in listed(value):
        ip_network(part, strict=False)
    return value


def waits(value: str) -> str:
    """Numbers of seconds."""
    if not all(0 <= float(part) <= 10**7 for part in listed(value)):
        raise ValueError("each is a number of seconds")
    return value


def databases(value: str) -> str:
    """Databases on servers."""
    if not all(part.startswith("postgresql://") for part in addresses(value)):
        raise ValueError("each begins with postgresql://")
    return value


def store(value: str) -> str:
    """Where requests are counted."""
    if value.partition("://")[0] not in ("redis", "rediss", "valkey", "valkeys"):
        raise ValueError("it begins with redis://, rediss://, valkey:// or valkeys://")
    return value
