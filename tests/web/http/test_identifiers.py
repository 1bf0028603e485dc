"""Ids are integers from 1 to 2^63-1, in paths, in bodies and in filters."""

import pytest

NO_IDS = [
    "0",
    "-1",
    "+1",
    "1.0",
    "one",
    "1e3",
    "0x1",
    "%20",
    "1%20",
    "\u0661",
    "1_0",
    str(2**63),
    str(2**64),
    "9" * 30,
    "9" * 5000,
    "0" * 19 + "1" + "9" * 30,
]
PLACES = [
    "/v1/statements/{}",
    "/v1/statements/{}/appearances",
    "/v1/statements/{}/references",
    "/v1/statements/{}/history",
    "/v1/statements/{}/stances",
    "/v1/propositions/{}",
    "/v1/propositions/{}/stances",
    "/v1/speakers/{}",
    "/v1/sources/{}",
    "/v1/references/{}",
    "/v1/contradictions/{}",
]


@pytest.mark.parametrize("place", PLACES)
def test_what_is_no_id_in_a_path_names_nothing(empty_client, refused, place):
    for wrong in NO_IDS:
        answer = empty_client.get(place.format(wrong))
        assert answer.status_code == 404, (wrong[:40], answer.text)
        refused(answer, 404)


def test_the_largest_id_is_an_id_that_is_not_there(empty_client, refused):
    for place in PLACES:
        problem = refused(empty_client.get(place.format(2**63 - 1)), 404)
        assert str(2**63 - 1) in problem["detail"]


def test_a_wrong_id_is_told_what_an_id_is(empty_client, refused):
    for method in ("GET", "PATCH", "DELETE"):
        answer = empty_client.open("/v1/statements/one", method=method, json={})
        refused(answer, 404, parameter="id")


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("/v1/statements", "source"),
        ("/v1/contradictions", "statement"),
        ("/v1/references", "statement"),
        ("/v1/propositions", "statement"),
    ],
)
def test_what_is_no_id_in_a_filter_is_refused(empty_client, refused, address, parameter):
    for wrong in ("0", "-1", "1.0", "one", "", "1 ", "\u0661", "1_0", str(2**63), "9" * 5000):
        answer = empty_client.get(address, query_string={parameter: wrong})
        assert answer.status_code == 422, (wrong[:40], answer.text)
        refused(answer, 422, parameter=parameter)


@pytest.mark.parametrize("address", ["/v1/statements", "/v1/contradictions"])
def test_a_number_that_is_no_id_names_no_speaker(empty_client, refused, address):
    for wrong in ("0", str(2**63), str(2**64), "9" * 5000):
        answer = empty_client.get(address, query_string={"speaker": wrong})
        assert answer.status_code == 422, (wrong[:40], answer.text)
        refused(answer, 422, parameter="speaker")


@pytest.mark.parametrize("wrong", [0, -1, 2**63, 2**64, 10**400, "1", "one", 1.5, True, None, [1]])
def test_what_is_no_id_in_a_body_is_refused(client, record, refused, wrong):
    record()
    for address, body, pointer in (
        ("/v1/statements/1/appearances", {"source": {"id": wrong}}, "/source/id"),
        ("/v1/speakers/1/merge", {"into": wrong}, "/into"),
        (
            "/v1/references",
            {"kind": "quotes", "from_statement": 1, "to_statement": wrong},
            "/to_statement",
        ),
        ("/v1/contradictions", {"statements": [1, wrong], "nature": "factual"}, "/statements/1"),
    ):
        refused(client.post(address, json=body), 422, pointer=pointer)


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("/v1/statements/", "/v1/statements"),
        ("/v1/statements/?q=%C3%B6l&q=a%2Fb&limit=2", "/v1/statements?q=%C3%B6l&q=a%2Fb&limit=2"),
        ("/v1/statements/7/", "/v1/statements/7"),
        ("/v1/statements/7/history//", "/v1/statements/7/history"),
        ("/v1/reviews/import/?dry_run=true", "/v1/reviews/import?dry_run=true"),
        ("/v1/statements/7/stances/8/", "/v1/statements/7/stances/8"),
        ("/v1/contradictions.atom/", "/v1/contradictions.atom"),
        ("/healthz/", "/healthz"),
        ("/openapi.json/", "/openapi.json"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "HEAD"])
def test_a_slash_too_many_leads_to_the_address_without_it(empty_client, method, asked, meant):
    answer = empty_client.open(asked, method=method, json={} if method != "GET" else None)
    assert answer.status_code == 308
    assert answer.headers["Location"] == meant


@pytest.mark.parametrize(
    "asked",
    [
        "/v1/nothing/",
        "/v1/statements/one/",
        "/v1/",
        "//evil.example/",
        "///evil.example/v1/x/",
        "/%2f/evil.example/",
        "/\\evil.example/",
        "/v1/statements/7/ /",
        "/.//evil.example//",
    ],
)
def test_what_leads_nowhere_without_its_slash_leads_nowhere(empty_client, asked):
    answer = empty_client.get(asked)
    if answer.status_code == 308:
        # Slashes within are merged, on this host.
        location = answer.headers["Location"]
        assert location.startswith("http://localhost/") and "//" not in location[7:]
    else:
        # Of a host that is not this one, or of no resource.
        assert answer.status_code in (404, 421)
