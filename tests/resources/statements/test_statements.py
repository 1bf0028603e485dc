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
