"""``POST /v1/statements/import``: each line with an outcome of its own."""

import json

import pytest

ADDRESS = "/v1/statements/import"
NDJSON = "application/x-ndjson"


def line(text="Der Kran steht still", **fields):
    speaker = {"name": "Anna Berg", "kind": "person"}
    return {"kind": "claim", "text": text, "language": "de", "speaker": speaker, **fields}


@pytest.fixture
def send(client):
    """Imports lines and gives their outcomes."""

    def send_them(*lines, **parameters):
        raw = [each if isinstance(each, bytes) else json.dumps(each).encode() for each in lines]
        answer = client.post(
            ADDRESS, data=b"\n".join(raw), content_type=NDJSON, query_string=parameters
        )
        assert answer.status_code == 200, answer.text
        assert answer.mimetype == NDJSON
        return [json.loads(told) for told in answer.text.splitlines()]

    return send_them


def outcomes(told):
    return [each["outcome"] for each in told]


def pointers(told):
    return [error["pointer"] for error in told["problem"]["errors"]]


def test_the_same_lines_again_change_nothing(send, client):
    lines = [line(external_id="a"), line("Die Schleuse ist zu"), line("Die Schleuse ist zu")]
    assert outcomes(send(*lines)) == ["created", "created", "unchanged"]
    tag = client.get("/v1/statements").headers["ETag"]
    again = send(*lines)
    assert [(each["line"], each["outcome"], each["id"]) for each in again] == [
        (1, "unchanged", 1),
        (2, "unchanged", 2),
        (3, "unchanged", 2),
    ]
    assert client.get("/v1/statements").headers["ETag"] == tag


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", "Der Kran fährt wieder"),
        ("said_on", "2026-03-14"),
        ("role", "Kranführerin"),
        ("topics", ["hafen"]),
        ("speaker", {"name": "Bo Falk", "kind": "person"}),
        ("source", {"title": "Hafenpost"}),
        ("kind", "quote"),
    ],
)
def test_what_a_line_says_anew_under_its_id_is_a_revision(send, client, field, value):
    send(line(external_id="a"))
    (told,) = send(line(external_id="a", **{field: value}))
    assert (told["outcome"], told["id"], told["external_id"]) == ("updated", 1, "a")
    statement = client.get("/v1/statements/1").json
    shown = statement[field]
    assert (shown | value if isinstance(shown, dict) else shown) == (
        shown if isinstance(shown, dict) else value
    )
    history = client.get("/v1/statements/1/history").json["items"]
    assert [version["action"] for version in history] == ["recorded", "imported"]
    assert outcomes(send(line(external_id="a", **{field: value}))) == ["unchanged"]


def test_what_a_person_revised_stays_until_the_line_says_something_new(send, client):
    send(line(external_id="a", role="Kranführerin", cue="sagte"))
    client.patch("/v1/statements/1", json={"role": "Vorarbeiterin"})
    assert outcomes(send(line(external_id="a", role="Kranführerin", cue="sagte"))) == ["unchanged"]
    assert outcomes(send(line(external_id="a", role="Kranführerin", cue="rief"))) == ["updated"]
    statement = client.get("/v1/statements/1").json
    assert (statement["role"], statement["cue"]) == ("Vorarbeiterin", "rief")
    assert outcomes(send(line(external_id="a", role="Meisterin"))) == ["updated"]
    assert client.get("/v1/statements/1").json["role"] == "Meisterin"


def test_what_a_line_leaves_out_stays_and_null_takes_it_away(send, client):
    send(line(external_id="a", role="Kranführerin", cue="sagte"))
    assert outcomes(send(line(external_id="a"))) == ["unchanged"]
    assert outcomes(send(line(external_id="a", role=None))) == ["updated"]
    statement = client.get("/v1/statements/1").json
    assert (statement["role"], statement["cue"]) == (None, "sagte")


def test_the_same_words_under_two_ids_are_one_statement_and_stay_so(send, client):
    lines = [
        line(external_id="a", source={"title": "Hafenpost"}, role="Kranführerin"),
        line(external_id="b", source={"title": "Abendblatt"}, role="Arbeiterin"),
    ]
    assert outcomes(send(*lines)) == ["created", "updated"]
    assert outcomes(send(*lines)) == ["unchanged", "unchanged"]
    assert client.get("/v1/statements/1").json["appearances"] == 2
    for name in "ab":
        (told,) = send(line("Etwas anderes", external_id=name))
        assert (told["outcome"], told["problem"]["status"]) == ("refused", 409)
    assert client.get("/v1/statements/1").json["text"] == "Der Kran steht still"


