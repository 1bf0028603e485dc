"""The names that the server answers to: a page whose name leads here reads nothing."""

import json
import socket
from http.client import HTTPResponse

import pytest

from tests.serving import serving

BODY = {
    "kind": "claim",
    "text": "Der Hafen bleibt",
    "language": "de",
    "speaker": {"name": "Anna Berg", "kind": "person"},
}
FOREIGN = {"Host": "rebound.example:8000"}


def test_a_page_whose_name_leads_here_neither_reads_nor_rehearses_nor_writes(
    client, record, refused
):
    made = record()["id"]
    # What was answered before is answered again by a shorter way, and to no other host.
    for _ in range(2):
        assert client.get(f"/v1/statements/{made}").status_code == 200
    pairs = {"pairs": [{"a": {"text": "It rains"}, "b": {"text": "It does not rain"}}]}
    for answer in (
        client.get(f"/v1/statements/{made}", headers=FOREIGN),
        client.get("/v1/statements", headers=FOREIGN),
        client.post("/v1/statements?dry_run=true", json=BODY, headers=FOREIGN),
        client.post("/v1/contradictions/check", json=pairs, headers=FOREIGN),
        client.post("/v1/statements", json=BODY, headers=FOREIGN),
        client.get("/v1/nothing", headers=FOREIGN),
        client.get("/metrics", headers=FOREIGN),
    ):
        problem = refused(answer, 421)
        assert "rebound.example" in problem["detail"]
        assert "COUNTERCLAIM_HOSTS" in problem["detail"]
    for address in ("/docs/", "/openapi.json", "/.well-known/api-catalog"):
        assert client.get(address, headers=FOREIGN).status_code == 421, address


@pytest.mark.parametrize("host", ["10.1.2.3:8000", "pod.cluster.local", "rebound.example"])
def test_probes_answer_by_whatever_address_they_are_asked(client, host):
    for address in ("/healthz", "/readyz"):
        assert client.get(address, headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    ("settings", "host", "answered"),
    [
        ({}, "localhost", True),
        ({}, "LocalHost.:8000", True),
        ({}, "127.0.0.1:8000", True),
        ({}, "[::1]", True),
        ({}, "[0:0:0:0:0:0:0:1]:8000", True),
        ({}, "localhost.rebound.example", False),
        ({}, "127.0.0.1.rebound.example", False),
        ({}, "127.1", False),
        ({}, "2130706433", False),
        ({}, "[::ffff:127.0.0.1]", False),
        ({"host": "192.0.2.7"}, "192.0.2.7:8000", True),
        ({"host": "2001:db8::7"}, "[2001:DB8:0::7]:8000", True),
        ({"host": "0.0.0.0"}, "0.0.0.0:8000", False),
        ({"host": "0.0.0.0"}, "127.0.0.1:8000", True),
        ({"host": "::"}, "[::]:8000", False),
        ({"hosts": "Ledger.example, [2001:db8::9], 2001:db8::8"}, "ledger.EXAMPLE.:443", True),
        ({"hosts": "ledger.example, [2001:db8::9], 2001:db8::8"}, "[2001:db8::9]", True),
        ({"hosts": "ledger.example, [2001:db8::9], 2001:db8::8"}, "[2001:db8::8]", True),
        ({"hosts": "ledger.example"}, "localhost", True),
        ({"hosts": "ledger.example"}, "www.ledger.example", False),
        ({"hosts": "*"}, "anything.example", True),
    ],
)
def test_which_names_are_answered_to(open_ledger, settings, host, answered):
    answer = open_ledger(**settings).test_client().get("/v1/topics", headers={"Host": host})
    assert answer.status_code == (200 if answered else 421)


def test_behind_a_stated_proxy_the_name_is_the_one_that_it_was_asked_for(open_ledger):
    client = open_ledger(proxies="127.0.0.1", hosts="ledger.example").test_client()
    for named, status in (("ledger.example", 200), ("rebound.example", 421)):
        headers = {"Host": "127.0.0.1:8000", "X-Forwarded-Host": named}
        assert client.get("/v1/topics", headers=headers).status_code == status


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("hosts"), workers="1") as address:
        yield address.removeprefix("http://").split(":")


