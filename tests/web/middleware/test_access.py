"""Keys and scopes: who may do what, and what is open while no key was made."""

import re
from datetime import UTC, datetime

import pytest

from api.services.admin import keys

CLAIM = {"kind": "claim", "text": "Der Hafen bleibt", "language": "de"}
BODY = {**CLAIM, "speaker": {"name": "Anna Berg", "kind": "person"}}
ELSEWHERE = {"REMOTE_ADDR": "203.0.113.9"}


@pytest.fixture
def key(app):
    """Makes a key with some scopes, and gives the headers that carry it."""

    def make(*scopes, name=None):
        token = keys.create(name or "-".join(scopes), scopes)
        return {"Authorization": f"Bearer {token}"}

    return make


def test_while_no_key_was_made_everybody_reads_and_this_machine_writes(client, refused):
    assert client.post("/v1/statements", json=BODY).status_code == 201
    assert client.get("/v1/statements", environ_base=ELSEWHERE).status_code == 200
    body = BODY | {"text": "Der Hafen schließt"}
    problem = refused(client.post("/v1/statements", json=body, environ_base=ELSEWHERE), 401)
    assert problem["scope"] == "write"
    assert "counterclaim keys create" in problem["detail"]


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-For": "127.0.0.1"},
        {"X-Forwarded-Host": "localhost"},
        {"X-Forwarded-Proto": "https"},
        {"X-Forwarded-Port": "443"},
        {"X-Forwarded-Ssl": "on"},
        {"X-Forwarded": "127.0.0.1"},
        {"X-Original-Forwarded-For": "127.0.0.1"},
        {"X-Original-Host": "localhost"},
        {"X-ProxyUser-Ip": "127.0.0.1"},
        {"Forwarded": "for=127.0.0.1"},
        {"X-Real-IP": "127.0.0.1"},
        {"X-Client-IP": "127.0.0.1"},
        {"X-Cluster-Client-IP": "127.0.0.1"},
        {"Client-IP": "127.0.0.1"},
        {"X-Remote-Addr": "127.0.0.1"},
        {"CF-Connecting-IP": "127.0.0.1"},
        {"CF-Ray": "230b030023ae2822-SJC"},
        {"CDN-Loop": "cloudflare"},
        {"True-Client-IP": "127.0.0.1"},
        {"Fastly-Client-IP": "127.0.0.1"},
        {"Fly-Client-IP": "127.0.0.1"},
        {"X-Azure-ClientIP": "127.0.0.1"},
        {"X-Envoy-External-Address": "127.0.0.1"},
        {"X-Amzn-Trace-Id": "Root=1-67891233-abcdef012345678912345678"},
        {"X-Vercel-Forwarded-For": "127.0.0.1"},
        {"Tailscale-User-Login": "anna@example.org"},
        {"Front-End-Https": "on"},
        {"Via": "1.1 proxy"},
        {"Origin": "https://page.example"},
        {"Origin": "null"},
    ],
    ids=lambda headers: "-".join(headers),
)
def test_what_only_looks_like_this_machine_does_not_write(client, refused, headers):
    refused(client.post("/v1/statements", json=BODY, headers=headers), 401)


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "curl/8.0", "Accept": "*/*", "X-Request-Id": "a.1"},
        {"Origin": "http://localhost:3000", "Sec-Fetch-Site": "same-site"},
        {"Host": "LOCALHOST.:8000"},
        {"Host": "[::1]:8000"},
    ],
)
def test_what_is_this_machine_writes(client, headers):
    assert client.post("/v1/statements", json=BODY, headers=headers).status_code == 201


def test_who_speaks_as_nginx_does_when_it_is_told_nothing_does_not_write(client, refused):
    spoken = {"SERVER_PROTOCOL": "HTTP/1.0"}
    refused(client.post("/v1/statements", json=BODY, environ_overrides=spoken), 401)
    refused(client.get("/metrics", environ_overrides=spoken), 401)
    assert client.get("/v1/statements", environ_overrides=spoken).status_code == 200


