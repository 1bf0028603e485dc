"""Proxies in front of the server: whose word on the caller's address is taken."""

import re
from collections.abc import Callable, Iterable
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from werkzeug.datastructures import Headers
from werkzeug.middleware.proxy_fix import ProxyFix

# What proxies, and the networks of those who rent them out, add to a request: where it came from,
# how it came and what it was. Callers themselves send none of it.
_FORWARDING = re.compile(
    r"(.*-)?(forwarded|via)(-.*)?|cdn-loop|x-original-.*|x-(url-)?scheme|x-host|front-end-https"
    r"|.*(client|connecting|real|remote|source|user|socket|external|originating|cluster)"
    r"-?(ip|addr|address)(-.*)?"
    r"|(cf|fastly|incap|tailscale|x-(amz|amzn|appengine|arr|azure|envoy|fd|ms|nginx|vercel))-.*",
    re.IGNORECASE,
)
# An IPv4 address with a port, or an IPv6 address in brackets with or without one.
_WITH_PORT = re.compile(r"([0-9.]+):[0-9]+|\[([^\]]*)\](?::[0-9]+)?")

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


def behind_proxies(proxies: Iterable[str], application: Wsgi) -> Wsgi:
    """An application that believes the forwarding headers of the stated proxies, and no others'.

    Args:
        proxies: addresses and networks, such as ``10.0.0.0/8``.
        application: the one that is asked.
    """
    networks = [ip_network(proxy, strict=False) for proxy in proxies]

    def unported(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        # What is no address would be a caller of its own each time that it is spelt anew.
        peer = environ["werkzeug.proxy_fix.orig"]["REMOTE_ADDR"]
        environ["REMOTE_ADDR"] = address_of(environ["REMOTE_ADDR"]) or peer
        return application(environ, start_response)

    forwarded = ProxyFix(unported, x_for=1, x_proto=1, x_host=1)

    def choose(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        # A server that listens on IPv6 sees those who come over IPv4 as addresses of IPv6.
        peer = address_of(environ.get("REMOTE_ADDR", ""))
        believed = peer is not None and any(ip_address(peer) in network for network in networks)
        return (forwarded if believed else application)(environ, start_response)

    return choose


def is_forwarded(headers: Headers) -> bool:
    """Whether a request came through a proxy, stated or not, as far as it shows."""
    return any(_FORWARDING.fullmatch(name) for name, _ in headers)


def address_of(told: str) -> str | None:
    """The address in what a proxy tells of a caller, without a port; None where it tells none."""
    found = _WITH_PORT.fullmatch(told.strip())
    try:
        address = ip_address(found[1] or found[2] if found else told.strip())
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).compressed


def network_of(address: str) -> str:
    """Whom an address counts as: in IPv6 its whole /64, which one subscriber has all of."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return address
    if found.ipv4_mapped:
        return found.ipv4_mapped.compressed
    return ip_network((int(found), 64), strict=False).compressed
