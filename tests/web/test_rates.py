"""Rate limits: off until one is set, counted by key or address, told in headers."""

import pytest

from api.services import keys

ELSEWHERE = {"REMOTE_ADDR": "203.0.113.9"}


@pytest.fixture
def client(open_ledger):
    return open_ledger(rate_limit="3 per minute").test_client()


def test_beyond_the_limit_it_is_429_and_says_when_to_come_back(client, refused):
    answers = [client.get("/v1/topics", environ_base=ELSEWHERE) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[0].headers["RateLimit-Policy"] == '"all";q=3;w=60'
    assert answers[0].headers["RateLimit"].startswith('"all";r=2;t=')
    refused(answers[3], 429)
    assert 1 <= int(answers[3].headers["Retry-After"]) <= 60


def test_each_address_and_each_key_has_its_own_count(client):
    headers = {"Authorization": f"Bearer {keys.create('desk', ['read'])}"}
    for _ in range(4):
        client.get("/v1/topics", environ_base=ELSEWHERE)
    other = client.get("/v1/topics", environ_base={"REMOTE_ADDR": "203.0.113.10"})
    keyed = client.get("/v1/topics", environ_base=ELSEWHERE, headers=headers)
    assert (other.status_code, keyed.status_code) == (200, 200)


def test_this_machine_is_not_limited_while_no_key_was_made(client):
    assert {client.get("/v1/topics").status_code for _ in range(6)} == {200}
    keys.create("desk", ["read"])
    assert 429 in {client.get("/v1/topics").status_code for _ in range(6)}


def test_guessing_at_keys_is_limited(client):
    headers = {"Authorization": "Bearer cck_000000000000_" + "A" * 43}
    answers = [client.get("/v1/topics", environ_base=ELSEWHERE, headers=headers) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [401, 401, 401, 429, 429]


def test_without_a_limit_nothing_is_counted(open_ledger):
    answer = open_ledger().test_client().get("/v1/topics", environ_base=ELSEWHERE)
    assert "RateLimit" not in answer.headers
