"""A load generator: kept connections, requests written before the clock starts, answers counted.

It takes an answer apart no further than to see where it ends and what its status is, so that it
costs a fraction of what the server does; what it costs is measured with each figure.
"""

import socket
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import cycle
from math import inf
from multiprocessing import get_context
from multiprocessing.connection import Connection
from time import monotonic, perf_counter, process_time

_BUFFER = 1 << 18
_PATIENCE_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Load:
    """What came of asking for a while: answers a second, how long each took, the client's share."""

    rate: float
    milliseconds: list[float]
    client_share: float

    def percentile(self, share: float) -> float:
        """The milliseconds within which a share of the answers came."""
        return percentile(self.milliseconds, share)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that a share of them are not above."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def request(path: str, port: int, **headers: str) -> bytes:
    """A GET as it goes over the wire; in a header's name ``_`` stands for ``-``."""
    lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()


def ask(
    port: int, requests: Sequence[bytes], status: int, seconds: float, connections: int = 1
) -> Load:
    """Ask for a while over kept connections, from a process of its own.

    Args:
        port: where the server listens, on this machine.
        requests: asked in turns.
        status: that every answer must have.
        seconds: for how long.

    Raises:
        RuntimeError: an answer had another status.
    """
    ours, theirs = get_context("fork").Pipe()
    asking = get_context("fork").Process(
        target=_ask, args=(theirs, port, list(requests), status, seconds, connections)
    )
    asking.start()
    try:
        found = (
            ours.recv()
            if ours.poll(seconds + _PATIENCE_SECONDS)
            else "the client did not come back"
        )
    finally:
        asking.join(5)
        asking.kill()
    if not isinstance(found, Load):
        raise RuntimeError(found)
    return found


def _ask(
    told: Connection,
    port: int,
    requests: list[bytes],
    status: int,
    seconds: float,
    connections: int,
) -> None:
    try:
        began, cost = monotonic(), process_time()
        with ThreadPoolExecutor(connections) as callers:
            until = began + seconds if seconds else inf
            turns = [
                cycle(requests[place:] + requests[:place])
                if seconds
                else requests[place::connections]
                for place in range(connections)
            ]
            took = list(callers.map(lambda turn: _answers(port, turn, status, until), turns))
        lasted = monotonic() - began
        all_of_them = [each for one in took for each in one]
        share = (process_time() - cost) / lasted
        told.send(Load(len(all_of_them) / lasted, all_of_them, share))
    except (OSError, ValueError, RuntimeError) as error:
        told.send(f"{type(error).__name__}: {error}")


def _answers(port: int, requests: Iterable[bytes], status: int, until: float) -> list[float]:
    """The milliseconds that each answer took."""
    wanted, took = b"HTTP/1.1 %d" % status, []
    with socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE_SECONDS) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for each in requests:
            asked = perf_counter()
            connection.sendall(each)
            answer = _answer(connection)
            took.append((perf_counter() - asked) * 1000)
            if not answer.startswith(wanted):
                raise RuntimeError(f"{each[:200]!r} was answered {answer[:200]!r}")
            if monotonic() > until:
                break
    return took


def _answer(connection: socket.socket) -> bytes:
    """One answer, whole."""
    data = connection.recv(_BUFFER)
    while not is_whole(data):
        data += _more(connection)
    return data


def is_whole(data: bytes) -> bool:
    """Whether an answer has come to its end."""
    end = data.find(b"\r\n\r\n")
    if end < 0:
        return False
    if header(data, b"transfer-encoding") == b"chunked":
        return data.endswith(b"0\r\n\r\n")
    return len(data) >= end + 4 + int(header(data, b"content-length") or 0)


def header(data: bytes, name: bytes) -> bytes | None:
    """A header of an answer, in small letters; None where it has none of that name."""
    head = data[: data.find(b"\r\n\r\n") + 2].lower()
    at = head.find(b"\r\n" + name + b":")
    return None if at < 0 else head[at:].split(b":", 1)[1].split(b"\r\n")[0].strip()


def _more(connection: socket.socket) -> bytes:
    more = connection.recv(_BUFFER)
    if not more:
        raise ConnectionResetError("the server hung up")
    return more
