"""``GET /v1/topics``: topics with how many active statements each has."""


def test_topics_are_listed_by_name_with_their_counts(record, listing):
    record(topics=["verkehr", "Peace Talks"])
    record(topics=["verkehr", "VERKEHR"])
    record()
    assert listing("/v1/topics") == [
        {"topic": "peace-talks", "statements": 1},
        {"topic": "verkehr", "statements": 2},
    ]


def test_a_count_follows_revisions_and_retractions(client, record, listing):
    first, second = record(topics=["a", "b"]), record(topics=["b"])
    client.patch(f"/v1/statements/{first['id']}", json={"topics": ["b", "c"]})
    assert {each["topic"]: each["statements"] for each in listing("/v1/topics")} == {
        "b": 2,
        "c": 1,
    }
    for statement in (second, second, first):
        client.delete(f"/v1/statements/{statement['id']}")
    assert listing("/v1/topics") == []


def test_a_repeated_recording_counts_once(record, listing):
    record("Eins", topics=["a"])
    record("Eins", topics=["a"], source={"title": "Kurier"}, status=200)
    assert listing("/v1/topics") == [{"topic": "a", "statements": 1}]


def test_topics_are_paged(record, listing):
    names = [f"topic-{letter}" for letter in "abcde"]
    record(topics=names)
    for limit in (1, 2, 5):
        assert [each["topic"] for each in listing("/v1/topics", limit=limit)] == names


def test_a_topic_keeps_its_script_and_needs_a_letter(client, record, refused):
    assert record(topics=["Мирні переговори", "和平"])["topics"] == ["мирні-переговори", "和平"]
    body = {"kind": "claim", "text": "So", "language": "de", "speaker": {"name": "Anna Berg"}}
    for topic in ("-", " ", "🚢"):
        answer = client.post("/v1/statements", json=body | {"topics": ["ok", topic]})
        refused(answer, 422, pointer="/topics/1")
