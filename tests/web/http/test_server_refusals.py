"""What gunicorn refuses before the application is asked is a problem, too, and quotes nobody."""

import json
import socket
from http.client import HTTPResponse

import pytest

from tests.serving import serving

GET = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n"
CASES = {
    b"GET /v1/statements?q=" + b"x" * 9000 + b" HTTP/1.1\r\n\r\n": 414,
    GET + b"X-Long: " + b"x" * 9000 + b"\r\n\r\n": 431,
    GET + b"".join(b"X-%d: 1\r\n" % number for number in range(200)) + b"\r\n": 431,
    GET + b"Zaunkoenig\r\n\r\n": 400,
    GET + b"X-A: 1\r\n X-Folded: 2\r\n\r\n": 400,
    GET + b"X-Nul: a\x00b\r\n\r\n": 400,
    GET + b"X-Return: a\rSet-Cookie: b\r\n\r\n": 400,
    GET + b"Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n": 400,
    GET + b"Content-Length: -1\r\n\r\n": 400,
    GET + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n": 400,
    GET + b"Transfer-Encoding: zaunkoenig\r\n\r\n": 501,
    GET + b"Expect: zaunkoenig\r\n\r\n": 417,
    b"Zaunkoenig / HTTP/1.1\r\n\r\n": 400,
    b"GET /Zaunkoenig HTTP/9.9\r\n\r\n": 400,
    b"\x16\x03\x01\x02\x00\x01\r\n\r\n": 400,
}


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    return tmp_path_factory.mktemp("refusals") / "log"


@pytest.fixture(scope="module")
def server(log):
    with serving(log.parent, log=log) as address:
        yield address.removeprefix("http://").split(":")


@pytest.mark.parametrize(
    ("sent", "status"), CASES.items(), ids=[repr(sent[-40:]) for sent in CASES]
)
def test_it_is_a_problem(server, log, sent, status):
    with socket.create_connection(server, timeout=10) as connection:
        connection.sendall(sent)
        answer = HTTPResponse(connection)
        answer.begin()
        problem = json.loads(answer.read())
    assert (answer.status, problem["status"]) == (status, status)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert problem["title"]
    assert problem["detail"]
    (told,) = (
        line for line in log.read_text().splitlines() if answer.headers["X-Request-Id"] in line
    )
    assert json.loads(told)["status"] == status
    assert "aunkoenig" not in log.read_text()


CHUNKS = {
    "an extension without a name": b"2;\nxx\r\n{}\r\n0\r\n\r\n",
    "a sign": b"+2\r\n{}\r\n0\r\n\r\n",
    "a negative size": b"-2\r\n{}\r\n0\r\n\r\n",
    "a prefix": b"0x2\r\n{}\r\n0\r\n\r\n",
    "an underscore": b"1_0\r\n{}\r\n0\r\n\r\n",
    "no size": b"\r\n{}\r\n0\r\n\r\n",
    "no number": b"zz\r\n{}\r\n0\r\n\r\n",
    "more than was said": b"2\r\n{}x\r\n0\r\n\r\n",
    "a long size": b"2;" + b"a" * 20_000 + b"\r\n{}\r\n0\r\n\r\n",
    "a trailer that frames": b"2\r\n{}\r\n0\r\nTransfer-Encoding: chunked\r\n\r\n",
    "a trailer that routes": b"2\r\n{}\r\n0\r\nHost: localhost\r\n\r\n",
    "a trailer that is none": b"2\r\n{}\r\n0\r\nbad line\r\n\r\n",
    "no end of the trailers": b"2\r\n{}\r\n0\r\n",
}
CHUNKED = (
    b"POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\n\r\n"
)
TAKEN = (
    (b"/v1/statements", b"application/json"),
    (b"/v1/statements/import", b"application/x-ndjson"),
    (b"/v1/reconcile", b"application/x-www-form-urlencoded"),
)


@pytest.mark.parametrize("taken", TAKEN, ids=lambda taken: taken[0].decode())
@pytest.mark.parametrize("body", CHUNKS.values(), ids=CHUNKS)
def test_a_body_that_is_not_in_chunks_as_it_says_is_a_problem(server, log, taken, body):
    with socket.create_connection(server, timeout=10) as connection:
        connection.sendall(CHUNKED % taken + body)
        connection.shutdown(socket.SHUT_WR)
        answer = HTTPResponse(connection)
        answer.begin()
        problem = json.loads(answer.read())
        assert (answer.status, problem["status"]) == (400, 400)
        assert answer.headers["Content-Type"] == "application/problem+json"
        # Where another request would begin is not known: it is hung up on.
        assert connection.recv(1) == b""
    assert "Traceback" not in log.read_text()


def test_a_chunk_that_is_none_after_lines_of_an_import_is_a_problem(server, log):
    line = json.dumps({"kind": "claim", "text": "So", "language": "de", "speaker": {"id": 9}})
    sent = f"{len(line) + 1:x}\r\n{line}\n\r\n".encode()
    with socket.create_connection(server, timeout=10) as connection:
        connection.sendall(CHUNKED % TAKEN[1] + sent + b"+2\r\n{}\r\n")
        answer = HTTPResponse(connection)
        answer.begin()
        assert (answer.status, json.loads(answer.read())["status"]) == (400, 400)
        assert connection.recv(1) == b""
    assert "Traceback" not in log.read_text()
