"""Statements revised and retracted, and the history that this leaves."""


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


def test_a_source_named_wrongly_leaves_no_appearance_behind(client, record, ids):
    before = record(source={"title": "Kurier"})
    address = f"/v1/statements/{before['id']}"
    client.patch(address, json={"source": {"title": "Bote"}})
    assert ids("/v1/statements", source=before["source"]["id"]) == []
    assert client.delete(f"/v1/sources/{before['source']['id']}").status_code == 204
    assert client.patch(address, json={"source": None}).json["appearances"] == 0
