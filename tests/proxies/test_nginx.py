"""A real nginx in front of the server: what its callers may do, and what the server believes of it.

``make proxies`` runs it, with Debian's nginx.
"""

import json
import re
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.proxies.proxying import ENVIRONMENT, deployed, passing
from tests.serving import new_key, serving

pytestmark = pytest.mark.nginx

BODY = {
    "kind": "claim",
    "text": "Der Hafen bleibt",
    "language": "de",
    "speaker": {"name": "Anna Berg", "kind": "person"},
}
BARE = "server {{ listen 127.0.0.1:{port}; location / {{ proxy_pass {server}; }} }}"


def asked(address, body=None, **headers):
    """The status and the body of an answer."""
    request = Request(
        address,
        data=body and json.dumps(body).encode(),
        headers={
            "Content-Type": "application/json",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        },
    )
    try:
        with urlopen(request, timeout=30) as answer:
            return answer.status, json.loads(answer.read())
    except HTTPError as refused:
        return refused.code, json.loads(refused.read())


def test_strangers_behind_one_that_is_told_nothing_read_and_do_not_write(tmp_path):
    with (
        serving(tmp_path) as server,
        passing(tmp_path, lambda port: BARE.format(port=port, server=server)) as proxy,
    ):
        assert asked(f"{server}/v1/statements", BODY)[0] == 201
        status, problem = asked(f"{proxy}/v1/statements", BODY | {"text": "Der Hafen schließt"})
        assert (status, problem["scope"]) == (401, "write")
        assert asked(f"{proxy}/metrics")[0] == 401
        status, listed = asked(f"{proxy}/v1/statements")
        assert (status, len(listed["items"])) == (200, 1)
        assert asked(f"{proxy}/readyz")[1]["open_to_writes_from"] == "loopback"
        key = {"Authorization": f"Bearer {new_key(tmp_path, 'write')}"}
        assert asked(f"{proxy}/v1/statements", BODY, **key)[0] == 200
        assert asked(f"{proxy}/readyz") == (200, {"status": "ready"})


def test_the_site_of_deploy_names_its_callers_and_its_own_host(tmp_path):
    lines = re.findall(r"(?m)^COUNTERCLAIM_(\w+)=(.*)$", ENVIRONMENT)
    settings = {name.lower(): value for name, value in lines}
    settings |= {"rate_limit": "3 per minute", "workers": "1"}
    with (
        serving(tmp_path, **settings) as server,
        passing(tmp_path, deployed(tmp_path, server)) as proxy,
    ):
        ours = {"Host": "ledger.example"}
        assert asked(f"{proxy}/v1/topics", **ours)[0] == 200
        status, problem = asked(f"{proxy}/v1/statements", BODY, **ours)
        assert (status, problem["scope"]) == (401, "write")
        # Its address is nginx's word: what the caller says of himself makes him no other.
        for caller, status in (("203.0.113.1", 421), ("203.0.113.2", 429)):
            forged = {"Host": "rebound.example", "X_Forwarded_For": caller}
            assert asked(f"{proxy}/v1/topics", **forged)[0] == status
        # Nor does he share with the machine that nginx is on.
        assert asked(f"{server}/v1/topics")[0] == 200
