"""``POST /v1/statements`` and ``/v1/statements/{id}``: recorded, read, revised, retracted."""

import pytest

SHOWN = {
    "id",
    "kind",
    "text",
    "verbatim",
    "speaker",
    "role",
    "said_on",
    "said_on_text",
    "said_earliest",
    "said_latest",
    "source",
    "appearances",
    "cue",
    "context",
    "position",
    "topics",
    "language",
    "external_id",
    "confidence",
    "status",
    "contradiction_count",
    "version",
    "created_at",
    "updated_at",
}


def test_a_recorded_statement_is_shown_whole_and_at_its_location(client):
    given = {
        "kind": "quote",
        "text": "Der Hafen bleibt bis auf weiteres offen",
        "verbatim": ["bleibt bis auf weiteres"],
        "speaker": {"name": "Anna Berg", "kind": "person"},
        "role": "Hafenmeisterin",
        "said_on": "2026-03-14~",
        "said_on_text": "am Samstag",
        "source": {
            "title": "Hafenbericht",
            "publisher": "Kurier",
            "url": "https://kurier.example/1",
            "published_on": "2026-03-15",
        },
        "cue": "sagte",
        "context": "Vor dem Rat sagte sie es zweimal.",
        "position": {"start": 3, "end": 40},
        "topics": ["Häfen und Werften", "verkehr"],
        "language": "de",
        "external_id": "kurier-1",
        "confidence": 0.75,
    }
    answer = client.post("/v1/statements", json=given)
    assert answer.status_code == 201
    statement = client.get(answer.headers["Location"]).json
    assert set(statement) >= SHOWN
    assert answer.json == statement | {"contradictions": []}
    as_given = (
        "kind text verbatim role said_on said_on_text cue context position language "
        "external_id confidence"
    )
    for name in as_given.split():
        assert statement[name] == given[name], name
    assert statement["speaker"] == {"id": 1, "name": "Anna Berg", "kind": "person"}
    assert statement["source"] == {"id": 1, **given["source"]}
    assert statement["topics"] == ["häfen-und-werften", "verkehr"]
    assert (statement["said_earliest"], statement["said_latest"]) == ("2026-03-14", "2026-03-14")
    assert (statement["appearances"], statement["version"]) == (1, 1)
    assert statement["status"] == "active"


def test_what_is_not_given_is_written_out_as_null_or_empty(record):
    statement = record()
    nulls = "role said_on said_on_text said_earliest said_latest source cue context position"
    for name in (*nulls.split(), "external_id", "confidence"):
        assert statement[name] is None, name
    assert statement["verbatim"] == statement["topics"] == statement["contradictions"] == []
    assert statement["appearances"] == statement["contradiction_count"] == 0


def test_all_of_a_quote_is_verbatim_unless_parts_are_named(record):
    assert record("Alles bleibt", kind="quote")["verbatim"] == ["Alles bleibt"]
    assert record("Alles bleibt so", kind="quote", verbatim=["so"])["verbatim"] == ["so"]


def test_the_role_is_that_of_the_time_and_never_made_up_of_todays(record, add):
    add("/v1/speakers", name="Anna Berg", kind="person", role="Hafenmeisterin")
    assert record(said_on="1980")["role"] is None
    assert record(role="Ratsfrau")["role"] == "Ratsfrau"