def test_readiness_says_that_the_door_is_open_until_a_key_is_made(client, open_ledger):
    assert client.get("/readyz").json == {"status": "ready", "open_to_writes_from": "loopback"}
    keys.create("desk", ["write"])
    assert client.get("/readyz").json == {"status": "ready"}
    elsewhere = open_ledger("elsewhere", host="0.0.0.0").test_client()
    assert elsewhere.get("/readyz").json == {"status": "ready"}


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "ledger.example"])
def test_listening_elsewhere_without_a_key_nobody_writes(open_ledger, refused, host):
    client = open_ledger(host=host).test_client()
    refused(client.post("/v1/statements", json=BODY), 401)
    assert client.get("/v1/statements").status_code == 200


def test_once_a_key_was_made_this_machine_needs_one_too(client, key, refused):
    headers = key("write")
    problem = refused(client.post("/v1/statements", json=BODY), 401)
    assert problem["scope"] == "write"
    assert client.post("/v1/statements", json=BODY, headers=headers).status_code == 201
    keys.revoke("write")
    answer = client.post("/v1/statements", json=BODY, headers=headers)
    assert "revoked" in refused(answer, 401)["detail"]
    refused(client.post("/v1/statements", json=BODY), 401)


def test_a_key_without_the_scope_is_403_naming_it(client, key, record, oppose, refused):
    pair = oppose()["id"]
    write, review = key("write"), key("review")
    decided = {"status": "confirmed"}
    answer = client.patch(f"/v1/contradictions/{pair}", json=decided, headers=write)
    assert refused(answer, 403)["scope"] == "review"
    assert 'scope="review"' in answer.headers["WWW-Authenticate"]
    answer = client.post("/v1/statements", json=BODY, headers=review)
    assert refused(answer, 403)["scope"] == "write"
    answer = client.patch(f"/v1/contradictions/{pair}", json=decided, headers=review)
    assert answer.status_code == 200


def test_an_admin_key_opens_all(client, key):
    assert client.post("/v1/statements", json=BODY, headers=key("admin")).status_code == 201


@pytest.mark.parametrize(
    "header",
    [
        "Bearer",
        "Bearer ",
        "Basic YTpi",
        "Bearer cck_000000000000_" + "A" * 43,
        "Bearer " + "A" * 5000,
        "Bearer cck_%00",
    ],
)
def test_a_key_that_is_none_is_401_even_where_reading_is_open(client, refused, header):
    answer = client.get("/v1/statements", headers={"Authorization": header})
    refused(answer, 401)
    assert answer.headers["WWW-Authenticate"].startswith("Bearer ")


def test_a_secret_opens_only_with_the_part_that_finds_it(client, key, refused):
    first, second = key("write", name="a"), key("write", name="b")
    one, other = (headers["Authorization"].split("_", 2) for headers in (first, second))
    mixed = {"Authorization": "_".join((*one[:2], other[2]))}
    refused(client.get("/v1/statements", headers=mixed), 401)


def test_reading_needs_a_key_where_it_is_set_so(open_ledger, refused):
    client = open_ledger(reads_need_key="yes").test_client()
    refused(client.get("/v1/statements"), 401)
    refused(client.post("/v1/contradictions/check", json={"pairs": []}), 401)
    headers = {"Authorization": f"Bearer {keys.create('reader', ['read'])}"}
    assert client.get("/v1/statements", headers=headers).status_code == 200
    for address in ("/healthz", "/readyz", "/openapi.json", "/docs/", "/problems/key-needed"):
        assert client.get(address).status_code == 200, address


def test_calls_that_store_nothing_are_reads(client, key):
    reader = key("read")
    pairs = {"pairs": [{"a": {"text": "It rains"}, "b": {"text": "It does not rain"}}]}
    for address, body in {
        "/v1/contradictions/check": pairs,
        "/v1/statements?dry_run=true": BODY,
        "/v1/articles?dry_run=true": {"source": {"title": "Nothing"}, "text": "Nothing was said."},
    }.items():
        assert client.post(address, json=body, headers=reader).status_code == 200, address
    for asked in ("false", "0", "perhaps", ""):
        answer = client.post(f"/v1/statements?dry_run={asked}", json=BODY, headers=reader)
        assert answer.status_code == 403, asked