def test_a_revised_line_is_judged_anew(send, client):
    def said(text, name):
        return line(text, language="en", external_id=name, said_on="2026-02-03", topics=["merger"])

    send(said("The board approved the merger", "a"), said("The board met on Tuesday", "b"))
    assert client.get("/v1/contradictions").json["items"] == []
    assert outcomes(send(said("The board did not approve the merger", "b"))) == ["updated"]
    assert len(client.get("/v1/contradictions").json["items"]) == 1
    send(said("The board met on Tuesday", "b"))
    assert client.get("/v1/contradictions").json["items"] == []


def test_a_retracted_statement_is_not_brought_back(send, client):
    send(line(external_id="a"))
    client.delete("/v1/statements/1")
    assert outcomes(send(line(external_id="a"))) == ["unchanged"]
    assert client.get("/v1/statements/1").json["status"] == "retracted"
    (told,) = send(line("Etwas anderes", external_id="a"))
    assert (told["outcome"], told["problem"]["status"]) == ("refused", 409)


def test_a_refused_line_leaves_nothing_and_the_others_go_on(send, client):
    told = send(
        line("Eins"),
        line("Zwei", speaker={"name": "Neu", "kind": "person"}, source={"id": 77}),
        line("Drei", speaker={"name": "Neuer"}),
        line("Vier", external_id=7),
        line("Fünf"),
    )
    assert outcomes(told) == ["created", "refused", "refused", "refused", "created"]
    assert pointers(told[1]) == ["/source/id"]
    assert pointers(told[2]) == ["/speaker/kind"]
    assert pointers(told[3]) == ["/external_id"]
    speakers = client.get("/v1/speakers").json["items"]
    assert [speaker["name"] for speaker in speakers] == ["Anna Berg"]


def test_lines_come_with_marks_blanks_and_foreign_ends(send):
    raw = json.dumps(line()).encode()
    told = send(b"\xef\xbb\xbf" + raw + b"\r", b"", b"  \t\r", raw)
    assert [(each["line"], each["outcome"]) for each in told] == [(1, "created"), (4, "unchanged")]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"kein JSON", "column 1"),
        (b'{"kind": "claim", "te', "column"),
        (b'{"kind": "cl\xe4im"}', "line is not UTF-8"),
        (b"[" * 100_000, "nested"),
        (b'{"text": "a\x00b"}', "column"),
        (b'["eine", "Liste"]', "JSON object"),
        (b'{"text": "a", "text": "b"}', "twice"),
        (json.dumps(line("a\0b")).encode(), "NUL"),
        (b'"' + b"x" * 9_000_000 + b'"', "longer than 8000000 bytes"),
    ],
)
def test_a_line_that_cannot_be_read_is_refused_and_the_rest_goes_on(send, raw, said):
    told = send(line("Eins"), raw, line("Zwei"))
    assert [(each["line"], each["outcome"]) for each in told] == [
        (1, "created"),
        (2, "refused"),
        (3, "created"),
    ]
    assert said in told[1]["problem"]["detail"]
    assert {"type", "title", "status"} < set(told[1]["problem"])


def test_a_broken_last_line_is_refused(send):
    told = send(line("Eins"), b'{"kind": "claim", "text": "Zw')
    assert outcomes(told) == ["created", "refused"]


def test_all_or_nothing_stores_all(send, listing):
    told = send(*(line(f"Satz {number}") for number in range(250)), atomic="true")
    assert outcomes(told) == ["created"] * 250
    assert len(listing("/v1/statements", limit=200)) == 250


@pytest.mark.parametrize(
    "wrong", [b"kein JSON", line("Neu", speaker={"id": 99}), line("Neu", kind="quote", verbatim=[])]
)
def test_all_or_nothing_stores_nothing_and_says_so_on_every_line(send, client, wrong):
    told = send(line("Eins"), wrong, line("Drei"), atomic="true")
    assert outcomes(told) == ["refused"] * 3
    assert [each["problem"]["status"] for each in told][::2] == [424, 424]
    assert told[1]["problem"]["status"] in (400, 422)
    assert client.get("/v1/statements").json["items"] == []
    assert client.get("/v1/speakers").json["items"] == []


def test_nothing_imports_nothing(send):
    assert send() == []


