"""Counts of contradictions, reviews and speakers: totals under the filters of their lists."""

import pytest

from api.ledger.queries import row_counts

AUTHOR = {"name": "Quay Facts"}


def counted(client, address, **query):
    answer = client.get(address, query_string=query)
    assert answer.status_code == 200, answer.text
    told = answer.json
    assert all(each.keys() == {"value", "label", "count"} for each in told["items"])
    return {each["value"]: each["count"] for each in told["items"]}, told


def test_contradictions_are_counted_by_what_they_are(client, record, oppose):
    made = [oppose()["id"] for _ in range(3)]
    client.patch(f"/v1/contradictions/{made[0]}", json={"status": "confirmed"})
    body = {"status": "dismissed", "reason": "misread"}
    client.patch(f"/v1/contradictions/{made[1]}", json=body)
    address = "/v1/contradictions/counts"
    found, told = counted(client, address, by="status")
    assert found == {"flagged": 1, "confirmed": 1}
    assert (told["by"], told["total"], told["capped"], told["next"]) == ("status", 2, False, None)
    statuses = ["flagged", "confirmed", "dismissed", "candidate"]
    assert counted(client, address, by="status", status=statuses)[1]["total"] == 3
    assert counted(client, address, by="nature")[0] == {"factual": 2}
    assert counted(client, address, by="basis")[0] == {"manual": 2}
    assert counted(client, address, by="scope", speaker="Bo Falk")[0] == {"cross_speaker": 2}
    assert counted(client, address, by="status", min_score=1, speaker="Nobody")[1]["total"] == 0


def test_a_contradiction_counts_for_each_basis_it_has(client, record):
    record("The harbour will be closed in May", language="en")
    record("The harbour will not be closed in May", language="en", speaker="Bo Falk")
    (raised,) = client.get("/v1/contradictions").json["items"]
    found, told = counted(client, "/v1/contradictions/counts", by="basis")
    assert found == dict.fromkeys(raised["basis"], 1)
    assert told["total"] == 1


def test_reviews_are_counted_by_label_author_and_language(client, record, add):
    statement = record()["id"]
    for number, (label, name, language) in enumerate(
        [("False", "Quay Facts", "en"), ("FALSE", "quay facts", None), (None, "Desk", "de")]
    ):
        rating = {"label": label} if label else {"value": 1}
        address = f"https://facts.example/{number}"
        author = {"name": name}
        add(
            "/v1/reviews",
            statement=statement,
            url=address,
            author=author,
            rating=rating,
            language=language,
        )
    address = "/v1/reviews/counts"
    found, told = counted(client, address, by="label")
    assert (found, told["total"]) == ({"false": 2, None: 1}, 3)
    assert [each["label"] for each in told["items"]] == ["FALSE", None]
    assert counted(client, address, by="author")[0] == {"quay facts": 2, "desk": 1}
    assert counted(client, address, by="language", author="Quay Facts")[0] == {"en": 1, None: 1}


def test_speakers_are_counted_by_kind(client, add):
    for name, kind in (("Anna Berg", "person"), ("Bo Falk", "person"), ("Amt", "organization")):
        add("/v1/speakers", name=name, kind=kind)
    address = "/v1/speakers/counts"
    found, told = counted(client, address, by="kind")
    assert (found, told["total"]) == ({"person": 2, "organization": 1}, 3)
    assert counted(client, address, by="kind", q="ber")[0] == {"person": 1}
    answer = client.get(f"{address}?by=kind&all=true", headers={"Accept": "text/csv"})
    assert answer.text == "value,label,count\r\nperson,person,2\r\norganization,organization,1\r\n"


def test_of_many_the_first_are_counted_and_it_says_so(client, add, monkeypatch):
    monkeypatch.setattr(row_counts, "MOST_COUNTED", 2)
    for name in ("Anna", "Bo", "Cyr"):
        add("/v1/speakers", name=name, kind="person")
    found, told = counted(client, "/v1/speakers/counts", by="kind")
    assert (found, told["total"], told["capped"]) == ({"person": 2}, 2, True)


@pytest.mark.parametrize("name", ["contradictions", "reviews", "speakers"])
def test_it_must_be_said_what_to_count_by(empty_client, refused, name):
    refused(empty_client.get(f"/v1/{name}/counts"), 422, parameter="by")
    refused(empty_client.get(f"/v1/{name}/counts?by=colour"), 422, parameter="by")
    refused(empty_client.get(f"/v1/{name}/counts?by=kind&sort=x"), 422)
