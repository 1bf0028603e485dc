"""``GET /v1/speakers/{id}/positions``: where a speaker stands over time, and what changed."""

import pytest

CLOSE = "The harbour should be closed"


@pytest.fixture
def close(add):
    return add("/v1/propositions", text=CLOSE, topics=["harbour"])["id"]


@pytest.fixture
def say(record, take):
    """Lets a speaker say something that takes a stand; gives its id."""

    def say_it(said_on, stance, proposition=1, *, text=None, **fields):
        condition = {"condition": fields.pop("condition")} if "condition" in fields else {}
        said = record(text, speaker="Ada Brook", said_on=said_on, **fields)["id"]
        take(said, proposition, stance, **condition)
        return said

    return say_it


@pytest.fixture
def positions(listing):
    return lambda speaker=1, **query: listing(f"/v1/speakers/{speaker}/positions", **query)


def changed(items):
    """(kind, order, earlier, later) of each change, in the order of the list."""
    return [
        (each["kind"], each["order"], *(side["id"] for side in each["statements"]))
        for item in items
        for each in item["changes"]
    ]


def said(items):
    return [item["statement"]["id"] for item in items]


def test_a_reversal_is_told_with_both_quotes(say, close, positions):
    second = say("2026-03-01", "denies", text="Der Hafen bleibt", source={"title": "Kurier"})
    first = say("2025-12-10", "affirms", text="Der Hafen geht zu", source={"title": "Bote"})
    items = positions()
    assert said(items) == [first, second]
    assert items[0]["changes"] == []
    assert items[1]["proposition"] == {"id": close, "text": CLOSE}
    assert [each["stance"] for each in items[1]["stances"]] == ["denies"]
    (change,) = items[1]["changes"]
    assert (change["kind"], change["order"]) == ("reversal", "certain")
    assert [side["text"] for side in change["statements"]] == [
        "Der Hafen geht zu",
        "Der Hafen bleibt",
    ]
    assert [side["source"]["title"] for side in change["statements"]] == ["Bote", "Kurier"]
    assert [each["stance"] for each in change["stances"]] == ["affirms", "denies"]
    assert change["why"] == "Ada Brook affirmed it (2025-12-10) and then denied it (2026-03-01)."
    assert change["contradiction"] == {"id": 1, "status": "flagged", "reason": None}


def test_a_condition_is_no_reversal(say, close, positions):
    yes = say("2026-01", "affirms")
    only_if = say("2026-02", "conditional", condition="wenn es Geld gibt")
    only_then = say("2026-03", "conditional", condition="wenn es alle wollen")
    yes_again = say("2026-04", "affirms")
    items = positions()
    assert changed(items) == [
        ("conditional", "certain", yes, only_if),
        ("conditional", "certain", only_if, only_then),
        ("conditional", "certain", only_then, yes_again),
    ]
    assert items[1]["changes"][0]["why"] == (
        "Ada Brook affirmed it (2026-01) and then set a condition for it (2026-02: “wenn es Geld "
        "gibt”)."
    )
    assert items[2]["changes"][0]["stances"][1]["condition"] == "wenn es alle wollen"


def test_a_reversal_over_a_condition_is_both(say, close, positions):
    yes = say("2026-01", "affirms")
    only_if = say("2026-02", "conditional")
    no = say("2026-03", "denies")
    assert changed(positions())[1:] == [
        ("reversal", "certain", yes, no),
        ("conditional", "certain", only_if, no),
    ]


def test_the_same_stand_in_other_words_is_a_refinement_and_in_the_same_words_nothing(
    say, close, positions
):
    say("2026-01", "affirms", text="Der Hafen geht zu")
    second = say("2026-02", "affirms", text="Der HAFEN  geht zu")
    third = say("2026-03", "affirms", text="Der Hafen geht im Mai zu")
    assert changed(positions()) == [("refinement", "certain", second, third)]


