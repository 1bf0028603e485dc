"""``GET /v1/statements``: every filter alone and some in pairs, every order."""

import pytest


@pytest.fixture
def found(listing):
    """The texts that the list gives under some filters, in its order."""

    def read(**parameters):
        return [item["text"] for item in listing("/v1/statements", **parameters)]

    return read


def test_filters_by_kind(record, found):
    record("c", kind="claim")
    record("q", kind="quote")
    assert found(kind="claim") == ["c"]
    assert sorted(found(kind=["claim", "quote"])) == ["c", "q"]


def test_filters_by_speaker_as_id_name_or_alias(record, found, add):
    anna = add("/v1/speakers", name="Anna Berg", kind="person", aliases=["A. B."])
    record("a", speaker="Anna Berg")
    record("b", speaker="Bo Falk")
    record("c", speaker="Cy Holm")
    for name in (anna["id"], "anna berg", "A. B."):
        assert found(speaker=name) == ["a"], name
    assert sorted(found(speaker=["Anna Berg", "Bo Falk"])) == ["a", "b"]
    assert found(speaker="Nobody") == found(speaker=999) == []


def test_a_speakers_name_that_fits_several_is_refused_with_candidates(client, add, refused):
    twins = [
        add("/v1/speakers", name="Jan Maas", kind="person", distinct=distinct)["id"]
        for distinct in (False, True)
    ]
    problem = refused(client.get("/v1/statements?speaker=Jan Maas"), 409)
    assert [each["id"] for each in problem["candidates"]] == twins
    assert client.get(f"/v1/statements?speaker={twins[0]}").status_code == 200


def test_filters_by_any_source_or_publisher_it_appeared_in(record, found):
    kurier = {"title": "Hafenbericht", "publisher": "Der Kurier"}
    bote = {"title": "Meldung", "publisher": "Bote"}
    first = record("a", source=kurier)["source"]["id"]
    record("a", source=bote, status=200)
    second = record("b", source=bote)["source"]["id"]
    assert found(source=first) == ["a"]
    assert sorted(found(source=second)) == ["a", "b"]
    assert sorted(found(source=[first, second])) == ["a", "b"]
    assert found(publisher="der kurier") == ["a"]
    assert sorted(found(publisher=["Bote", "Der Kurier"])) == ["a", "b"]
    assert found(publisher="Kurier") == []


def test_filters_by_topic_however_it_is_written(record, found):
    record("a", topics=["Peace Talks", "trade"])
    record("b", topics=["trade"])
    record("c")
    assert found(topic="peace-talks") == found(topic="PEACE talks") == ["a"]
    assert sorted(found(topic="trade")) == ["a", "b"]
    assert sorted(found(topic=["peace-talks", "trade"])) == ["a", "b"]


def test_filters_by_language_and_external_id(record, found):
    record("a", language="de", external_id="x-1")
    record("b", language="fr", external_id="x-2")
    record("c", language="pt-BR")
    assert found(language="fr") == ["b"]
    assert sorted(found(language=["fr", "pt-BR"])) == ["b", "c"]
    assert found(external_id="x-1") == ["a"]
    assert sorted(found(external_id=["x-1", "x-2", "x-3"])) == ["a", "b"]


def test_filters_by_status_and_gives_the_active_without(client, record, found):
    gone = record("a")
    record("b")
    client.delete(f"/v1/statements/{gone['id']}")
    assert found() == found(status="active") == ["b"]
    assert found(status="retracted") == ["a"]
    assert sorted(found(status=["active", "retracted"])) == ["a", "b"]


def test_filters_by_whether_it_is_contradicted(client, record, oppose, found):
    sides = [record("a")["id"], record("b", speaker="Bo Falk")["id"]]
    record("c")
    pair = oppose(*sides)
    assert sorted(found(contradicted="true")) == ["a", "b"]
    assert found(contradicted="false") == ["c"]
    client.patch(
        f"/v1/contradictions/{pair['id']}", json={"status": "dismissed", "reason": "misread"}
    )
    assert found(contradicted="true") == []


def test_filters_are_joined_by_and(record, found):
    record("a", speaker="Anna Berg", topics=["trade"], kind="quote", said_on="2026-01-01")
    record("b", speaker="Anna Berg", topics=["peace"], kind="quote", said_on="2026-02-01")
    record("c", speaker="Bo Falk", topics=["trade"], said_on="2026-01-01")
    assert found(speaker="Anna Berg", topic="trade") == ["a"]
    assert found(topic="trade", kind="claim") == ["c"]
    assert found(said_to="2026-01-31", speaker="Anna Berg") == ["a"]
    assert found(q="c", speaker="Anna Berg") == []
    assert sorted(found(topic=["trade", "peace"], speaker=["Anna Berg"])) == ["a", "b"]


