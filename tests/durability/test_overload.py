"""More come than can be answered: as many as may wait do, the others are told so at once."""

import json
import re
import resource
import socket
import time
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPConnection, HTTPResponse

import pytest

from tests.serving import serving

PATIENCE_SECONDS = 60
THREADS, WAIT = 2, 3
REFUSED = re.compile(r'^counterclaim_refused_requests_total\{reason="(\w+)"\} (\S+)$', re.M)


@contextmanager
def holding(folder, threads=THREADS, **settings):
    """A server that holds back ``/held``; gives its host and port, and how to let go."""
    held = folder / "held"
    held.touch()
    given = {"workers": "1", "threads": str(threads), "max_queue": str(WAIT), "queue_timeout": "0"}
    with serving(folder, module="tests.held", log=folder / "log", **given | settings) as address:
        try:
            yield address.removeprefix("http://").split(":"), held.unlink
        finally:
            held.unlink(missing_ok=True)


class Asked:
    """A request that was sent, over a connection of its own."""

    def __init__(self, server, method="GET", path="/held", body=None, **headers):
        self.connection = HTTPConnection(*server, timeout=PATIENCE_SECONDS)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.connection.request(method, path, body, named)

    def answer(self):
        with closing(self.connection):
            answer = self.connection.getresponse()
            return answer.status, answer.headers, answer.read()


def ask(server, *arguments, **headers):
    return Asked(server, *arguments, **headers).answer()


def at_once(asked, held=THREADS + WAIT):
    """Those of several requests that are answered while so many are held, and these."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    for each in asked:
        each.connection.sock.setblocking(False)
    answered = []
    while len(asked) - len(answered) > held and time.monotonic() < deadline:
        for each in asked:
            if each not in answered and comes(each.connection.sock):
                answered.append(each)
        time.sleep(0.01)
    for each in asked:
        each.connection.sock.settimeout(PATIENCE_SECONDS)
    return answered, [each for each in asked if each not in answered]


def comes(line):
    try:
        return bool(line.recv(1, socket.MSG_PEEK))
    except BlockingIOError:
        return False


def refused(server):
    return dict(REFUSED.findall(ask(server, "GET", "/metrics")[2].decode()))


def test_who_finds_no_room_is_told_so_and_the_others_are_answered(tmp_path):
    with holding(tmp_path) as (server, release):
        came = [
            Asked(server, X_Request_Id=f"came-{number}") for number in range(THREADS + WAIT + 4)
        ]
        told, waiting = at_once(came)
        assert len(told) == 4
        for each in told:
            status, headers, body = each.answer()
            assert status == 503
            assert headers["Retry-After"] == "1"
            assert headers["Content-Type"] == "application/problem+json"
            assert headers["X-Request-Id"].startswith("came-")
            assert headers["Cache-Control"]
            assert json.loads(body)["type"] == "/problems/overloaded"
        assert ask(server, "HEAD", "/v1/topics")[0] == 503
        assert [ask(server, "GET", path)[0] for path in ("/healthz", "/readyz")] == [200, 200]
        assert refused(server) == {"full": "5.0"}
        release()
        assert [each.answer()[0] for each in waiting] == [200] * (THREADS + WAIT)
        assert ask(server, "GET", "/v1/topics")[0] == 200
        assert refused(server) == {"full": "5.0"}
    lines = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    assert sum(line.get("status") == 503 for line in lines) == 5


def test_who_writes_keeps_nobody_from_reading(tmp_path):
    with holding(tmp_path) as (server, release):
        came = [Asked(server, "POST", body=b"{}") for _ in range(THREADS + WAIT)]
        # Those who write have slots of their own, one fewer than those who read.
        told, waiting = at_once(came, THREADS - 1 + WAIT)
        assert [each.answer()[0] for each in told] == [503]
        assert ask(server, "GET", "/v1/topics")[0] == 200
        release()
        assert {each.answer()[0] for each in waiting} == {200}


def test_who_waited_too_long_is_told_so(tmp_path):
    with holding(tmp_path, threads=1, queue_timeout="200") as (server, release):
        first = Asked(server)
        came = [Asked(server) for _ in range(WAIT)]
        assert [each.answer()[0] for each in came] == [503] * WAIT
        assert refused(server) == {"late": f"{WAIT}.0"}
        release()
        assert first.answer()[0] == 200


def test_a_long_body_that_finds_no_room_is_read_to_its_end(tmp_path):
    with holding(tmp_path, threads=1, max_queue="1") as (server, release):
        came = [Asked(server, "POST", body=b"{}") for _ in range(2)]
        body = b"x" * 3_000_000
        for _ in range(5):
            assert ask(server, "POST", "/held", body)[0] == 503
        release()
        assert [each.answer()[0] for each in came] == [200, 200]
        assert ask(server, "POST", "/held", body)[2] == b"3000000"


def test_no_limit_lets_all_wait(tmp_path):
    with holding(tmp_path, threads=1, max_queue="0") as (server, release):
        came = [Asked(server) for _ in range(100)]
        assert ask(server, "GET", "/healthz")[0] == 200
        release()
        assert {each.answer()[0] for each in came} == {200}
        assert refused(server) == {}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """One that holds back nothing, with a single thread."""
    with holding(tmp_path_factory.mktemp("free"), threads=1) as (address, release):
        release()
        yield address


def test_what_comes_little_by_little_takes_no_thread(server):
    with ExitStack() as lines:
        slow = [lines.enter_context(socket.create_connection(server)) for _ in range(4)]
        for piece in (b"GET /he", b"ld HTTP/1.1\r\nHost: localhost\r\n"):
            for each in slow:
                each.sendall(piece)
            assert ask(server, "GET", "/v1/topics")[0] == 200
        for each in slow:
            each.sendall(b"\r\n")
            answer = HTTPResponse(each)
            answer.begin()
            assert answer.status == 200


def test_requests_sent_one_behind_the_other_are_answered_in_order(server):
    with socket.create_connection(server) as line:
        for length in (1, 2, 3):
            line.sendall(
                b"POST /held HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % length
                + b"x" * length
            )
        told = b""
        while told.count(b"HTTP/1.1 200") < 3 or not told.endswith(b"3"):
            told += line.recv(4096)
        assert re.findall(rb"\r\n\r\n(\d)", told) == [b"1", b"2", b"3"]


def test_who_was_answered_and_does_not_hang_up_keeps_nobody_waiting(server):
    with ExitStack() as lines:
        # Waited for one after the other, each for two seconds, they would take a minute and more.
        for _ in range(40):
            line = lines.enter_context(socket.create_connection(server, timeout=PATIENCE_SECONDS))
            line.sendall(b"GET /held HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            assert line.recv(12) == b"HTTP/1.1 200"
        with closing(HTTPConnection(*server, timeout=30)) as connection:
            connection.request("GET", "/v1/topics")
            assert connection.getresponse().status == 200


def test_a_crowd_that_says_nothing_makes_room(tmp_path):
    files, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    # The server has as many connections as its files allow for.
    resource.setrlimit(resource.RLIMIT_NOFILE, (200, most))
    try:
        server_of = ExitStack()
        server, release = server_of.enter_context(holding(tmp_path))
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (files, most))
    with server_of, ExitStack() as lines:
        release()
        for _ in range(150):
            lines.enter_context(socket.create_connection(server))
        assert [ask(server, "GET", "/v1/topics")[0] for _ in range(20)] == [200] * 20