def test_other_bodies_and_answers_are_refused(empty_client, refused):
    answer = empty_client.post(ADDRESS, json={})
    assert refused(answer, 415)["accepted"] == [NDJSON]
    answer = empty_client.post(
        ADDRESS, data="", headers={"Accept": "text/csv"}, content_type=NDJSON
    )
    assert refused(answer, 406)["available"] == [NDJSON]
    answer = empty_client.post(ADDRESS, query_string={"atomic": "yes"}, content_type=NDJSON)
    refused(answer, 422, parameter="atomic")
    answer = empty_client.post(
        ADDRESS, data=b"", content_type=NDJSON, headers={"Content-Encoding": "gzip"}
    )
    refused(answer, 415)


def test_a_dry_run_tells_the_same_and_stores_nothing(send, client, ids):
    (known,) = send(line(external_id="a"))
    lines = [
        line(external_id="a", role="Kranführerin"),
        line("Die Schleuse ist zu"),
        line("Die Schleuse ist zu"),
        b"{",
        line(external_id="a", role="Meisterin"),
    ]
    tag = client.get("/v1/statements").headers["ETag"]
    tried = send(*lines, dry_run="true")
    assert outcomes(tried) == ["updated", "created", "unchanged", "refused", "updated"]
    assert [each["id"] for each in tried] == [known["id"], None, None, None, known["id"]]
    assert client.get("/v1/statements").headers["ETag"] == tag
    assert outcomes(send(*lines)) == outcomes(tried)


def test_a_dry_run_of_all_or_nothing_tries_all_together(send, ids):
    many = [line(f"Satz Nummer {n}") for n in range(150)]
    tried = send(*many, many[0], dry_run="true", atomic="true")
    assert outcomes(tried) == ["created"] * 150 + ["unchanged"]
    assert {each["id"] for each in tried} == {None}
    tried = send(*many, b"{", dry_run="true", atomic="true")
    assert set(outcomes(tried)) == {"refused"}
    assert ids("/v1/statements") == []


@pytest.fixture
def said(record, add, client):
    """A ledger of statements of every sort; gives the list of them, as NDJSON and as JSON."""
    source = {"title": "Hafenpost", "url": "https://post.example/1", "published_on": "2026-03"}
    record("Worte von gestern", kind="quote", verbatim=["Worte"], said_on="2026-03-14~")
    record("Der Kran steht", source=source, topics=["kran", "kai"], external_id="a", cue="sagte")
    record("Leute sind da", speaker={"name": "Leute am Kai", "kind": "unnamed"}, said_on="2026")
    record("Es gilt", speaker={"name": "Hafenordnung", "kind": "document"}, said_on="2026-01-02")
    record("The harbour will be closed", language="en", role="Mayor", confidence=0.75)
    record("The harbour will not be closed", speaker="Bo Falk", language="en", context="Then.")
    record("Nur ein Titel", source={"title": "Rede"}, position={"start": 2, "end": 8})
    answer = client.get(
        "/v1/statements?all=true&sort=said_on", headers={"Accept": "application/x-ndjson"}
    )
    return answer.data, client.get("/v1/statements?sort=said_on").json["items"]


def alike(items):
    """Statements without what a ledger gives them: ids and times."""
    kept = []
    for each in items:
        each = {k: v for k, v in each.items() if k not in ("id", "created_at", "updated_at")}
        for member in ("speaker", "source"):
            each[member] = each[member] and {**each[member], "id": None}
        kept.append(each)
    return kept


def test_a_list_that_was_sent_as_lines_is_taken_by_an_empty_ledger(said, open_ledger):
    lines, items = said
    other = open_ledger("other").test_client()
    answer = other.post(ADDRESS, data=lines, content_type=NDJSON)
    assert {json.loads(each)["outcome"] for each in answer.text.splitlines()} == {"created"}
    assert alike(other.get("/v1/statements?sort=said_on").json["items"]) == alike(items)
    again = other.post(ADDRESS, data=lines, content_type=NDJSON)
    assert {json.loads(each)["outcome"] for each in again.text.splitlines()} == {"unchanged"}


def test_a_retracted_statement_of_a_list_is_not_taken_for_one_that_stands(send, record, client):
    statement = record()
    client.delete(f"/v1/statements/{statement['id']}")
    (shown,) = client.get("/v1/statements?status=retracted").json["items"]
    (told,) = send(shown)
    assert (told["outcome"], pointers(told)) == ("refused", ["/status"])


def test_what_no_list_has_shown_is_held_to_what_a_line_may_have(send):
    told = send(line(id=7), line(status="active"), line() | {"speaker": {"id": 1, "name": "x"}})
    assert outcomes(told) == ["refused"] * 3
    assert [pointers(each) for each in told] == [["/id"], ["/status"], ["/speaker/id"]]