def test_an_unclear_stand_changes_nothing_and_hides_nothing(say, close, positions):
    yes, _, no = say("2026-01", "affirms"), say("2026-02", "unclear"), say("2026-03", "denies")
    assert changed(positions()) == [("reversal", "certain", yes, no)]


def test_who_turns_and_turns_back_reversed_twice(say, close, positions):
    yes, no, again = (
        say("2026-01", "affirms"),
        say("2026-02", "denies"),
        say("2026-03", "affirms"),
    )
    assert changed(positions()) == [
        ("reversal", "certain", yes, no),
        ("reversal", "certain", no, again),
    ]


def test_what_was_turned_already_is_not_turned_again(say, close, positions):
    yes, no = say("2026-01", "affirms"), say("2026-02", "denies")
    still = say("2026-03", "denies", text="Nein")
    assert changed(positions()) == [
        ("reversal", "certain", yes, no),
        ("refinement", "certain", no, still),
    ]


@pytest.mark.parametrize(
    ("first", "second", "kind", "order"),
    [
        ("2025-12-10", "2025-12-11", "reversal", "certain"),
        ("2025-11", "2025-12-10", "reversal", "certain"),
        ("../2024", "2025", "reversal", "certain"),
        ("2025-12-08/2025-12-10", "2025-12-11/..", "reversal", "certain"),
        ("2025-12-10~", "2026-01-15", "reversal", "likely"),
        ("2025?", "2026", "reversal", "likely"),
        ("2025-12-10", "2025-12-10", "inconsistency", "uncertain"),
        ("2025-12", "2025-12-10", "inconsistency", "uncertain"),
        ("2025-12-08/2025-12-11", "2025-12-11", "inconsistency", "uncertain"),
        ("2025/..", "2026", "inconsistency", "uncertain"),
        ("2025", "../2026", "inconsistency", "uncertain"),
        ("2025", None, "inconsistency", "uncertain"),
        (None, None, "inconsistency", "uncertain"),
    ],
)
@pytest.mark.parametrize("backwards", [False, True])
def test_uncertain_dates_are_ordered_by_what_is_certain(
    say, close, positions, first, second, kind, order, backwards
):
    if backwards:
        later, earlier = say(second, "denies"), say(first, "affirms")
    else:
        earlier, later = say(first, "affirms"), say(second, "denies")
    ((found, sure, *sides),) = changed(positions())
    assert (found, sure) == (kind, order)
    if kind == "reversal":
        assert sides == [earlier, later]
    else:
        assert set(sides) == {earlier, later}


def test_what_overlaps_does_not_hide_a_certain_reversal(say, close, positions):
    whole_year = say("2025", "affirms", text="Ja, zu")
    no = say("2025-01", "denies")
    yes = say("2025-06", "affirms", text="Doch, zu")
    assert changed(positions()) == [
        ("inconsistency", "uncertain", no, whole_year),
        ("reversal", "certain", no, yes),
        ("refinement", "uncertain", whole_year, yes),
    ]


def test_undated_statements_come_last_and_are_no_reversal(say, close, positions):
    undated = say(None, "denies")
    dated = say("2026-01", "affirms")
    items = positions()
    assert said(items) == [dated, undated]
    assert changed(items) == [("inconsistency", "uncertain", dated, undated)]
    assert items[1]["changes"][0]["why"] == (
        "Ada Brook affirmed it (2026-01) and denied it (undated). Which came first is not known."
    )


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        ("conditional", "conditional"),
        ("refinement", "refinement"),
        ("different_time", "dismissed"),
        ("restatement", "dismissed"),
    ],
)
def test_what_a_reviewer_dismissed_is_no_reversal(client, say, close, positions, reason, kind):
    first, second = say("2026-01", "affirms"), say("2026-02", "denies")
    client.patch("/v1/contradictions/1", json={"status": "dismissed", "reason": reason})
    items = positions()
    assert changed(items) == [(kind, "certain", first, second)]
    (change,) = items[1]["changes"]
    assert change["contradiction"] == {"id": 1, "status": "dismissed", "reason": reason}
    assert change["why"] == f"A reviewer dismissed the contradiction as {reason}."


