"""``GET /v1/statements/counts``: how many statements each value has, under the list's filters."""

import calendar

import pytest

from api.ledger.queries.statements import counts

COUNTS = "/v1/statements/counts"
GAZETTE = {"url": "https://gazette.example/1", "publisher": "The Gazette"}
COURIER = {"url": "https://courier.example/1", "publisher": "Courier"}
UNNAMED_SITE = {"url": "https://blog.example/1"}


@pytest.fixture
def counted(listing):
    """The counts by one thing, by value."""

    def count(by, **filters):
        return {item["value"]: item["count"] for item in listing(COUNTS, by=by, **filters)}

    return count


def test_speakers_come_with_their_names_the_most_frequent_first(client, record):
    for speaker in ("Anna Berg", "Bo Falk", "Bo Falk"):
        record(speaker=speaker)
    answer = client.get(COUNTS, query_string={"by": "speaker"}).json
    anna, bo = (
        {"id": n, "name": name, "kind": "person"} for n, name in ((1, "Anna Berg"), (2, "Bo Falk"))
    )
    assert answer == {
        "by": "speaker",
        "total": 3,
        "capped": False,
        "items": [
            {"value": "2", "label": "Bo Falk", "speaker": bo, "count": 2},
            {"value": "1", "label": "Anna Berg", "speaker": anna, "count": 1},
        ],
        "next": None,
    }


def test_a_statement_counts_for_each_of_its_topics_and_under_null_without_one(client, record):
    record(topics=["harbour", "budget"])
    record(topics=["harbour"])
    record()
    answer = client.get(COUNTS, query_string={"by": "topic"}).json
    assert [(item["value"], item["count"]) for item in answer["items"]] == [
        ("harbour", 2),
        (None, 1),
        ("budget", 1),
    ]
    assert answer["total"] == 3


def test_a_statement_counts_once_for_each_publisher_it_appeared_at(client, record, counted):
    several = record(source=GAZETTE)["id"]
    for source in (
        {"url": "https://gazette.example/2", "publisher": "the gazette"},
        COURIER,
        UNNAMED_SITE,
    ):
        added = client.post(f"/v1/statements/{several}/appearances", json={"source": source})
        assert added.status_code == 201
    record(source=UNNAMED_SITE)
    record()
    assert counted("publisher") == {"the gazette": 1, "courier": 1, None: 2}
    labels = [item["label"] for item in client.get(f"{COUNTS}?by=publisher").json["items"]]
    assert labels == [None, "Courier", "The Gazette"]


def test_kinds_are_counted(record, counted):
    record(kind="quote")
    record()
    record()
    assert counted("kind") == {"claim": 2, "quote": 1}


DATES = [
    "2025-11-30/2025-12-01",  # of no one month
    "2025-12-31/2026-01-01",  # of no one year either
    "2025-12-10",
    "2025-12-10~",
    "2025-12",
    "2025",
    "2025-12-01/..",
    "2024-02-29",
    None,
]


def test_years_and_months_come_in_the_order_of_time_and_null_last(client, record):
    for date in DATES:
        record(said_on=date)
    years = client.get(f"{COUNTS}?by=year").json["items"]
    months = client.get(f"{COUNTS}?by=month").json["items"]
    assert [(i["value"], i["count"]) for i in years] == [("2024", 1), ("2025", 5), (None, 3)]
    assert [(i["value"], i["count"]) for i in months] == [("2024-02", 1), ("2025-12", 3), (None, 5)]


@pytest.mark.parametrize("by", ["year", "month"])
def test_a_period_counts_what_the_list_finds_within_it(record, counted, ids, by):
    for date in DATES:
        record(said_on=date)
    for period, count in counted(by).items():
        if period is not None:
            first, last = period, period
            if by == "year":
                first, last = f"{period}-01", f"{period}-12"
            year, month = map(int, last.split("-"))
            days = calendar.monthrange(year, month)[1]
            found = ids(
                "/v1/statements",
                said_from=f"{first}-01",
                said_to=f"{last}-{days}",
                said_match="within",
            )
            assert len(found) == count


@pytest.mark.parametrize("by", ["speaker", "topic", "publisher", "kind"])
def test_a_value_is_what_the_filter_of_its_name_takes(record, counted, ids, by):
    record(speaker="Anna Berg", topics=["harbour"], source=GAZETTE, kind="quote")
    record(speaker="Anna Berg", topics=["harbour", "budget"], source=GAZETTE)
    record(speaker="Bo Falk", topics=["budget"], source=COURIER)
    for value, count in counted(by).items():
        assert len(ids("/v1/statements", **{by: value})) == count


