"""``topic=none`` and its like: the statements that lack something."""

import pytest

ADDRESS = "/v1/statements"


@pytest.fixture
def said(record, client):
    """Statements that each lack something else; gives their ids by what they lack."""
    whole = {
        "said_on": "2026-03-14",
        "topics": ["kran"],
        "source": {"url": "https://post.example/1", "publisher": "Hafenpost"},
    }
    made = {
        "nothing": record(**whole)["id"],
        "topic": record(**whole | {"topics": []})["id"],
        "said": record(**whole | {"said_on": None})["id"],
        "source": record(**whole | {"source": None})["id"],
        "publisher": record(**whole | {"source": {"url": "https://blog.example/1"}})["id"],
        "speaker": record(**whole, speaker={"name": "Leute am Kai", "kind": "unnamed"})["id"],
        "open": record(**whole | {"said_on": "2026-01-01/.."})["id"],
    }
    # Retracted, it is in no list.
    client.delete(f"{ADDRESS}/{record(topics=[])['id']}")
    return made


@pytest.fixture
def found(client):
    """The ids of the statements under filters."""

    def find(query):
        answer = client.get(f"{ADDRESS}?{query}")
        assert answer.status_code == 200, answer.text
        return {each["id"] for each in answer.json["items"]}

    return find


@pytest.mark.parametrize("sort", ["-said_on", "said_on", "-created_at"])
@pytest.mark.parametrize(
    ("name", "lacking"),
    [
        ("topic", ["topic"]),
        ("said", ["said"]),
        ("source", ["source"]),
        ("publisher", ["source", "publisher"]),
        ("speaker", ["speaker"]),
    ],
)
def test_none_finds_what_has_none(said, found, name, lacking, sort):
    assert found(f"{name}=none&sort={sort}") == {said[each] for each in lacking}


def test_it_goes_with_other_filters_and_with_itself(said, found):
    assert found("topic=none&publisher=Hafenpost") == {said["topic"]}
    assert found("topic=none&said=none") == set()
    assert found("publisher=none&source=none") == {said["source"]}
    assert found("topic=none&q=Aussage") == {said["topic"]}
    assert found("said=none&q=Aussage&sort=relevance") == {said["said"]}
    assert found("said=none&said_from=2026-01-01") == set()
    assert found("said=none&speaker=Anna%20Berg") == {said["said"]}
    assert found("speaker=none&kind=quote") == set()


def test_counts_stand_under_it(client, said):
    answer = client.get(f"{ADDRESS}/counts?by=kind&topic=none").json
    assert (answer["total"], answer["items"][0]["count"]) == (1, 1)
    by_topic = client.get(f"{ADDRESS}/counts?by=topic").json["items"]
    assert [each["count"] for each in by_topic if each["value"] is None] == [1]


def test_what_is_named_none_is_found_by_its_name(record, found):
    named = record(topics=["none"], source={"title": "x", "publisher": "None"})["id"]
    other = record(topics=[], source=None)["id"]
    assert found("topic=None") == found("publisher=None") == {named}
    assert found("topic=none") == found("publisher=none") == {other}


def test_it_stands_alone(empty_client, refused):
    for name in ("topic", "publisher", "speaker"):
        refused(empty_client.get(f"{ADDRESS}?{name}=none&{name}=x"), 422, parameter=name)
    refused(empty_client.get(f"{ADDRESS}?source=none&source=1"), 422, parameter="source")
    refused(empty_client.get(f"{ADDRESS}?source=nothing"), 422, parameter="source")
    refused(empty_client.get(f"{ADDRESS}?said=2026"), 422, parameter="said")
    past = "as_of=2026-01-01T00:00:00Z"
    for name in ("topic", "said"):
        refused(empty_client.get(f"{ADDRESS}?{name}=none&{past}"), 422)


def test_pages_go_on(record, client, listing):
    made = [record(topics=[])["id"] for _ in range(5)]
    for _ in range(5):
        record(topics=["kran"], said_on="2026-03-14")
    for query in ({"topic": "none"}, {"said": "none"}):
        assert sorted(each["id"] for each in listing(ADDRESS, limit=2, **query)) == made
