"""An import over a real connection: slow, broken off in the middle, never read."""

import json
import socket
import sqlite3
import time
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest

from tests.serving import serving


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("stream")


@pytest.fixture(scope="module")
def server(folder):
    with serving(folder, workers="1") as address:
        yield address


@pytest.fixture
def connection(server):
    """Opens an import whose body comes in chunks; gives the socket."""
    address = urlsplit(server)
    with socket.create_connection((address.hostname, address.port), timeout=20) as opened:
        opened.sendall(
            b"POST /v1/statements/import HTTP/1.1\r\nHost: localhost\r\n"
            b"Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        yield opened


def line(name):
    return json.dumps(
        {
            "kind": "claim",
            "text": f"Der Kran {name} steht still",
            "language": "de",
            "speaker": {"name": "Anna Berg", "kind": "person"},
            "external_id": name,
        }
    ).encode()


def chunk(data):
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


def told(connection, count):
    """So many outcomes, as soon as they are told."""
    read = b""
    while read.count(b'"outcome"') < count:
        piece = connection.recv(1 << 16)
        assert piece, "the server hung up"
        read += piece
    return read


def stored(folder, prefix):
    with sqlite3.connect(folder / "ledger.db") as ledger:
        rows = ledger.execute(
            "SELECT external_id FROM statement WHERE external_id LIKE ?", [f"{prefix}-%"]
        )
        return {name for (name,) in rows}


def test_of_a_client_that_hangs_up_whole_lines_are_there_and_nothing_else(connection, folder):
    for number in range(120):
        connection.sendall(chunk(line(f"half-{number}") + b"\n"))
    # A line without an end, and a chunk that ends in the middle of another.
    connection.sendall(chunk(line("half-open")) + b"400\r\n\n" + line("half-cut") + b"\n")
    connection.close()
    time.sleep(0.5)
    assert stored(folder, "half") <= {f"half-{number}" for number in range(120)}


def test_a_client_that_reads_nothing_until_all_is_sent_is_not_waited_for(server, folder):
    # Outcomes of ten kilobytes each: more than the buffers of a connection hold. The body has to
    # outlast them, too, or the server had all of it before the first of them stood in its way.
    refused = json.dumps({f"wrong{number}": 0 for number in range(40)}).encode() + b"\n"
    lines = refused * 4_000 + b" " * 7_000_000 + b"\n" + b" " * 7_000_000 + b"\n" + line("deaf-1")
    request = Request(
        f"{server}/v1/statements/import", lines, {"Content-Type": "application/x-ndjson"}
    )
    with urlopen(request, timeout=60) as answer:
        outcomes = [json.loads(each)["outcome"] for each in answer]
    assert outcomes == ["refused"] * 4_000 + ["created"]
    assert stored(folder, "deaf") == {"deaf-1"}


def test_others_write_while_an_import_is_slow(connection, server):
    connection.sendall(chunk(line("waits-1") + b"\n" + line("waits-2")[:20]))
    request = Request(
        f"{server}/v1/statements", line("other-1"), {"Content-Type": "application/json"}
    )
    with urlopen(request, timeout=20) as answer:
        assert answer.status == 201
    connection.sendall(chunk(line("waits-2")[20:]) + b"0\r\n\r\n")
    assert b'"waits-2"' in told(connection, 2)


def test_the_connection_serves_another_request_after_an_import(connection):
    connection.sendall(chunk(line("kept-1")) + b"0\r\n\r\n")
    told(connection, 1)
    connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
    read = b""
    while b'"ok"' not in read:
        piece = connection.recv(4096)
        assert piece, "the server hung up"
        read += piece
