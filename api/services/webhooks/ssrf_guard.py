"""Where an address leads, and whether a webhook may go there.

What is special about which addresses is told by a table of ours (``data/special_addresses.txt``):
that of Python is as old as the release that somebody happens to run.

A name is resolved once, all that it leads to is looked at, and the connection goes to what was
looked at: a name that leads elsewhere a moment later leads nobody astray.
"""

import socket
from collections.abc import Sequence
from concurrent.futures import Future
from functools import cache
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from threading import Thread

from api.language.words.datafiles import entries

_DATA = "api.services.data"

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# Lead to the IPv4 address in their last four bytes: mapped by the system that connects (RFC 4291),
# or translated by the network behind it (RFC 6052).
CARRIERS = (ip_network("::ffff:0:0/96"), ip_network("64:ff9b::/96"))
# All of IPv6 from which addresses were given out for machines on the public internet (RFC 4291).
_GIVEN_OUT = ip_network("2000::/3")


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
    """The IPv4 address to which an IPv6 address leads that stands for one."""
    if any(address in carrier for carrier in CARRIERS):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def _is_inside(address: Address) -> bool:
    """Whether an address is anything but one machine's on the public internet."""
    if isinstance(address, IPv6Address) and address not in _GIVEN_OUT:
        return True
    return any(address in block for block in special())


@cache
def special() -> dict[Network, str]:
    """The blocks of addresses that are no receiver's, and what each is for."""
    lines = (line.split(maxsplit=1) for line in entries("special_addresses.txt", _DATA))
    return {ip_network(block): purpose for block, purpose in lines}
