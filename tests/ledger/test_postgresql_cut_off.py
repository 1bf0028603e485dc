"""The line to the server is cut at every place of what it answers to one write."""

import socket
import struct
from contextlib import closing, suppress
from itertools import count, cycle, takewhile
from threading import Thread
from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.postgresql
_LENGTH = struct.Struct("!I")
# A closed line that answers with a reset, instead of an end: what a machine that is gone sends.
_RESET = struct.pack("ii", 1, 0)


class Line:
    """Stands between the ledger and the server, and cuts what the server says where it is told.

    The messages of the server are counted from ``listen``, rows aside.
    """

    def __init__(self, address):
        self._to = (address.hostname, address.port)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self.listen()
        Thread(target=self._accept, daemon=True).start()

    def listen(self, *cuts, way=None):
        """Count anew; cut at these messages, in one of the ways."""
        self.messages, self._cuts, self._way = 0, cuts, way

    def close(self):
        self._listening.close()

    def _accept(self):
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                server = socket.create_connection(self._to)
                for end in (client, server):
                    end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
                Thread(target=self._carry, args=(client, server), daemon=True).start()
                Thread(target=self._answer, args=(client, server), daemon=True).start()

    def _carry(self, client, server):
        with suppress(OSError):
            while said := client.recv(65536):
                server.sendall(said)
            server.shutdown(socket.SHUT_WR)

    def _answer(self, client, server):
        with suppress(OSError), closing(client), closing(server), server.makefile("rb") as said:
            while head := said.read(5):
                message = head + said.read(_LENGTH.unpack(head[1:])[0] - 4)
                number = self.messages
                self.messages += head[:1] != b"D"
                if number in self._cuts and head[:1] != b"D":
                    self._way(client, message)
                    client.shutdown(socket.SHUT_RDWR)
                    return
                client.sendall(message)


def before(client, message):
    """The server ended the line in order."""


def inside(client, message):
    client.sendall(message[: len(message) // 2])


def with_a_reset(client, message):
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)


def garbled(client, message):
    """Something on the way answers in another language."""
    client.sendall(b"HTTP/1.1 502 Bad Gateway\r\n\r\n")


WAYS = (before, inside, with_a_reset, garbled)


def body(number):
    return {
        "kind": "claim",
        "text": f"Die Fähre {number} kommt zu spät",
        "language": "de",
        "speaker": {"name": "Anna Berg", "kind": "person"},
        "external_id": str(number),
    }


@pytest.fixture
def cut_off(open_ledger, ledgers):
    """A line, and a client of a ledger that was written through it."""
    address = urlsplit(ledgers.new("cut")["database_url"])
    with closing(Line(address)) as line:
        # Without asking for encryption first, which is answered by a letter alone.
        netloc, query = f"postgres@127.0.0.1:{line.port}", "sslmode=disable"
        url = address._replace(netloc=netloc, query=query).geturl()
        client = open_ledger(database_url=url).test_client()
        for number in range(-3, 0):
            assert client.post("/v1/statements", json=body(number)).status_code == 201
        yield line, client


def written(line, client, number, *cuts, way):
    """Write while the line is cut, and once more; gives what was answered first."""
    line.listen(*cuts, way=way)
    answer = client.post("/v1/statements", json=body(number))
    assert answer.status_code in (201, 503), (cuts, way, answer.text)
    line.listen()
    again = client.post("/v1/statements", json=body(number))
    assert again.status_code in (200, 201), (cuts, way, again.text)
    return answer.status_code


def test_a_write_that_is_cut_off_is_told_as_such_and_can_be_repeated(cut_off):
    line, client = cut_off
    line.listen()
    assert client.post("/v1/statements", json=body(0)).status_code == 201
    places = zip(range(line.messages), cycle(WAYS), strict=False)
    told = [written(line, client, place + 1, place, way=way) for place, way in places]
    # What was only read until then is read again on another line.
    assert told[0] == 201
    assert told.count(503) > len(told) / 2


def test_a_line_that_is_cut_off_as_it_is_made_is_made_again(cut_off):
    line, client = cut_off
    # The first cut makes it ask for a new line.
    ways = zip(count(1), cycle(WAYS), strict=False)
    told = takewhile(
        lambda status: status == 503,
        (written(line, client, place, 0, place, way=way) for place, way in ways),
    )
    assert sum(1 for _ in told) > 5
