"""One notice on its way: signed, sent to an address that was looked at, within a bounded time.

By Python's own client: the timeouts of urllib3 begin anew with each byte that comes, and what
bounds the whole would have to be built into its connections all the same.
"""

import socket
import ssl
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPResponse
from threading import Timer
from urllib.parse import quote, urlsplit

from standardwebhooks.webhooks import Webhook as Signer

from api import __version__
from api.services.webhooks.ssrf_guard import Private, Unreachable, resolve

# Of an answer no more is read than lets a receiver that has little to say finish.
_MOST_ANSWER = 1 << 14
# Characters of why something failed that are kept.
LONGEST_ERROR = 300
# What may stand in the target of a request as it is; the rest is escaped.
_IN_TARGET = "/?:@!$&'()*+,;=%~-._"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an attempt.

    Attributes:
        answered: the status that the receiver answered; None where it did not.
        error: why it was not delivered, in a line that may be kept and shown; None where it was.
        wait: seconds that the receiver asked to be left alone for.
    """

    answered: int | None
    error: str | None = None
    wait: int = 0

    def __post_init__(self) -> None:
        """Clean what is kept here and nowhere else: it may quote whatever the receiver sent."""
        if self.error is not None:
            object.__setattr__(self, "error", _cleaned(self.error))


def _cleaned(text: str) -> str:
    """A text in one line, bounded, with what is not printable told as such."""
    line = " ".join(text.split())
    if len(line) > LONGEST_ERROR:
        line = f"{line[: LONGEST_ERROR - 1]}…"
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in line)


def signed(secrets: Sequence[str], message_id: str, body: bytes) -> dict[str, str]:
    """The headers of a notice by the Standard Webhooks convention, signed with each secret."""
    moment = datetime.now(UTC)
    signatures = (Signer(secret).sign(message_id, moment, body.decode()) for secret in secrets)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": " ".join(signatures),
        "Content-Type": "application/json",
        "User-Agent": f"Counterclaim/{__version__}",
    }


def send(
    url: str, headers: Mapping[str, str], body: bytes, seconds: float, networks: Sequence[str]
) -> Outcome:
    """Post a notice.

    Redirects are not followed: they would lead a signed notice where nobody let it go.

    Args:
        url: where to.
        headers: what goes with it.
        body: the notice.
        seconds: all that it may take, the resolving of the name included.
        networks: private networks that are open to webhooks.
    """
    deadline = time.monotonic() + seconds
    parts = urlsplit(url)
    target = quote(parts.path or "/", _IN_TARGET)
    if parts.query:
        target += "?" + quote(parts.query, _IN_TARGET)
    connection = _Connection(url, deadline, networks)
    cut_off = Timer(seconds, connection.cut_off)
    cut_off.daemon = True
    cut_off.start()
    try:
        connection.request("POST", target, body, dict(headers))
        answer = connection.getresponse()
        if time.monotonic() >= deadline:
            # Headers that were cut off read as if they had ended.
            raise TimeoutError
        with suppress(OSError, HTTPException):
            answer.read(_MOST_ANSWER)
        return _outcome(answer)
    except (Unreachable, Private) as error:
        return Outcome(None, str(error))
    except (OSError, HTTPException, ValueError) as error:
        if time.monotonic() >= deadline:
            return Outcome(None, f"No answer within {seconds:g} seconds.")
        return Outcome(None, f"The connection failed: {error or type(error).__name__}.")
    finally:
        cut_off.cancel()
        connection.close()


class _Connection(HTTPConnection):
    """A connection to one of the addresses that a host was found to have."""

    def __init__(self, url: str, deadline: float, networks: Sequence[str]) -> None:
        parts = urlsplit(url)
        self._secure = parts.scheme == "https"
        if self._secure:
            self.default_port = 443
        super().__init__(parts.hostname or "", parts.port or self.default_port)
        self._deadline, self._networks = deadline, networks

    def connect(self) -> None:
        """Connect to the first address that answers, and no other than those looked at."""
        addresses = resolve(self.host, self.port, self._left(), self._networks)
        failed: OSError | None = None
        for address in addresses:
            try:
                self.sock = socket.create_connection((address, self.port), self._left())
                break
            except OSError as error:
                failed = error
        else:
            raise failed or Unreachable(f"{self.host} has no address.")
        if self._secure:
            # The handshake apart: until it is known by its new name, nothing could cut it off.
            secured = _tls().wrap_socket(
                self.sock, server_hostname=self.host, do_handshake_on_connect=False
            )
            self.sock = secured
            secured.do_handshake()

    def cut_off(self) -> None:
        """End whatever it is at: a receiver that answers a byte at a time never times out."""
        if self.sock is not None:
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)

    def _left(self) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _outcome(answer: HTTPResponse) -> Outcome:
    if 200 <= answer.status < 300:
        return Outcome(answer.status)
    if 300 <= answer.status < 400:
        return Outcome(
            answer.status,
            f"It answered {answer.status}: redirects are not followed, give the address it leads "
            "to.",
        )
    wait = answer.getheader("Retry-After", "")
    seconds = int(wait[:6]) if wait.isascii() and wait.isdigit() else 0
    return Outcome(answer.status, f"It answered {answer.status}.", seconds)