def test_a_confirmed_one_is_a_reversal_and_says_so(client, say, close, positions):
    say("2026-01", "affirms"), say("2026-02", "denies")
    client.patch("/v1/contradictions/1", json={"status": "confirmed"})
    (change,) = positions()[1]["changes"]
    assert change["kind"] == "reversal"
    assert change["contradiction"]["status"] == "confirmed"


def test_of_several_the_dismissed_does_not_hide_the_others(client, say, close, positions):
    old, new = say("2024", "affirms", text="Ja"), say("2025", "affirms", text="Ja doch")
    no = say("2026", "denies")
    dismissed = client.get(f"/v1/contradictions?statement={new}").json["items"][0]["id"]
    address = f"/v1/contradictions/{dismissed}"
    client.patch(address, json={"status": "dismissed", "reason": "misread"})
    assert changed(positions())[1:] == [
        ("reversal", "certain", old, no),
        ("dismissed", "certain", new, no),
    ]


def test_retracted_and_reworded_statements_take_no_stand(client, say, close, positions):
    first, second = say("2026-01", "affirms"), say("2026-02", "denies")
    third = say("2026-03", "affirms")
    client.delete(f"/v1/statements/{second}")
    assert said(positions()) == [first, third]
    client.patch(f"/v1/statements/{first}", json={"text": "Ganz anders"})
    items = positions()
    assert said(items) == [third]
    assert changed(items) == []


def test_a_merged_speakers_stands_are_told_with_the_others(client, say, close, positions, record):
    first = say("2026-01", "affirms")
    duplicate = record(speaker="A. Brook", said_on="2026-02")
    address = f"/v1/statements/{duplicate['id']}/stances/{close}"
    client.put(address, json={"stance": "denies"})
    assert changed(positions(duplicate["speaker"]["id"])) == []
    client.post(f"/v1/speakers/{duplicate['speaker']['id']}/merge", json={"into": 1})
    assert changed(positions()) == [("reversal", "certain", first, duplicate["id"])]
    answer = client.get(f"/v1/speakers/{duplicate['speaker']['id']}/positions?by=topic&limit=2")
    assert answer.status_code == 308
    assert answer.headers["Location"] == "/v1/speakers/1/positions?by=topic&limit=2"


def test_officials_are_never_said_to_have_changed(client, record, take, close, positions):
    speaker = {"name": "Officials", "kind": "unnamed"}
    for said_on, stance in (("2026-01", "affirms"), ("2026-02", "denies")):
        take(record(speaker=speaker, said_on=said_on)["id"], close, stance)
    for by in ("proposition", "topic"):
        items = positions(by=by)
        assert len(items) == 2
        assert changed(items) == []


def test_stands_are_grouped_filtered_and_paged(client, add, say, record, close, positions, refused):
    ferry = add("/v1/propositions", text="The ferry should run")["id"]
    first, second = say("2026-01", "affirms"), say("2026-03", "denies")
    third = say("2026-02", "affirms", ferry, topics=["Ferry line"])
    record(speaker="Bo Falk")
    for query, found in (
        ({}, [first, second, third]),
        ({"limit": 1}, [first, second, third]),
        ({"proposition": ferry}, [third]),
        ({"proposition": [close, ferry]}, [first, second, third]),
        ({"topic": "harbour"}, [first, second]),
        ({"topic": "ferry-line"}, [third]),
        ({"said_from": "2026-02-01", "said_to": "2026-02-28"}, [third]),
        ({"said_from": "2026-03-01"}, [second]),
        ({"by": "topic"}, [third, first, second]),
        ({"by": "topic", "limit": 1}, [third, first, second]),
        ({"by": "topic", "topic": "Harbour"}, [first, second]),
        ({"by": "topic", "proposition": ferry}, [third]),
        ({"by": "topic", "said_from": "2026-03-01"}, [second]),
    ):
        assert said(positions(**query)) == found, query
    assert changed(positions(said_from="2026-03-01")) == [("reversal", "certain", first, second)]
    assert positions(2) == []
    address = "/v1/speakers/1/positions"
    refused(client.get(f"{address}?by=mood"), 422, parameter="by")
    refused(
        client.get(f"{address}?said_from=2026-02-01&said_to=2026-01-01"), 422, parameter="said_to"
    )
    refused(client.get("/v1/speakers/99/positions"), 404)


