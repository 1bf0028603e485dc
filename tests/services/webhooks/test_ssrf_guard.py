"""Where webhooks may lead: no row of the table is let in by the API, and what is public is."""

from importlib.resources import files
from ipaddress import IPv4Address, IPv6Address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.services.webhooks import ssrf_guard
from api.services.webhooks.ssrf_guard import Private, resolve, special

HOOK = {"events": ["contradiction.flagged"]}
# Rows of IANA's registries of special-purpose addresses at their last update, 2025-10-09.
ROWS = {4: 26, 6: 25}


def _hosts(address):
    yield f"[{address}]" if address.version == 6 else f"{address}"
    if address.version == 4:
        yield f"[::ffff:{address}]"
        yield f"[64:ff9b::{address}]"
        yield f"[64:ff9b:1::{address}]"
        high, low = int(address) >> 16, int(address) & 0xFFFF
        yield f"[2002:{high:x}:{low:x}::1]"
        # Of Teredo: its server, and its client in ones' complement.
        yield f"[2001:0:{high:x}:{low:x}::1]"
        yield f"[2001:0:808:808:0:0:{high ^ 0xFFFF:x}:{low ^ 0xFFFF:x}]"


@pytest.mark.parametrize("block", special(), ids=str)
def test_each_row_is_refused_from_end_to_end_in_every_guise(empty_client, refused, block):
    # The middle of a block of IPv6 that carries IPv4 is a public address of the latter.
    middle = [] if block in ssrf_guard.CARRIERS else [block[block.num_addresses // 2]]
    for address in {block[0], *middle, block[-1]}:
        for host in _hosts(address):
            body = HOOK | {"url": f"http://{host}/hook"}
            problem = refused(empty_client.post("/v1/webhooks", json=body), 422, pointer="/url")
            assert "is not on the public internet" in problem["errors"][0]["detail"]


def test_the_table_holds_all_of_both_registries_and_each_row_once():
    text = files("api.services.data").joinpath("special_addresses.txt").read_text("utf-8")
    sections = [
        [line.split()[0] for line in section.splitlines() if line and not line.startswith("#")]
        for section in text.split("\n\n")
    ]
    four, six = sections[:2]
    assert {4: len(four), 6: len(six)} == ROWS
    assert {ip_network(row).version for row in four} == {4}
    assert {ip_network(row).version for row in six} == {6}
    assert len(special()) == sum(map(len, sections))


@pytest.mark.parametrize(
    "host",
    [
        "[::ffff:0:10.0.0.1]",
        "[4000::1]",
        "[8000::1]",
        "[fe00::1]",
        "[200::1]",
        "127.000.000.001",
        "①②⑦.⓪.⓪.①",
        "127。0。0。1",
    ],
)
def test_other_spellings_and_what_was_given_to_nobody_are_refused(empty_client, refused, host):
    body = HOOK | {"url": f"http://{host}/hook"}
    refused(empty_client.post("/v1/webhooks", json=body), 422, pointer="/url")


@pytest.mark.parametrize(
    "host",
    [
        "8.8.8.8",
        "126.255.255.255",
        "128.0.0.0",
        "168.63.129.17",
        "191.255.255.255",
        "192.0.1.1",
        "192.169.0.0",
        "198.20.0.0",
        "223.255.255.255",
        "[2001:200::1]",
        "[2001:4860:4860::8888]",
        "[2606:4700:4700::1111]",
        "[2a00:1450:4001:800::200e]",
        "[::ffff:8.8.8.8]",
        "[64:ff9b::8.8.8.8]",
    ],
)
def test_what_is_public_is_let_in(client, host):
    body = HOOK | {"url": f"https://{host}/hook"}
    assert client.post("/v1/webhooks", json=body).status_code == 201


@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)))
def test_nothing_is_let_in_that_python_knows_to_be_special(address: IPv4Address | IPv6Address):
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    if not (mapped or address).is_global:
        with pytest.raises(Private):
            resolve(str(address), 443, 5, [])


@pytest.mark.parametrize("inside", ["10.0.0.1", "::1", "fd00:ec2::254", "168.63.129.16"])
def test_of_several_addresses_of_a_name_one_that_is_inside_is_enough(monkeypatch, inside):
    import socket

    def answer(*_, **__):
        found = ("93.184.215.14", "2606:4700::1", inside)
        return [(0, socket.SOCK_STREAM, 6, "", (each, 443)) for each in found]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    with pytest.raises(Private, match=f"leads to {inside}"):
        resolve("desk.example", 443, 5, [])


@pytest.mark.parametrize(
    ("network", "host"),
    [
        ("10.0.0.0/8", "[::ffff:10.0.0.1]"),
        ("10.0.0.0/8", "[64:ff9b::10.0.0.1]"),
        ("64:ff9b:1::/48", "[64:ff9b:1::10.0.0.1]"),
        ("168.63.129.16", "168.63.129.16"),
        ("fe80::/10", "[fe80::1]"),
    ],
)
def test_a_network_that_is_named_is_let_in(open_ledger, network, host):
    client = open_ledger(webhook_networks=network).test_client()
    answer = client.post("/v1/webhooks", json=HOOK | {"url": f"http://{host}/hook"})
    assert answer.status_code == 201, answer.text
