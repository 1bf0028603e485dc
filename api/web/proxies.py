"""Proxies in front of the server: whose word on the caller's address is taken."""

from collections.abc import Callable, Iterable
from ipaddress import ip_address, ip_network
from typing import Any

from werkzeug.datastructures import Headers
from werkzeug.middleware.proxy_fix import ProxyFix

_FORWARDING = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


def behind(proxies: Iterable[str], application: Wsgi) -> Wsgi:
    """An application that believes the forwarding headers of the stated proxies, and no others'.

    Args:
        proxies: addresses and networks, such as ``10.0.0.0/8``.
        application: the one that is asked.
    """
    networks = [ip_network(proxy, strict=False) for proxy in proxies]
    forwarded = ProxyFix(application, x_for=1, x_proto=1, x_host=1)

    def choose(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        try:
            peer = ip_address(environ.get("REMOTE_ADDR", ""))
        except ValueError:
            return application(environ, start_response)
        believed = any(peer in network for network in networks)
        return (forwarded if believed else application)(environ, start_response)

    return choose


def is_forwarded(headers: Headers) -> bool:
    """Whether a request came through a proxy, stated or not."""
    return any(header in headers for header in _FORWARDING)
