"""``/v1/sources``: the documents statements appeared in."""

import pytest


def test_a_source_is_shown_whole(client, add):
    given = {
        "title": "Hafenbericht",
        "url": "https://kurier.example/hafen?seite=1#oben",
        "publisher": "Der Kurier",
        "published_on": "2026-03",
        "language": "de",
    }
    made = add("/v1/sources", **given)
    shown = client.get(f"/v1/sources/{made['id']}").json
    assert shown == made
    assert {name: shown[name] for name in given} == given
    assert shown["version"] == 1


def test_a_source_is_the_same_when_its_url_is(client, add):
    first = add("/v1/sources", url="https://kurier.example/1", title="Hafenbericht")
    again = client.post("/v1/sources", json={"url": "https://kurier.example/1", "title": "Neu"})
    assert (again.status_code, again.json) == (200, first)


def test_without_a_url_a_source_is_the_same_when_all_else_is(client, add):
    same = {"title": "Hafenbericht", "publisher": "Kurier", "published_on": "2026-03-15"}
    first = add("/v1/sources", **same)
    assert client.post("/v1/sources", json=same | {"language": "de"}).json == first
    others = [
        add("/v1/sources", **same, url="https://kurier.example/1"),
        add("/v1/sources", **(same | {"published_on": "2026-03-16"})),
        add("/v1/sources", **(same | {"publisher": "Bote"})),
        add("/v1/sources", title="Hafenbericht"),
    ]
    assert len({first["id"], *(each["id"] for each in others)}) == 5
    assert client.post("/v1/sources", json={"title": "Hafenbericht"}).status_code == 200


def test_filters_by_url_and_publisher(add, ids):
    one = add("/v1/sources", url="https://a.example/1", publisher="Der Kurier")["id"]
    two = add("/v1/sources", url="https://a.example/2", publisher="Bote")["id"]
    add("/v1/sources", title="Rede")
    assert ids("/v1/sources", url="https://a.example/1") == [one]
    assert ids("/v1/sources", url=["https://a.example/2", "https://a.example/1"]) == [one, two]
    assert ids("/v1/sources", publisher="DER kurier") == [one]
    assert ids("/v1/sources", publisher=["Bote", "Der Kurier"]) == [one, two]
    assert ids("/v1/sources", publisher="Bote", url="https://a.example/1") == []


def test_a_revised_source_shows_in_its_statements_and_filters(client, record, ids):
    statement = record(source={"title": "Hafenbericht", "publisher": "Kurier"})
    changes = {"title": "Bericht vom Hafen", "publisher": "Bote"}
    answer = client.patch(f"/v1/sources/{statement['source']['id']}", json=changes)
    assert (answer.status_code, answer.json["version"]) == (200, 2)
    shown = client.get(f"/v1/statements/{statement['id']}").json["source"]
    assert (shown["title"], shown["publisher"]) == ("Bericht vom Hafen", "Bote")
    assert ids("/v1/statements", publisher="bote") == [statement["id"]]
    assert ids("/v1/statements", publisher="kurier") == []


def test_a_source_is_not_revised_into_another_or_into_nothing(client, add, refused):
    one = add("/v1/sources", url="https://a.example/1")
    two = add("/v1/sources", title="Rede")
    taken = client.patch(f"/v1/sources/{two['id']}", json={"url": "https://a.example/1"})
    assert refused(taken, 409)["source"] == one["id"]
    refused(client.patch(f"/v1/sources/{two['id']}", json={"title": None}), 422, pointer="/title")
    assert client.get(f"/v1/sources/{two['id']}").json == two


def test_a_source_in_which_nothing_appeared_is_deleted(client, add):
    address = f"/v1/sources/{add('/v1/sources', title='Rede')['id']}"
    assert client.delete(address).status_code == 204
    assert client.get(address).status_code == 404
    assert client.delete(address).status_code == 404


def test_a_source_something_appeared_in_is_not_deleted_and_it_is_named(client, record, refused):
    first = record("Eins", source={"title": "Kurier"})
    also = record("Zwei", source={"title": "Bote"})
    record("Eins", source={"title": "Bote"}, status=200)
    problem = refused(client.delete(f"/v1/sources/{also['source']['id']}"), 409)
    assert sorted(problem["resting"]["statements"]) == [first["id"], also["id"]]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/title"),
        ({"publisher": "Kurier"}, "/title"),
        ({"title": None}, "/title"),
        ({"title": " "}, "/title"),
        ({"url": "ftp://a.example/1"}, "/url"),
        ({"url": "javascript:alert(1)"}, "/url"),
        ({"url": "a.example/1"}, "/url"),
        ({"url": "http://"}, "/url"),
        ({"url": "https://a example/"}, "/url"),
        ({"url": 5}, "/url"),
        ({"title": "K", "published_on": "2026-02-30"}, "/published_on"),
        ({"title": "K", "published_on": "gestern"}, "/published_on"),
        ({"title": "K", "language": "deutsch"}, "/language"),
        ({"title": "K", "language": 1}, "/language"),
        ({"title": "K", "author": "A"}, "/author"),
        ({"title": "K\ud800"}, "/title"),
    ],
)
def test_what_a_source_cannot_be_is_refused_by_field(empty_client, refused, body, pointer):
    refused(empty_client.post("/v1/sources", json=body), 422, pointer=pointer)


@pytest.mark.parametrize(
    "url", ["http://localhost:8000/x", "https://127.0.0.1/", "HTTPS://A.example/%C3%A9?q=a&b#c"]
)
def test_any_http_address_is_taken_as_it_was_sent(add, url):
    assert add("/v1/sources", url=url)["url"] == url


def test_the_same_source_at_once_is_made_once(at_once, ids):
    body = {"title": "Kurier"}
    answers = at_once(*[lambda caller: caller.post("/v1/sources", json=body)] * 4)
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]
    assert len(ids("/v1/sources")) == 1
