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
