"""Bodies that are made to exhaust a server, over a real connection."""

import gzip
import re
import socket
from http.client import HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.serving import serving

PIECE = b"x" * (1 << 20)
CHUNK = f"{len(PIECE):x}\r\n".encode() + PIECE + b"\r\n"
# What a limit of eight million bytes and the buffers of a connection may let through.
MEGABYTES_TAKEN = 24
GROWTH_KIBIBYTES = 60_000
ADDRESSES = ("/v1/statements", "/v1/articles", "/v1/contradictions/check", "/v1/reviews/import")


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    return tmp_path_factory.mktemp("hostile") / "log"


@pytest.fixture(scope="module")
def server(log):
    with serving(log.parent, log=log) as address:
        yield address


@pytest.fixture
def connection(server):
    address = urlsplit(server)
    with socket.create_connection((address.hostname, address.port), timeout=20) as opened:
        yield opened


def _head(address, *headers):
    lines = (f"POST {address} HTTP/1.1", "Host: localhost", *headers)
    return "\r\n".join((*lines, "", "")).encode()


def _status(connection):
    answer = HTTPResponse(connection)
    answer.begin()
    assert answer.headers["Content-Type"] == "application/problem+json"
    return answer.status


def _held(log):
    """Kibibytes that the worker holds in memory."""
    pid = re.search(r"Booting worker with pid: (\d+)", log.read_text())[1]
    return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1])


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_hundred_megabytes_are_refused_before_they_are_read(connection, address):
    json = "Content-Type: application/json"
    connection.sendall(_head(address, json, f"Content-Length: {100 * len(PIECE)}"))
    assert _status(connection) == 413


@pytest.mark.parametrize("address", (*ADDRESSES, "/v1/statements/import"))
def test_a_hundred_megabytes_of_no_stated_length_are_not_kept(connection, log, address):
    lines = address.endswith("statements/import")
    form = "application/x-ndjson" if lines else "application/json"
    before = _held(log)
    connection.sendall(_head(address, f"Content-Type: {form}", "Transfer-Encoding: chunked"))
    sent = 0
    try:
        for _ in range(100):
            connection.sendall(CHUNK)
            sent += 1
        connection.sendall(b"0\r\n\r\n")
    except OSError:
        pass
    assert lines or sent <= MEGABYTES_TAKEN
    assert _held(log) - before < GROWTH_KIBIBYTES


@pytest.mark.parametrize("address", (*ADDRESSES, "/v1/statements/import"))
def test_a_compressed_bomb_is_not_unpacked(connection, address):
    bomb = gzip.compress(b" " * 50_000_000)
    form = "application/x-ndjson" if address.endswith("statements/import") else "application/json"
    connection.sendall(
        _head(
            address,
            f"Content-Type: {form}",
            "Content-Encoding: gzip",
            f"Content-Length: {len(bomb)}",
        )
        + bomb
    )
    assert _status(connection) == 415
