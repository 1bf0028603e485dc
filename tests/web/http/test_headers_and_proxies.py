"""What a browser and a proxy are told, and what is believed of them."""

import pytest


def test_an_answer_cannot_be_taken_for_a_page(client, record):
    record("<script>alert(1)</script>")
    for address in ("/v1/statements", "/v1/nothing", "/problems/conflict", "/openapi.json"):
        headers = client.get(address).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert "'self'" not in headers["Content-Security-Policy"]
        assert headers["Referrer-Policy"] == "no-referrer"


def test_the_page_runs_its_own_scripts_and_no_others(client):
    policy = client.get("/docs/").headers["Content-Security-Policy"]
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "'self' 'sha256-" in scripts
    assert "unsafe" not in scripts


def test_no_other_origin_is_let_in_unless_it_is_set(open_ledger):
    asked = {"Origin": "https://desk.example", "Access-Control-Request-Method": "GET"}
    closed = open_ledger().test_client()
    assert "Access-Control-Allow-Origin" not in closed.get("/v1/topics", headers=asked).headers
    open_ = open_ledger("open", cors_origins="https://desk.example").test_client()
    allowed = open_.get("/v1/topics", headers=asked).headers
    assert allowed["Access-Control-Allow-Origin"] == "https://desk.example"
    assert "ETag" in allowed["Access-Control-Expose-Headers"]
    other = open_.get("/v1/topics", headers={"Origin": "https://other.example"})
    assert "Access-Control-Allow-Origin" not in other.headers
    before = open_.options("/v1/statements", headers=asked)
    assert before.status_code == 200
    assert before.headers["Access-Control-Allow-Origin"] == "https://desk.example"


@pytest.mark.parametrize(
    ("proxies", "peer", "limited"),
    [
        ("10.0.0.0/8", "10.1.2.3", False),
        ("10.0.0.0/8", "::ffff:10.1.2.3", False),
        ("10.0.0.0/8", "192.0.2.7", True),
        ("", "10.1.2.3", True),
    ],
)
def test_only_a_stated_proxy_is_believed(open_ledger, proxies, peer, limited):
    """Two callers behind one proxy are told apart, and nobody else can claim to be another."""
    client = open_ledger(proxies=proxies, rate_limit="1 per minute").test_client()
    codes = [
        client.get(
            "/v1/topics",
            environ_base={"REMOTE_ADDR": peer},
            headers={"X-Forwarded-For": f"203.0.113.{caller}"},
        ).status_code
        for caller in (1, 2)
    ]
    assert codes == [200, 429 if limited else 200]