DATED = {
    "day": "2026-03-14",
    "month": "2026-03",
    "about": "2026-03-14~",
    "maybe": "2026-03-14?",
    "days": "2026-03-10/2026-03-20",
    "until": "../2026-03-14",
    "since": "2026-03-14/..",
    "never": None,
}


@pytest.mark.parametrize(
    ("match", "dates", "expected"),
    [
        ("overlaps", ("2026-03-14", "2026-03-14"), "about day days maybe month since until"),
        ("overlaps", ("2026-03-15", "2026-03-19"), "days month since"),
        ("overlaps", ("2026-04-01", None), "since"),
        ("overlaps", (None, "2026-03-09"), "month until"),
        ("overlaps", ("2027-01-01", "2027-01-01"), "since"),
        ("overlaps", ("2000-01-01", "2000-01-01"), "until"),
        ("within", ("2026-03-14", "2026-03-14"), "about day maybe"),
        ("within", ("2026-03-10", "2026-03-20"), "about day days maybe"),
        ("within", ("2026-03-01", "2026-03-31"), "about day days maybe month"),
        ("within", ("2026-03-01", "2099-01-01"), "about day days maybe month"),
        ("within", ("1900-01-01", "2026-03-14"), "about day maybe"),
        ("certain", ("2026-03-14", "2026-03-14"), "day"),
        ("certain", ("2026-03-01", "2026-03-31"), "day days month"),
        ("certain", ("2026-03-01", None), "day days month"),
        ("certain", (None, "2026-03-31"), "day days month"),
    ],
)
def test_dates_match_as_they_are_asked_to(record, found, match, dates, expected):
    for text, said_on in DATED.items():
        record(text, said_on=said_on)
    given = {name: day for name, day in zip(("said_from", "said_to"), dates, strict=True) if day}
    assert sorted(found(said_match=match, **given)) == expected.split()
    if match == "overlaps":
        assert sorted(found(**given)) == expected.split()


def test_dates_the_wrong_way_round_are_refused(client, refused):
    answer = client.get("/v1/statements?said_from=2026-03-15&said_to=2026-03-14")
    refused(answer, 422, parameter="said_to")
    same_day = client.get("/v1/statements?said_from=2026-03-14&said_to=2026-03-14")
    assert same_day.status_code == 200


def test_sorts_by_date_with_unknown_dates_last_in_both_directions(record, found):
    for text, said_on in (
        ("undated", None),
        ("wide", "2026-01-01/2026-12-31"),
        ("march", "2026-03-01"),
        ("until june", "../2026-06-01"),
        ("since may", "2026-05-01/.."),
        ("also march", "2026-03-01"),
    ):
        record(text, said_on=said_on)
    latest_first = ["wide", "until june", "also march", "march", "since may", "undated"]
    assert found() == found(sort="-said_on") == latest_first
    earliest_first = ["wide", "march", "also march", "since may", "undated", "until june"]
    assert found(sort="said_on") == earliest_first


def test_sorts_by_when_it_was_recorded(record, found):
    for text in ("a", "b", "c"):
        record(text, said_on="2026-01-01")
    assert found(sort="-created_at") == ["c", "b", "a"]


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("kind", "rumour"),
        ("status", "deleted"),
        ("sort", "text"),
        ("sort", "relevance"),
        ("said_match", "roughly"),
        ("said_from", "yesterday"),
        ("said_to", "2026-02-30"),
        ("contradicted", "perhaps"),
        ("source", "kurier"),
        ("limit", "0"),
        ("limit", "-1"),
        ("limit", "201"),
        ("limit", "ten"),
        ("limit", ""),
        ("cursor", "nonsense"),
        ("cursor", ""),
    ],
)
def test_a_parameter_that_cannot_be_is_refused_by_name(empty_client, refused, parameter, value):
    answer = empty_client.get("/v1/statements", query_string={parameter: value})
    refused(answer, 422, parameter=parameter)


def test_a_single_parameter_given_twice_is_refused_by_name(client, refused):
    for query in ("sort=said_on&sort=-said_on", "said_from=2026-01-01&said_from=2026-01-02"):
        refused(client.get(f"/v1/statements?{query}"), 422, parameter=query.partition("=")[0])