@pytest.mark.parametrize(
    ("said_on", "earliest", "latest"),
    [
        ("2025-12-10", "2025-12-10", "2025-12-10"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-12-10~", "2025-12-10", "2025-12-10"),
        ("2025-12-08/2025-12-11", "2025-12-08", "2025-12-11"),
        ("../2025-01-20", None, "2025-01-20"),
        ("2025-01-20/..", "2025-01-20", None),
    ],
)
def test_a_date_of_speech_gives_its_strict_bounds(record, said_on, earliest, latest):
    statement = record(said_on=said_on)
    assert statement["said_on"] == said_on
    assert (statement["said_earliest"], statement["said_latest"]) == (earliest, latest)


def test_the_same_words_speaker_and_date_are_the_same_statement(client, record):
    first = record("Der Hafen bleibt offen", said_on="2026-03-14")
    again = record("der  Hafen BLEIBT offen", said_on="2026-03-14", status=200)
    assert again["id"] == first["id"]
    assert again["text"] == "Der Hafen bleibt offen"
    others = [
        record("Der Hafen bleibt offen", said_on="2026-03-15"),
        record("Der Hafen bleibt offen", said_on="2026-03-14~"),
        record("Der Hafen bleibt offen"),
        record("Der Hafen bleibt offen", said_on="2026-03-14", speaker="Bo Falk"),
    ]
    assert len({first["id"], *(other["id"] for other in others)}) == 5


def test_the_same_words_from_a_new_source_are_a_further_appearance(record):
    papers = [{"title": "Kurier"}, {"title": "Bote"}, {"title": "Kurier"}]
    found = [
        record("Der Hafen bleibt offen", source=paper, status=status)
        for paper, status in zip(papers, (201, 200, 200), strict=True)
    ]
    assert [each["appearances"] for each in found] == [1, 2, 2]
    assert {each["source"]["title"] for each in found} == {"Kurier"}


def test_an_external_id_finds_its_statement_and_no_other_text(client, record, refused):
    first = record("Der Hafen bleibt offen", external_id="a1")
    assert record("Der Hafen bleibt offen", external_id="a1", status=200)["id"] == first["id"]
    body = {
        "kind": "claim",
        "text": "Der Hafen wird geschlossen",
        "language": "de",
        "external_id": "a1",
        "speaker": {"name": "Anna Berg"},
    }
    problem = refused(client.post("/v1/statements", json=body), 409)
    assert problem["statement"] == first["id"]
    assert len(client.get("/v1/statements").json["items"]) == 1


def test_an_external_id_is_added_to_a_statement_that_is_there(record, ids):
    first = record("Der Hafen bleibt offen")
    again = record("Der Hafen bleibt offen", external_id="a1", status=200)
    also = record("Der Hafen bleibt offen", external_id="b2", status=200)
    assert (again["external_id"], also["external_id"]) == ("a1", "a1")
    assert ids("/v1/statements", external_id="a1") == [first["id"]]
    assert ids("/v1/statements", external_id="b2") == [first["id"]]


def test_revising_to_an_external_id_that_is_held_is_refused(client, record, refused):
    holder, other = record(external_id="a1"), record()
    answer = client.patch(f"/v1/statements/{other['id']}", json={"external_id": "a1"})
    assert refused(answer, 409)["statement"] == holder["id"]


def test_a_dry_run_answers_as_if_and_stores_nothing(client, listing):
    change = client.get("/v1/statements").headers["ETag"]
    body = {
        "kind": "claim",
        "text": "Der Hafen bleibt offen",
        "language": "de",
        "speaker": {"name": "Anna Berg", "kind": "person"},
        "source": {"title": "Kurier"},
        "topics": ["häfen"],
    }
    answer = client.post("/v1/statements?dry_run=true", json=body)
    assert answer.status_code == 200
    assert "Location" not in answer.headers
    assert answer.json["text"] == body["text"]
    assert answer.json["id"] is answer.json["speaker"]["id"] is answer.json["source"]["id"] is None
    for address in ("/v1/statements", "/v1/speakers", "/v1/sources", "/v1/topics"):
        assert listing(address) == []
    assert client.get("/v1/statements").headers["ETag"] == change
    assert client.post("/v1/statements", json=body).json["id"] == 1


def test_a_dry_run_shows_the_contradictions_that_would_be_raised(client, record, listing):
    open_ = record("The harbour is open", language="en", said_on="2026-03-14")
    body = {
        "kind": "claim",
        "text": "The harbour is not open",
        "speaker": {"name": "Bo Falk", "kind": "person"},
        "said_on": "2026-03-14",
    }
    (raised,) = client.post("/v1/statements?dry_run=true", json=body).json["contradictions"]
    assert raised["id"] is None
    assert [side["id"] for side in raised["statements"]] == [open_["id"], None]
    assert {evidence["statement"] for evidence in raised["evidence"]} == {open_["id"], None}
    assert listing("/v1/contradictions", status="flagged") == []
    assert client.get("/v1/statements/1").json["contradiction_count"] == 0


def test_a_dry_run_of_a_known_statement_shows_it_with_its_id(client, record):
    known = record("Der Hafen bleibt offen")
    body = {
        "kind": "claim",
        "text": "Der Hafen bleibt offen",
        "language": "de",
        "speaker": {"name": "Anna Berg"},
        "source": {"title": "Kurier"},
    }
    answer = client.post("/v1/statements?dry_run=true", json=body).json
    assert (answer["id"], answer["appearances"]) == (known["id"], 1)
    assert answer["source"]["id"] is None
    assert client.get(f"/v1/statements/{known['id']}").json["appearances"] == 0


def test_a_speaker_is_found_by_name_alias_case_and_unicode_form(client, record, add):
    speaker = add("/v1/speakers", name="Zoë Straße", kind="person", aliases=["D'Arc", "Z. S."])
    for name in ("zoë STRASSE", "Zoe\u0308 Straße", "D\u2019Arc", "  z.  s. "):
        assert record(speaker={"name": name})["speaker"]["id"] == speaker["id"], name


def test_a_new_speaker_comes_with_what_the_statement_says_of_them(client, record):
    speaker = {"name": "Bo Falk", "kind": "person", "aliases": ["Falk"], "role": "Lotse"}
    made = record(speaker=speaker | {"wikidata": "Q42"})["speaker"]["id"]
    shown = client.get(f"/v1/speakers/{made}").json
    assert (shown["aliases"], shown["role"], shown["wikidata"]) == (["Falk"], "Lotse", "Q42")
    assert record(speaker={"name": "Falk"})["speaker"]["id"] == made


def test_a_new_name_without_a_kind_is_refused(client, refused):
    body = {"kind": "claim", "text": "Neu", "language": "de", "speaker": {"name": "Wer"}}
    refused(client.post("/v1/statements", json=body), 422, pointer="/speaker/kind")
    assert client.get("/v1/speakers").json["items"] == []


def test_a_name_that_fits_several_is_refused_with_the_candidates(client, record, add, refused):
    people = [
        add("/v1/speakers", name="Jan Maas", kind="person", distinct=distinct)
        for distinct in (False, True)
    ]
    firm = add("/v1/speakers", name="Jan Maas", kind="organization", distinct=True)
    body = {"kind": "claim", "text": "Wer war es", "language": "de"}
    answer = client.post("/v1/statements", json=body | {"speaker": {"name": "jan maas"}})
    candidates = refused(answer, 409)["candidates"]
    assert [each["id"] for each in candidates] == [each["id"] for each in (*people, firm)]
    by_kind = body | {"speaker": {"name": "Jan Maas", "kind": "person"}}
    candidates = refused(client.post("/v1/statements", json=by_kind), 409)["candidates"]
    assert [each["id"] for each in candidates] == [each["id"] for each in people]
    fits_one = record(speaker={"name": "Jan Maas", "kind": "organization"})
    assert fits_one["speaker"]["id"] == firm["id"]


def test_a_name_known_in_another_kind_is_never_guessed(client, add, refused):
    land = add("/v1/speakers", name="Ukraine", kind="organization")
    body = {"kind": "claim", "text": "So ist es", "language": "de"}
    body["speaker"] = {"name": "Ukraine", "kind": "document"}
    problem = refused(client.post("/v1/statements", json=body), 409)
    assert [each["id"] for each in problem["candidates"]] == [land["id"]]


def test_speakers_and_sources_can_be_named_by_id(client, record, add, refused):
    speaker = add("/v1/speakers", name="Anna Berg", kind="person")
    source = add("/v1/sources", title="Kurier")
    statement = record(speaker={"id": speaker["id"]}, source={"id": source["id"]})
    assert statement["speaker"]["name"] == "Anna Berg"
    assert statement["source"]["title"] == "Kurier"
    body = {"kind": "claim", "text": "Neu", "language": "de", "speaker": {"id": 99}}
    refused(client.post("/v1/statements", json=body), 422, pointer="/speaker/id")
    body |= {"speaker": {"id": speaker["id"]}, "source": {"id": 99}}
    refused(client.post("/v1/statements", json=body), 422, pointer="/source/id")


def test_a_refused_recording_leaves_no_speaker_or_source_behind(client, record, refused, listing):
    record("Eins", external_id="a1")
    body = {
        "kind": "claim",
        "text": "Zwei",
        "language": "de",
        "external_id": "a1",
        "speaker": {"name": "Wer Neues", "kind": "person"},
        "source": {"title": "Neues Blatt"},
    }
    refused(client.post("/v1/statements", json=body), 409)
    assert [speaker["name"] for speaker in listing("/v1/speakers")] == ["Anna Berg"]
    assert listing("/v1/sources") == []


@pytest.mark.parametrize(
    "text",
    [
        "שלום עולם, אמר הנשיא",
        "Der Hafen\u200b bleibt\u200d offen",
        "Das war 👩‍👩‍👧 und 🇺🇦",
        "„So\", sagte er, “wird” 'es'",
        "  Leerzeichen am Rand bleiben  ",
        "Zeile\nzwei\tund drei",
    ],
)
def test_a_text_is_stored_as_it_was_sent(client, record, text):
    statement = record(text, kind="quote")
    assert client.get(f"/v1/statements/{statement['id']}").json["text"] == text
    assert statement["verbatim"] == [text]


def test_a_revision_changes_what_it_names_and_nothing_else(client, record):
    before = record(cue="sagte", said_on="2026-03-14", topics=["häfen"])
    answer = client.patch(
        f"/v1/statements/{before['id']}", json={"cue": None, "said_on": "2026-04/.."}
    )
    assert answer.status_code == 200
    changed = {"cue", "said_on", "said_earliest", "said_latest", "version", "updated_at"}
    after = answer.json
    assert {name for name in after if after[name] != before[name]} == changed
    assert (after["said_earliest"], after["said_latest"]) == ("2026-04-01", None)
    assert after["version"] == 2


def test_a_revision_that_changes_nothing_makes_no_version(client, record):
    before = record(cue="sagte")
    for changes in ({}, {"cue": "sagte"}):
        assert client.patch(f"/v1/statements/{before['id']}", json=changes).json["version"] == 1


def test_a_revision_can_name_another_speaker_source_and_topics(client, record, listing):
    before = record(source={"title": "Kurier"}, topics=["alt", "bleibt"])
    changes = {
        "speaker": {"name": "Bo Falk", "kind": "person"},
        "source": {"title": "Bote"},
        "topics": ["bleibt", "Neu"],
    }
    after = client.patch(f"/v1/statements/{before['id']}", json=changes).json
    assert after["speaker"]["name"] == "Bo Falk"
    assert (after["source"]["title"], after["appearances"]) == ("Bote", 1)
    assert after["topics"] == ["bleibt", "neu"]
    assert listing("/v1/topics") == [
        {"topic": "bleibt", "statements": 1},
        {"topic": "neu", "statements": 1},
    ]


def test_a_quotes_verbatim_parts_follow_its_revised_text(client, record, refused):
    whole = record("Alles bleibt", kind="quote")
    after = client.patch(f"/v1/statements/{whole['id']}", json={"text": "Alles bleibt so"}).json
    assert after["verbatim"] == ["Alles bleibt so"]
    part = record("Es bleibt dabei", kind="quote", verbatim=["bleibt"])
    address = f"/v1/statements/{part['id']}"
    refused(client.patch(address, json={"text": "Es war"}), 422, pointer="/verbatim/0")
    assert client.patch(address, json={"kind": "claim"}).json["verbatim"] == []


def test_a_statement_cannot_be_revised_into_another(client, record, refused):
    first, second = record("Eins"), record("Zwei")
    answer = client.patch(f"/v1/statements/{second['id']}", json={"text": "EINS"})
    assert refused(answer, 409)["statement"] == first["id"]


def test_a_revised_text_is_searched_by_its_new_words_alone(client, record, ids):
    statement = record("Der Hafen bleibt offen")
    client.patch(f"/v1/statements/{statement['id']}", json={"text": "Die Werft bleibt offen"})
    assert ids("/v1/statements", q="werft") == [statement["id"]]
    assert ids("/v1/statements", q="hafen") == []


def test_a_retracted_statement_is_readable_and_no_longer_listed(client, record, ids):
    statement = record()
    address = f"/v1/statements/{statement['id']}"
    answer = client.delete(address)
    assert (answer.status_code, answer.data) == (204, b"")
    assert client.get(address).json["status"] == "retracted"
    assert ids("/v1/statements") == []
    assert ids("/v1/statements", status="retracted") == [statement["id"]]


def test_retracting_is_never_refused_and_twice_is_once(client, record, oppose, add):
    pair = oppose()
    first, second = (side["id"] for side in pair["statements"])
    add("/v1/references", kind="supports", from_statement=first, to_statement=second)
    assert client.delete(f"/v1/statements/{first}").status_code == 204
    version = client.get(f"/v1/statements/{first}").json["version"]
    assert client.delete(f"/v1/statements/{first}").status_code == 204
    assert client.get(f"/v1/statements/{first}").json["version"] == version
    assert client.get(f"/v1/contradictions/{pair['id']}").json["status"] == "withdrawn"
    assert client.get(f"/v1/statements/{second}").json["contradiction_count"] == 0


def test_a_retracted_statement_is_not_revised(client, record, refused):
    address = f"/v1/statements/{record()['id']}"
    client.delete(address)
    refused(client.patch(address, json={"cue": "sagte"}), 409)


def test_what_was_retracted_can_be_said_again(record, client):
    first = record("Der Hafen bleibt offen")
    client.delete(f"/v1/statements/{first['id']}")
    again = record("Der Hafen bleibt offen")
    assert again["id"] != first["id"]
    assert again["status"] == "active"


def test_the_history_shows_every_version_with_what_changed(client, record, listing):
    statement = record("Eins", cue="sagte", source={"title": "Kurier"})
    address = f"/v1/statements/{statement['id']}"
    client.patch(address, json={"text": "Zwei", "cue": None})
    client.delete(address)
    versions = listing(f"{address}/history")
    assert [(each["version"], each["action"]) for each in versions] == [
        (1, "recorded"),
        (2, "revised"),
        (3, "retracted"),
    ]
    assert all({"at", "who", "why"} <= set(each) for each in versions)
    assert versions[1]["changes"] == [
        {"field": "cue", "was": "sagte", "is": None},
        {"field": "text", "was": "Eins", "is": "Zwei"},
    ]
    assert versions[2]["changes"] == [{"field": "status", "was": "active", "is": "retracted"}]
    first = {change["field"]: change["is"] for change in versions[0]["changes"]}
    assert (first["text"], first["source_id"]) == ("Eins", statement["source"]["id"])


def test_a_source_that_comes_later_is_a_version_of_its_own(client, record, listing):
    statement = record("Eins")
    record("Eins", source={"title": "Kurier"}, status=200)
    after = client.get(f"/v1/statements/{statement['id']}").json
    assert (after["source"]["title"], after["version"]) == ("Kurier", 2)
    latest = listing(f"/v1/statements/{statement['id']}/history")[-1]
    assert [change["field"] for change in latest["changes"]] == ["source_id"]


def test_the_history_is_paged(client, record, listing):
    address = f"/v1/statements/{record()['id']}"
    for number in range(6):
        client.patch(address, json={"cue": f"sagte {number}"})
    whole = listing(f"{address}/history")
    assert [each["version"] for each in whole] == [1, 2, 3, 4, 5, 6, 7]
    for limit in (1, 2, 7):
        assert listing(f"{address}/history", limit=limit) == whole


def test_no_revision_is_lost_between_two_at_the_same_moment(client, record, at_once):
    statement = record()
    address = f"/v1/statements/{statement['id']}"
    tag = client.get(address).headers["ETag"]
    answers = at_once(
        *(
            lambda caller, cue=cue: caller.patch(
                address, json={"cue": cue}, headers={"If-Match": tag}
            )
            for cue in ("sagte", "schrieb")
        )
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412]
    (kept,) = (answer.json["cue"] for answer in answers if answer.status_code == 200)
    assert client.get(address).json["cue"] == kept


def test_many_recording_at_once_make_one_speaker_and_lose_nothing(at_once, listing):
    def body(number):
        return {
            "kind": "claim",
            "text": f"Aussage {number}",
            "language": "de",
            "speaker": {"name": "Anna Berg", "kind": "person"},
            "source": {"title": "Kurier"},
            "topics": ["häfen"],
        }

    answers = at_once(
        *(
            lambda caller, number=number: caller.post("/v1/statements", json=body(number))
            for number in range(8)
        )
    )
    assert [answer.status_code for answer in answers] == [201] * 8
    assert len(listing("/v1/speakers")) == len(listing("/v1/sources")) == 1
    assert {each["text"] for each in listing("/v1/statements")} == {
        f"Aussage {number}" for number in range(8)
    }
    assert listing("/v1/topics") == [{"topic": "häfen", "statements": 8}]


def test_the_same_statement_recorded_at_once_is_recorded_once(at_once, listing):
    body = {
        "kind": "claim",
        "text": "Der Hafen bleibt offen",
        "language": "de",
        "speaker": {"name": "Anna Berg", "kind": "person"},
    }
    answers = at_once(*[lambda caller: caller.post("/v1/statements", json=body)] * 4)
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]
    assert len(listing("/v1/statements")) == 1


