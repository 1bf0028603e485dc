"""The names that the server answers to.

A browser lets a page read what comes from the page's own origin, and whoever runs that origin may
let its name lead to this machine (DNS rebinding): by its ``Host`` such a request is told apart.
"""

from flask import request
from werkzeug.exceptions import BadRequest

from api.configuration.hosts import host_of
from api.configuration.lists import listed
from api.settings import Settings
from api.web.http.problem_types import MISDIRECTED
from api.web.http.problems import Problem

_LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))
_ANY = "*"
# Asked by an address that nobody was told of, and they tell nobody what is in the ledger.
PROBES = ("/healthz", "/readyz")


def host_names(settings: Settings) -> frozenset[str] | None:
    """The hosts that requests may name; None where any may be."""
    stated = listed(settings.hosts)
    if _ANY in stated:
        return None
    known = (host_of(each) or host_of(f"[{each}]") for each in (settings.host, *stated))
    # A server that listens on all addresses has no name by that.
    return _LOOPBACK | {name for name in known if name and name not in ("0.0.0.0", "::")}  # noqa: S104


def refuse_unknown_hosts(known: frozenset[str] | None) -> None:
    """Refuse a request that names another host than the server's, or none.

    Runs before every request.
    """
    named = [request.environ.get("HTTP_HOST")]
    target = request.environ.get("RAW_URI", "/")
    if "://" in target.partition("?")[0] and not target.startswith("/"):
        # The address of the request goes before its header (RFC 9112, section 3.2.2).
        named.append(target.partition("://")[2].partition("?")[0].partition("/")[0])
    elif named == [None] and request.environ.get("SERVER_PROTOCOL") == "HTTP/1.0":
        return
    for authority in named:
        host = host_of(authority or "")
        if host is None:
            raise BadRequest("A request has one Host, a name or an address with or without a port.")
        if known is not None and host not in known and request.path not in PROBES:
            raise Problem(
                MISDIRECTED,
                f"This server does not answer to the name {host!r}. Whoever runs it adds a name "
                "with COUNTERCLAIM_HOSTS.",
            )