@pytest.mark.parametrize(
    "filters",
    [
        {"q": "hafen"},
        {"kind": "quote"},
        {"speaker": "Berg"},
        {"source": 1},
        {"publisher": "the gazette"},
        {"topic": "Harbour"},
        {"language": "fr"},
        {"external_id": "a-1"},
        {"status": "retracted"},
        {"said_from": "2025-01-01"},
        {"said_to": "2024-12-31", "said_match": "certain"},
        {"contradicted": "true"},
    ],
)
def test_counts_stand_under_the_filters_of_the_list(client, record, oppose, counted, ids, filters):
    anna = {"name": "Anna Berg", "kind": "person", "aliases": ["Berg"]}
    first = record("Der Hafen bleibt", speaker=anna, source=GAZETTE, external_id="a-1")
    record(kind="quote", topics=["harbour"], said_on="2025-05-01", language="fr")
    record(speaker="Bo Falk", said_on="2024-05-01")
    client.delete(f"/v1/statements/{record(speaker='Cy Holm')['id']}")
    oppose(first=first["id"])
    everything = sum(counted("speaker").values())
    found = ids("/v1/statements", **filters)
    assert found and len(found) < everything
    for by in ("speaker", "kind", "year", "month", "publisher"):
        answer = client.get(COUNTS, query_string={"by": by, **filters}).json
        assert answer["total"] == len(found)
        assert sum(item["count"] for item in answer["items"]) == len(found)


@pytest.mark.parametrize("by", ["speaker", "topic", "publisher", "kind", "year", "month"])
def test_of_many_those_said_last_are_counted(client, record, monkeypatch, by):
    monkeypatch.setattr(counts, "MOST_COUNTED", 2)
    for day, kind in (("2024-01-01", "quote"), ("2026-01-02", "claim"), ("2026-01-03", "claim")):
        record(
            said_on=day,
            kind=kind,
            speaker=kind,
            topics=[kind],
            source={"url": f"https://a.example/{day}", "publisher": kind},
        )
    answer = client.get(COUNTS, query_string={"by": by}).json
    assert (answer["total"], answer["capped"]) == (2, True)
    assert [item["count"] for item in answer["items"]] == [2]
    answer = client.get(COUNTS, query_string={"by": by, "kind": "claim"}).json
    assert (answer["total"], answer["capped"]) == (2, False)


def test_counts_come_in_pages(client, record, listing):
    for number in range(5):
        for _ in range(1 + number % 2):
            record(speaker=f"Sprecher {number}")
    whole = client.get(f"{COUNTS}?by=speaker").json["items"]
    first = client.get(f"{COUNTS}?by=speaker&limit=2")
    assert first.json["items"] == whole[:2]
    assert first.headers["Link"] == f'<{first.json["next"]}>; rel="next"'
    assert listing(COUNTS, by="speaker", limit=2) == whole
    assert listing(COUNTS, by="month", limit=1) == [
        {"value": None, "label": None, "speaker": None, "count": 7}
    ]


def test_counts_carry_an_etag_until_the_ledger_changes(client, record):
    record()
    tag = client.get(f"{COUNTS}?by=kind").headers["ETag"]
    assert client.get(f"{COUNTS}?by=kind", headers={"If-None-Match": tag}).status_code == 304
    record()
    assert client.get(f"{COUNTS}?by=kind", headers={"If-None-Match": tag}).status_code == 200


def test_an_empty_ledger_counts_nothing(empty_client):
    answer = empty_client.get(f"{COUNTS}?by=topic").json
    assert answer == {"by": "topic", "total": 0, "capped": False, "items": [], "next": None}


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("", "by"),
        ("by=colour", "by"),
        ("by=kind&by=topic", "by"),
        ("by=kind&sort=said_on", "sort"),
        ("by=kind&limit=0", "limit"),
        ("by=kind&limit=201", "limit"),
        ("by=kind&cursor=x", "cursor"),
        ("by=kind&said_match=within", "said_match"),
        ("by=kind&q=!", "q"),
    ],
)
def test_wrong_counts_are_refused_by_parameter(empty_client, refused, query, parameter):
    refused(empty_client.get(f"{COUNTS}?{query}"), 422, parameter=parameter)


def test_a_cursor_of_other_counts_is_refused(client, record, refused):
    for speaker in ("Anna Berg", "Bo Falk"):
        record(speaker=speaker)
    cursor = client.get(f"{COUNTS}?by=speaker&limit=1").json["next"].split("cursor=")[1]
    refused(client.get(f"{COUNTS}?by=topic&limit=1&cursor={cursor}"), 422, parameter="cursor")


def test_counts_come_as_a_table(client, record):
    for speaker in ("Bo Falk", "Anna Berg", "Bo Falk"):
        record(speaker=speaker)
    answer = client.get(f"{COUNTS}?by=speaker", headers={"Accept": "text/csv"})
    assert answer.text.splitlines() == [
        "value,label,speaker_id,speaker_name,speaker_kind,count",
        "1,Bo Falk,1,Bo Falk,person,2",
        "2,Anna Berg,2,Anna Berg,person,1",
    ]