def test_a_long_text_of_many_different_words_is_recorded(client, record):
    syllables = [first + second for first in "bdfghklmnprstvw" for second in ("al", "en", "ir")]
    names = (f"{one}{other}".title() for one in syllables for other in syllables)
    text = " ".join(f"{next(names)} met {next(names)} in {next(names)}." for _ in range(600))
    statement = record(text, language="en")
    assert client.get(f"/v1/statements/{statement['id']}/references").status_code == 200
    again = client.patch(f"/v1/statements/{statement['id']}", json={"text": text + " So."})
    assert again.status_code == 200


def test_a_source_named_wrongly_leaves_no_appearance_behind(client, record, ids):
    before = record(source={"title": "Kurier"})
    address = f"/v1/statements/{before['id']}"
    client.patch(address, json={"source": {"title": "Bote"}})
    assert ids("/v1/statements", source=before["source"]["id"]) == []
    assert client.delete(f"/v1/sources/{before['source']['id']}").status_code == 204
    assert client.patch(address, json={"source": None}).json["appearances"] == 0


def test_a_second_external_id_is_a_version_and_finds_the_statement(client, record, ids):
    first = record("So ist es", external_id="a")
    empty = client.get("/v1/statements?external_id=b")
    record("So ist es", external_id="b", status=200)
    held = {"If-None-Match": empty.headers["ETag"]}
    assert client.get("/v1/statements?external_id=b", headers=held).status_code == 200
    assert ids("/v1/statements", external_id="b") == [first["id"]]
    (_, added) = client.get(f"/v1/statements/{first['id']}/history").json["items"]
    assert added["changes"] == [{"field": "external_ids", "was": ["a"], "is": ["a", "b"]}]


def test_a_retracted_statements_external_id_is_no_other_speakers(client, record):
    client.delete(f"/v1/statements/{record('So', external_id='q')['id']}")
    assert record("So", speaker="Fred Ott", external_id="q", status=409)["statement"] == 1


def test_an_external_id_goes_to_what_was_recorded_anew(client, record, ids):
    client.delete(f"/v1/statements/{record('So', external_id='z')['id']}")
    anew = record("So")
    assert record("So", external_id="z", status=200)["external_id"] == "z"
    assert ids("/v1/statements", external_id="z") == [anew["id"]]