GET = b"GET /v1/topics HTTP/1.1\r\n"


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (GET + b"Host: localhost\r\n", 200),
        (GET, 400),
        (GET + b"Host:\r\n", 400),
        (GET + b"Host: localhost\r\nHost: localhost\r\n", 400),
        (GET + b"Host: localhost\r\nHost: rebound.example\r\n", 400),
        (GET + b"Host: localhost, rebound.example\r\n", 400),
        (GET + b"Host: localhost@rebound.example\r\n", 400),
        (GET + b"Host: rebound.example:80@localhost\r\n", 400),
        (GET + b"Host: localhost/\r\n", 400),
        (GET + b"Host: localhost:80:80\r\n", 400),
        (GET + b"Host: [::1\r\n", 400),
        (GET + b"Host: [::1]x\r\n", 400),
        (GET + b"Host: http://localhost\r\n", 400),
        (b"GET /healthz HTTP/1.1\r\n", 400),
        (b"GET /v1/topics HTTP/1.0\r\n", 200),
        (b"GET /v1/topics HTTP/1.0\r\nHost: rebound.example\r\n", 421),
        (b"GET http://localhost:8000/v1/topics HTTP/1.1\r\nHost: localhost\r\n", 200),
        (b"GET http://rebound.example/v1/topics HTTP/1.1\r\nHost: localhost\r\n", 421),
        (b"GET http://rebound.example/v1/statements HTTP/1.1\r\nHost: localhost\r\n", 421),
        (b"GET http://localhost/v1/topics HTTP/1.1\r\nHost: rebound.example\r\n", 421),
        (b"GET http://a@localhost/v1/topics HTTP/1.1\r\nHost: localhost\r\n", 400),
    ],
    ids=repr,
)
def test_a_request_names_one_host_and_names_it_right(server, sent, status):
    # As another page would have it answered, were it kept for one that names no host.
    for asked in (b"GET /v1/statements HTTP/1.1\r\nHost: localhost\r\n", sent):
        with socket.create_connection(server, timeout=20) as connection:
            connection.sendall(asked + b"Connection: close\r\n\r\n")
            answer = HTTPResponse(connection)
            answer.begin()
            body = json.loads(answer.read())
    assert answer.status == status
    if status != 200:
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert body["status"] == status


@pytest.mark.parametrize(
    "header",
    [
        b"SCRIPT_NAME: /v1",
        b"PATH_INFO: /v1/topics",
        b"REMOTE_ADDR: 127.0.0.1",
        b"X_FORWARDED_FOR: 203.0.113.9",
    ],
)
def test_nobody_on_this_machine_tells_the_server_what_was_asked_for(server, header):
    with socket.create_connection(server, timeout=20) as connection:
        head = b"GET /.well-known/api-catalog HTTP/1.1\r\nHost: localhost:8000\r\n"
        connection.sendall(
            head + header + b"\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n\r\n"
        )
        answer = HTTPResponse(connection)
        answer.begin()
        assert answer.status == 200
        assert json.loads(answer.read())["linkset"][0]["anchor"] == "http://localhost:8000/v1"


@pytest.mark.parametrize(
    ("settings", "told", "untold"),
    [
        ({}, "the door is open to writes from loopback", "HOSTS is not set"),
        ({"proxies": "127.0.0.1"}, "HOSTS is not set", "nobody writes"),
        ({"host": "0.0.0.0"}, "nobody writes", "the door is open"),
        ({"host": "0.0.0.0"}, "HOSTS is not set", "the door is open"),
        ({"host": "0.0.0.0", "hosts": "ledger.example"}, "nobody writes", "HOSTS is not set"),
    ],
)
def test_the_start_tells_who_writes_and_which_names_are_answered_to(
    tmp_path, settings, told, untold
):
    log = tmp_path / "log"
    with serving(tmp_path, log=log, workers="1", **settings):
        pass
    assert told in log.read_text()
    assert untold not in log.read_text()
