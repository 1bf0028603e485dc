"""How an answer goes out: what is sent at once, told apart by a socket that keeps it so."""

from socket import AF_UNIX, SOCK_SEQPACKET, socketpair

import pytest
from gunicorn.config import Config
from gunicorn.http import get_parser

from api.server.response import Response


@pytest.fixture
def sent():
    """Sends an answer to a request; gives what was sent, as it was."""
    ours, theirs = socketpair(AF_UNIX, SOCK_SEQPACKET)

    def send(status, headers, *pieces, method="GET"):
        asked = f"{method} / HTTP/1.1\r\nHost: a.example\r\n\r\n".encode()
        request = next(get_parser(Config(), iter([asked]), ("127.0.0.1", 1)))
        answer = Response(request, ours, Config())
        answer.start_response(status, headers)
        for piece in pieces:
            answer.write(piece)
        answer.close()
        theirs.setblocking(False)
        found = []
        while True:
            try:
                found.append(theirs.recv(1 << 16))
            except BlockingIOError:
                return found

    with ours, theirs:
        yield send


def _told(head):
    lines = head.decode().split("\r\n")
    assert lines[-2:] == ["", ""]
    return lines[0], [line.partition(":")[0] for line in lines[1:-2]]


ALWAYS = ["Server", "Date", "Connection"]


def test_the_head_goes_out_with_the_body(sent):
    first, second = sent("200 OK", [("Content-Length", "4"), ("ETag", '"1"')], b"on", b"ce")
    assert _told(first[:-2]) == ("HTTP/1.1 200 OK", [*ALWAYS, "Content-Length", "ETag"])
    assert (first[-2:], second) == (b"on", b"ce")


@pytest.mark.parametrize(
    ("status", "method"), [("304 NOT MODIFIED", "GET"), ("200 OK", "HEAD"), ("204 NONE", "GET")]
)
def test_an_answer_without_a_body_is_its_head(sent, status, method):
    (head,) = sent(status, [("ETag", '"1"')], method=method)
    assert _told(head) == (f"HTTP/1.1 {status}", [*ALWAYS, "ETag"])


def test_what_is_sent_as_it_is_made_has_its_head_before_it(sent):
    head, *chunks = sent("200 OK", [("ETag", '"1"')], b"on", b"ce")
    assert _told(head) == ("HTTP/1.1 200 OK", [*ALWAYS, "Transfer-Encoding", "ETag"])
    assert chunks == [b"2\r\non\r\n", b"2\r\nce\r\n", b"0\r\n\r\n"]


def test_what_is_longer_than_it_was_said_to_be_is_cut(sent):
    (answer,) = sent("200 OK", [("Content-Length", "2")], b"once", b"more")
    assert answer.endswith(b"\r\n\r\non")
