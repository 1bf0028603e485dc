"""Callers that a server suffers from, each from many addresses of this machine, for a while.

``python -m tests.proxies.attacks NAME HOST PORT SECONDS`` runs one in a process of its own, so that
it takes nothing from those who measure.
"""

import asyncio
import contextlib
import json
import sys
from collections.abc import Awaitable, Callable
from itertools import count

Address = tuple[str, int]
Attack = Callable[[Address, float], Awaitable[None]]

_BODY = json.dumps(
    {
        "kind": "claim",
        "text": "Der Kai ruht",
        "language": "de",
        "speaker": {"name": "Anna Berg", "kind": "person"},
    }
)
_HOST = "Host: ledger.example\r\n"
_sources = count()


async def _open(server: Address) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A connection from an address of its own; one address may have twenty with a request."""
    number = next(_sources)
    source = f"127.0.{1 + number // 200 % 200}.{1 + number % 200}"
    return await asyncio.open_connection(*server, local_addr=(source, 0))


async def _hold(server: Address, sent: bytes, seconds: float, drip: bytes = b"") -> None:
    """Send something, then a byte a second at most, and read nothing."""
    with contextlib.suppress(OSError):
        _, writer = await _open(server)
        try:
            writer.write(sent)
            for _ in range(int(seconds)):
                await asyncio.sleep(1)
                writer.write(drip)
        finally:
            writer.transport.abort()


async def _at_rate(a_second: int, hold: Callable[[], Awaitable[None]], seconds: float) -> None:
    held = []
    for _ in range(int(a_second * seconds)):
        held.append(asyncio.ensure_future(hold()))
        await asyncio.sleep(1 / a_second)
    await asyncio.gather(*held)


async def bodies_that_never_come(server: Address, seconds: float) -> None:
    """Three a second ask a probe, announce a body and send none."""
    sent = f"GET /healthz HTTP/1.1\r\n{_HOST}Content-Length: 10\r\n\r\n".encode()
    await _at_rate(3, lambda: _hold(server, sent, seconds), seconds)


async def heads_that_never_end(server: Address, seconds: float) -> None:
    """Eight a second send sixteen kilobytes of a head, and not its end."""
    lines = "".join(f"X-{number}: {'x' * 1000}\r\n" for number in range(16))
    sent = f"GET /v1/topics HTTP/1.1\r\n{_HOST}{lines}".encode()
    await _at_rate(8, lambda: _hold(server, sent, seconds, b"x"), seconds)


async def leavers_that_drip(server: Address, seconds: float) -> None:
    """2,100 are answered, are to be hung up on, and go on sending a byte a second."""
    sent = f"GET /healthz HTTP/1.1\r\n{_HOST}Connection: close\r\n\r\n".encode()
    await _at_rate(700, lambda: _hold(server, sent, seconds, b"x"), 3)


async def slow_heads(server: Address, seconds: float) -> None:
    """Two hundred send a byte of their head a second."""
    sent = f"GET /v1/topics HTTP/1.1\r\n{_HOST}X-Slow: ".encode()
    await _at_rate(100, lambda: _hold(server, sent, seconds, b"x"), 2)


async def slow_bodies(server: Address, seconds: float) -> None:
    """Two hundred send a byte of their body a second."""
    head = f"POST /v1/statements HTTP/1.1\r\n{_HOST}Content-Type: application/json\r\n"
    sent = f"{head}Content-Length: {len(_BODY)}\r\n\r\n{_BODY[:9]}".encode()
    await _at_rate(100, lambda: _hold(server, sent, seconds, b" "), 2)


async def slow_readers(server: Address, seconds: float) -> None:
    """A hundred ask for the largest document there is, and take nothing of it."""
    sent = f"GET /openapi.yaml HTTP/1.1\r\n{_HOST}\r\n".encode()
    await _at_rate(50, lambda: _hold(server, sent, seconds), 2)


async def idle_connections(server: Address, seconds: float) -> None:
    """2,500 connect and say nothing."""
    await _at_rate(800, lambda: _hold(server, b"", seconds), 2500 / 800)


async def a_crowd(server: Address, seconds: float) -> None:
    """256 ask one thing after the other, without a pause; every fourth records statements."""
    ends = asyncio.get_running_loop().time() + seconds
    await asyncio.gather(*(_ask(server, number, ends) for number in range(256)))


async def _ask(server: Address, number: int, ends: float) -> None:
    names = count()
    while asyncio.get_running_loop().time() < ends:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, ValueError):
            reader, writer = await _open(server)
            try:
                while asyncio.get_running_loop().time() < ends:
                    writer.write(_request(number, next(names)))
                    head = await reader.readuntil(b"\r\n\r\n")
                    fields = head.decode("latin-1").lower()
                    length = int(fields.partition("content-length: ")[2].partition("\r\n")[0])
                    await reader.readexactly(length)
                    if " 503 " in fields[:20]:
                        await asyncio.sleep(1)
            finally:
                writer.transport.abort()


def _request(number: int, name: int) -> bytes:
    if number % 4:
        return f"GET /v1/statements?limit=20 HTTP/1.1\r\n{_HOST}\r\n".encode()
    body = _BODY.replace("Kai", f"Kai {number} {name}")
    head = f"POST /v1/statements HTTP/1.1\r\n{_HOST}Content-Type: application/json\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode()


ATTACKS: tuple[Attack, ...] = (
    bodies_that_never_come,
    heads_that_never_end,
    leavers_that_drip,
    slow_heads,
    slow_bodies,
    slow_readers,
    idle_connections,
    a_crowd,
)


def main() -> None:
    """Run the attack that is named."""
    name, host, port, seconds = sys.argv[1:]
    (attack,) = (each for each in ATTACKS if each.__name__ == name)
    asyncio.run(attack((host, int(port)), float(seconds)))


if __name__ == "__main__":
    main()