def test_a_dry_run_of_an_import_is_no_read(client, key, refused):
    """It takes as long as the import, of however many lines."""
    reader = key("read")
    for headers in ({}, reader):
        for path, body in (
            ("/v1/statements/import", b""),
            ("/v1/reviews/import", b"[]"),
        ):
            media_type = "application/x-ndjson" if "statements" in path else "application/json"
            answer = client.post(
                f"{path}?dry_run=true", data=body, content_type=media_type, headers=headers
            )
            refused(answer, 403 if headers else 401)


def test_what_a_key_changes_stands_under_its_name_with_the_reason(client, key, listing):
    headers = {
        **key("write", name="desk"),
        "X-Change-Reason": "Wörtlich".encode().decode("latin-1"),
    }
    client.post("/v1/statements", json=BODY, headers=headers)
    (version,) = listing("/v1/statements/1/history")
    assert (version["who"], version["why"]) == ("desk", "Wörtlich")


def test_the_next_request_has_no_author_of_the_one_before(client, key, listing):
    client.post("/v1/statements", json=BODY, headers=key("admin", name="desk"))
    keys.ApiKey.erase(True)
    client.patch("/v1/statements/1", json={"role": "Mayor"})
    assert [version["who"] for version in listing("/v1/statements/1/history")] == ["desk", None]


def test_a_reason_that_is_too_long_or_no_text_is_refused(client, refused):
    for reason in ("x" * 1001, "\xff\xfe"):
        headers = {"X-Change-Reason": reason}
        refused(client.post("/v1/statements", json=BODY, headers=headers), 422)


def test_every_operation_has_a_scope(app):
    """A call that is added shows up here by its method, and must be told apart knowingly."""
    scopes = {}
    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith("/v1/"):
            continue
        view = app.view_functions[rule.endpoint]
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            safe = method == "GET"
            scopes[f"{method} {rule.rule}"] = getattr(view, "scope", "read" if safe else "write")
    assert {call for call, scope in scopes.items() if scope == "review"} == {
        "PATCH /v1/contradictions/<id:id>",
        "POST /v1/contradictions",
    }
    read = {call for call, scope in scopes.items() if scope == "read" and "GET" not in call}
    assert read == {"POST /v1/contradictions/check", "POST /v1/reconcile"}


def test_each_scope_against_every_operation(app, client, key):
    """401 without a key, 403 with a lesser one, and neither with the right one."""
    given = {scope: key(scope) for scope in keys.SCOPES}
    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith("/v1/"):
            continue
        view = app.view_functions[rule.endpoint]
        address = re.sub(r"<id:\w+>", "999", rule.rule)
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            needed = getattr(view, "scope", "read" if method == "GET" else "write")
            answer = client.open(address, method=method)
            assert (answer.status_code == 401) == (needed != "read"), rule
            for scope, headers in given.items():
                opens = scope in (needed, "admin") or needed == "read"
                answer = client.open(address, method=method, headers=headers)
                assert (answer.status_code == 403) != opens, (rule, method, scope)
                assert answer.status_code < 500


def test_an_expired_key_says_so(client, app, refused):
    token = keys.create("old", ["write"], datetime(2020, 1, 1, tzinfo=UTC))
    answer = client.get("/v1/statements", headers={"Authorization": f"Bearer {token}"})
    assert "expired at 2020-01-01" in refused(answer, 401)["detail"]


def test_a_rotated_key_has_a_new_secret(client, app, refused):
    old, new = keys.create("desk", ["write"]), keys.rotate("desk")
    refused(client.get("/v1/statements", headers={"Authorization": f"Bearer {old}"}), 401)
    answer = client.get("/v1/statements", headers={"Authorization": f"Bearer {new}"})
    assert answer.status_code == 200


@pytest.mark.sqlite
def test_no_secret_is_in_the_file(app, tmp_path):
    token = keys.create("desk", ["write"])
    keys.ApiKey._meta.database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    file = app.config["SETTINGS"].database_url.removeprefix("sqlite:///")
    with open(file, "rb") as ledger:
        assert token.split("_", 2)[2].encode() not in ledger.read()
