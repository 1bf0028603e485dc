"""Where an address leads, and whether a webhook may go there.

A name is resolved once, all that it leads to is looked at, and the connection goes to what was
looked at: a name that leads elsewhere a moment later leads nobody astray.
"""

import socket
from collections.abc import Sequence
from concurrent.futures import Future
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from threading import Thread

# Translated to the IPv4 address in their last four bytes (RFC 6052).
_TRANSLATED = ip_network("64:ff9b::/96")

Address = IPv4Address | IPv6Address


class Unreachable(Exception):
    """An address that leads nowhere; the message says why."""


class Private(Exception):
    """An address that leads into a network into which webhooks may not go."""


def resolve(host: str, port: int, seconds: float, networks: Sequence[str]) -> list[str]:
    """The addresses that a host has, all of which webhooks may go to.

    Args:
        host: a name or an address.
        port: where it listens.
        seconds: how long the answer is waited for.
        networks: private networks that are open to webhooks.

    Raises:
        Unreachable: it has no address, or none was found in time.
        Private: one of them lies in a network that is not open.
    """
    found = sorted(set(_looked_up(host, port, seconds)))
    for each in found:
        # A zone (fe80::1%eth0) says by which of this machine's links it is reached.
        address = _effective(ip_address(each.partition("%")[0]))
        if _is_inside(address) and not any(
            address in ip_network(network, strict=False) for network in networks
        ):
            led = host if host == each else f"{host} leads to {each}, which"
            raise Private(
                f"{led} is not on the public internet: give an address that is, or let "
                "COUNTERCLAIM_WEBHOOK_NETWORKS name the network."
            )
    return found


def _looked_up(host: str, port: int, seconds: float) -> list[str]:
    """What the system's resolver says, which waits as long as it likes: in a thread of its own."""
    answer: Future[list[str]] = Future()

    def ask() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answer.set_result([str(each[4][0]) for each in answers])
        except (OSError, UnicodeError) as error:
            answer.set_exception(error)

    Thread(target=ask, daemon=True).start()
    try:
        return answer.result(seconds)
    except TimeoutError as error:
        raise Unreachable(f"The name {host} was not resolved in time.") from error
    except (OSError, UnicodeError) as error:
        raise Unreachable(f"The name {host} does not resolve.") from error


def _effective(address: Address) -> Address:
    """The IPv4 address to which an IPv6 address that carries one leads."""
    if isinstance(address, IPv4Address):
        return address
    carried = address.ipv4_mapped or address.sixtofour
    if carried is None and address in _TRANSLATED:
        carried = IPv4Address(int(address) & 0xFFFFFFFF)
    return carried or address


def _is_inside(address: Address) -> bool:
    """Whether an address is anything but one machine's on the public internet."""
    return (
        not address.is_global
        or address.is_multicast
        or address.is_reserved
        or (isinstance(address, IPv6Address) and address.is_site_local)
    )
