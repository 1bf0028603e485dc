"""What is served: JSON, to who accepts it, and told what is where nothing fits."""

import json
import re
from datetime import UTC, datetime

import pytest


@pytest.mark.parametrize(
    "accept",
    [
        None,
        "*/*",
        "application/json",
        "application/*",
        "text/html, application/json;q=0.1",
        "image/png, */*;q=0.01",
        "application/json; charset=utf-8",
        "application/problem+json",
    ],
)
def test_json_is_served_to_who_accepts_it(client, record, accept):
    record("שלום 🚢")
    headers = {"Accept": accept} if accept else {}
    for address in ("/v1/statements", "/v1/statements/1", "/v1/statements/1/references"):
        answer = client.get(address, headers=headers)
        assert (answer.status_code, answer.mimetype) == (200, "application/json")
        json.loads(answer.data.decode("utf-8"))


@pytest.mark.parametrize("accept", ["text/html", "image/*", "application/json;q=0", "text/csv;q=0"])
def test_what_is_not_served_is_406_with_what_is(empty_client, refused, accept):
    for method in ("GET", "POST"):
        answer = empty_client.open(
            "/v1/statements", method=method, json={}, headers={"Accept": accept}
        )
        problem = refused(answer, 406)
        assert "application/json" in problem["available"]


def test_who_only_says_how_refusals_are_taken_is_served_what_there_is(client, record):
    record()
    headers = {"Accept": "application/problem+json"}
    assert client.get("/v1/contradictions.atom", headers=headers).status_code == 200
    assert client.delete("/v1/statements/1", headers=headers).status_code == 204


def test_a_406_stores_nothing(empty_client, refused):
    body = {"name": "Anna Berg", "kind": "person"}
    refused(empty_client.post("/v1/speakers", json=body, headers={"Accept": "image/png"}), 406)
    assert empty_client.get("/v1/speakers").json["items"] == []


def test_an_answer_tells_caches_to_ask_again(client, record):
    record()
    for address in ("/v1/statements", "/v1/statements/1"):
        headers = client.get(address).headers
        assert headers["Cache-Control"] == "no-cache"
        assert "Accept" in headers["Vary"]


def test_times_are_rfc_3339_in_utc(record):
    statement = record()
    for name in ("created_at", "updated_at"):
        moment = datetime.fromisoformat(statement[name])
        assert statement[name].endswith("Z")
        assert abs((datetime.now(UTC) - moment).total_seconds()) < 60


def test_the_document_and_its_page_are_served(empty_client):
    document = empty_client.get("/openapi.json")
    assert document.json["openapi"].startswith("3.1")
    assert empty_client.get("/openapi.yaml").status_code == 200
    page = empty_client.get("/docs/", headers={"Accept": "text/html"})
    assert (page.status_code, page.mimetype) == (200, "text/html")
    parts = re.findall(r'(?:src|href)="([^"#]+)"', page.text)
    assert parts
    assert all(part.startswith(("./", "/docs/")) for part in parts), parts


def test_of_what_a_call_serves_the_caller_gets_what_it_prefers(app):
    view = app.view_functions["statements.list_statements"]
    served = getattr(view, "media_types", None)
    view.media_types = ("application/json", "application/ld+json")
    try:
        client = app.test_client()
        for accept, expected in {
            "application/ld+json": "application/ld+json",
            "application/*": "application/json",
            "application/json;q=0.5, application/ld+json": "application/ld+json",
            "application/json, application/ld+json": "application/json",
            "application/*, application/json;q=0.1": "application/ld+json",
        }.items():
            answer = client.get("/v1/statements", headers={"Accept": accept})
            assert answer.mimetype == expected, accept
        tags = {
            client.get("/v1/statements", headers={"Accept": accept}).headers["ETag"]
            for accept in ("application/json", "application/ld+json")
        }
        assert len(tags) == 2
    finally:
        view.media_types = served or ("application/json",)


def test_csv_begins_with_a_mark_where_it_is_asked_for(client, record):
    record("Größe")
    plain = client.get("/v1/statements", headers={"Accept": "text/csv"})
    for asked in (
        "text/csv; charset=utf-8-bom",
        'text/csv;charset="UTF-8-BOM"',
        "application/xml;q=0.1, text/csv;header=present;charset=utf-8-bom;q=0.9",
    ):
        for address in ("/v1/statements", "/v1/statements?all=true"):
            marked = client.get(address, headers={"Accept": asked})
            assert marked.content_type == "text/csv; charset=utf-8"
            assert marked.data == b"\xef\xbb\xbf" + plain.data
            assert marked.headers["ETag"] != plain.headers["ETag"]
            held = {"Accept": asked, "If-None-Match": marked.headers["ETag"]}
            assert client.get(address, headers=held).status_code == 304
    for asked in ("text/csv; charset=utf-8", "text/csv", "text/*; charset=utf-8-bom"):
        unmarked = client.get("/v1/statements", headers={"Accept": asked})
        assert unmarked.data == plain.data
    page = client.get("/v1/statements", headers={"Accept": "application/json; charset=utf-8-bom"})
    assert page.data.startswith(b"{")
