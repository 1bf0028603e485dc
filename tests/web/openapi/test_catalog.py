"""A program that knows the host alone finds the API by RFC 9727."""

import pytest

CATALOG = "/.well-known/api-catalog"


def test_the_catalog_leads_to_the_document_the_page_and_the_status(client):
    answer = client.get(CATALOG)
    assert answer.mimetype == "application/linkset+json"
    assert answer.mimetype_params["profile"] == "https://www.rfc-editor.org/info/rfc9727"
    (api,) = answer.get_json(force=True)["linkset"]
    assert api["anchor"] == "http://localhost/v1"
    for relation in ("service-desc", "service-doc", "status"):
        for target in api[relation]:
            address = target["href"].removeprefix("http://localhost")
            assert client.get(address).status_code == 200, address


def test_head_says_where_the_catalog_is(client):
    answer = client.head(CATALOG)
    assert answer.status_code == 200
    assert f'<{CATALOG}>; rel="api-catalog"' in answer.headers.getlist("Link")
    assert not answer.data


@pytest.mark.parametrize("address", ["/v1/statements/7", "/readyz", CATALOG])
def test_answers_that_are_no_pages_of_a_list_lead_to_the_description(client, address):
    links = client.get(address).headers.getlist("Link")
    assert '</openapi.json>; rel="service-desc"' in links
    assert '</docs/>; rel="service-doc"' in links


def test_an_unchanged_catalog_is_not_sent_again(client):
    tag = client.get(CATALOG).headers["ETag"]
    assert client.get(CATALOG, headers={"If-None-Match": tag}).status_code == 304