WILL, WILL_NOT = "The city will close the harbour", "The city will not close the harbour"


@pytest.fixture
def reversed_by_engine(record):
    """Two of a speaker's statements that the engine holds against each other, and its finding."""
    fields = {"language": "en", "speaker": "Ada Brook"}
    first = record(WILL, said_on="2026-03-14", topics=["harbour"], **fields)
    second = record(WILL_NOT, said_on="2026-03-15", topics=["harbour", "plans"], **fields)
    (found,) = second["contradictions"]
    return first["id"], second["id"], found


def test_by_topic_the_engines_own_findings_are_reversals(reversed_by_engine, positions):
    first, second, found = reversed_by_engine
    items = positions(by="topic")
    assert [(item["topic"], item["statement"]["id"]) for item in items] == [
        ("harbour", first),
        ("harbour", second),
        ("plans", second),
    ]
    assert changed(items) == [("reversal", "certain", first, second)] * 2
    change = items[1]["changes"][0]
    assert change["contradiction"]["id"] == found["id"]
    assert change["stances"] is change["proposition"] is None
    assert change["why"] == (f"{found['explanation']} Said first (2026-03-14), then (2026-03-15).")
    assert positions() == []


def test_by_topic_a_dismissed_finding_is_none(client, reversed_by_engine, positions):
    address = f"/v1/contradictions/{reversed_by_engine[2]['id']}"
    client.patch(address, json={"status": "dismissed", "reason": "different_time"})
    assert changed(positions(by="topic")) == []


def test_by_topic_a_finding_of_unknown_order_is_an_inconsistency(
    client, reversed_by_engine, positions
):
    first, second, _ = reversed_by_engine
    client.patch(f"/v1/statements/{first}", json={"said_on": "2026-03"})
    items = positions(by="topic", topic="harbour")
    assert changed(items) == [("inconsistency", "uncertain", first, second)]
    assert items[1]["changes"][0]["why"].endswith("Which came first is not known.")


def test_by_topic_stances_and_findings_of_one_pair_are_one_change(
    reversed_by_engine, take, close, positions
):
    first, second, _ = reversed_by_engine
    take(first, close, "affirms")
    take(second, close, "denies")
    items = positions(by="topic")
    assert changed(items[:2]) == [("reversal", "certain", first, second)]
    assert items[1]["changes"][0]["proposition"]["id"] == close
    assert [each["stance"] for each in items[1]["stances"]] == ["denies"]
    # The proposition is on the harbour alone; what the engine found is on all that it was said on.
    assert items[2]["topic"] == "plans"
    assert changed(items[2:]) == [("reversal", "certain", first, second)]
    assert items[2]["changes"][0]["proposition"] is None


@pytest.mark.parametrize("kind", ["qualifies", "corrects"])
def test_by_topic_what_a_person_tied_as_such_is_a_refinement(record, add, positions, kind):
    first, second = (
        record(speaker="Ada Brook", said_on=on, topics=["harbour"])["id"]
        for on in ("2026-01", "2026-02")
    )
    add("/v1/references", kind=kind, from_statement=second, to_statement=first)
    items = positions(by="topic")
    assert changed(items) == [("refinement", "certain", first, second)]
    assert kind in items[1]["changes"][0]["why"]


def test_by_topic_a_stand_on_a_proposition_of_the_topic_belongs_to_it(say, close, positions):
    first, second = say("2026-01", "affirms"), say("2026-02", "denies")
    items = positions(by="topic", topic="harbour")
    assert said(items) == [first, second]
    assert changed(items) == [("reversal", "certain", first, second)]
