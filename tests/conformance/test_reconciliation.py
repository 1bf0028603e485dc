"""``/v1/reconcile`` as the Reconciliation Service API 0.2 and OpenRefine have it."""

import json

import pytest

from tests.conformance.reconciliation import (
    EXTENSION,
    MANIFEST,
    PROPOSAL,
    RESULTS,
    SUGGESTED,
    conforms,
)

SERVICE = "/v1/reconcile"


@pytest.fixture
def candidates(ask):
    """The candidates for one query."""

    def find(query=None, **more):
        asked = {"query": query, **more} if query is not None else more
        return conforms(ask({"q0": asked}), RESULTS)["q0"]["result"]

    return find


def features(candidate):
    return {each["id"]: each["value"] for each in candidate["features"]}


def test_the_manifest_says_what_the_service_does(client):
    manifest = conforms(client.get(SERVICE), MANIFEST)
    assert manifest["versions"] == ["0.2"]
    assert [each["id"] for each in manifest["defaultTypes"]] == [
        "person",
        "organization",
        "document",
        "unnamed",
    ]
    assert manifest["batchSize"] == 50


def test_every_address_of_the_manifest_answers(client, people):
    manifest = client.get(SERVICE, base_url="https://localhost").json
    addresses = [
        manifest["view"]["url"].replace("{{id}}", "1"),
        manifest["preview"]["url"].replace("{{id}}", "1"),
        manifest["documentation"],
    ]
    for each in (*manifest["suggest"].values(), manifest["extend"]["propose_properties"]):
        addresses.append(each["service_url"] + each["service_path"] + "?prefix=p")
    for address in addresses:
        assert address.startswith("https://localhost/")
        assert client.get(address.removeprefix("https://localhost")).status_code == 200


@pytest.mark.parametrize("accept", [None, "*/*", "application/json", "text/plain, */*;q=0.1"])
def test_openrefine_reconciles_a_column_by_form(client, people, accept):
    batch = {
        "q0": {
            "query": "Zelensky",
            "type": "person",
            "type_strict": "should",
            "limit": 5,
        },
        "q1": {
            "query": "Friedrich Merz",
            "type": "person",
            "type_strict": "should",
            "properties": [{"pid": "role", "v": "Chancellor of Germany"}],
        },
    }
    answer = client.post(
        SERVICE,
        data={"queries": json.dumps(batch)},
        content_type="application/x-www-form-urlencoded; charset=UTF-8",
        headers={"Accept": accept} if accept else {},
    )
    found = conforms(answer, RESULTS)
    assert list(found) == ["q0", "q1"]
    first, second = (found[name]["result"][0] for name in found)
    assert (first["id"], first["match"]) == ("1", True)
    assert first["type"] == [{"id": "person", "name": "Person"}]
    assert features(first)["alias_equal"] is True
    assert (second["id"], second["match"], second["score"]) == ("2", True, 100.0)


def test_a_batch_in_the_query_string_gets_the_same_answer(client, ask, people):
    batch = {"q0": {"query": "Merz"}}
    by_get = conforms(client.get(SERVICE, query_string={"queries": json.dumps(batch)}), RESULTS)
    assert by_get == ask(batch).json


@pytest.mark.parametrize(
    ("query", "speaker"),
    [
        ("Volodymyr Zelenskyy", 1),
        ("VOLODYMYR  ZELENSKYY", 1),
        ("Zelenskyy, Volodymyr", 1),
        ("Volodýmyr Zelénskyy", 1),
        ("zelensky", 1),
        ("1", 1),
        ("Q3874799", 1),
        ("M.o.T.", 3),
    ],
)
def test_a_name_written_otherwise_is_a_match(candidates, people, query, speaker):
    best = candidates(query)[0]
    assert (best["id"], best["match"]) == (str(speaker), True)


@pytest.mark.parametrize(
    "query",
    [
        "Volodymir Zelenskyy",
        "Volodymyr Zelenski",
        "Wolodymyr Selenskyj",
        "Zelenskiy",
        "Zelenskyy Volodymyr",
        "President Volodymyr Zelenskyy",
    ],
)
def test_a_near_spelling_is_the_first_candidate_and_no_match(candidates, people, query):
    best = candidates(query)[0]
    assert best["id"] == "1"
    assert best["match"] is False
    assert 45 <= best["score"] <= 90


def test_a_surname_alone_is_no_match_and_says_why(candidates, people):
    (best,) = candidates("Merz")
    assert (best["id"], best["match"], best["score"]) == ("2", False, 70.0)
    assert features(best)["surname_similarity"] == 100.0


def test_namesakes_are_both_candidates_and_neither_a_match(candidates, people):
    found = candidates("John Smith")
    assert [(each["id"], each["score"], each["match"]) for each in found] == [
        ("5", 100.0, False),
        ("6", 100.0, False),
    ]


def test_a_role_puts_the_right_namesake_first(candidates, people):
    found = candidates("John Smith", properties=[{"pid": "role", "v": "referee"}])
    assert [each["id"] for each in found] == ["6", "5"]
    assert features(found[0])["role_similarity"] == 100.0
    assert found[0]["score"] > found[1]["score"]


def test_a_wikidata_id_tells_namesakes_apart(client, candidates, people):
    assert client.patch("/v1/speakers/6", json={"wikidata": "Q6"}).status_code == 200
    query = {"properties": [{"pid": "wikidata", "v": {"id": "Q6", "name": "John Smith"}}]}
    found = candidates("John Smith", **query)
    assert (found[0]["id"], found[0]["match"]) == ("6", True)
    assert features(found[0])["wikidata_match"] is True
    assert [each["id"] for each in candidates(**query)] == ["6"]


def test_another_wikidata_id_speaks_against_a_namesake(candidates, people):
    (other,) = candidates(
        "Volodymyr Zelenskyy", properties=[{"pid": "wikidata", "v": ["Q1", "Q2"]}]
    )
    assert (other["score"], other["match"]) == (50.0, False)
    assert features(other)["wikidata_match"] is False
    known = candidates("Friedrich Merz", properties=[{"pid": "wikidata", "v": "Q1"}])
    assert known[0]["match"] is True


def test_types_narrow_the_candidates(candidates, people):
    assert [each["id"] for each in candidates("Ukraine constitution", type="document")] == ["4"]
    assert candidates("Constitution of Ukraine", type="person") == []
    both = candidates("Constitution of Ukraine", type=["person", "document"], type_strict="any")
    assert features(both[0])["kind_match"] is True
    assert candidates("Friedrich Merz", type=["person", "document"], type_strict="all") == []


@pytest.mark.parametrize("limit", [1, 1.0])
def test_a_limit_bounds_the_candidates(candidates, people, limit):
    assert len(candidates("John Smith", limit=limit)) == 1


@pytest.mark.parametrize("query", ["", " ", "?!", "\u0000", "x", "\U0001f600", "a" * 10_000])
def test_a_cell_without_a_name_has_no_candidates(candidates, people, query):
    assert candidates(query) == []


def test_a_mention_of_nobody_gives_way_to_one_who_bears_the_name(candidates, record, people):
    record(speaker={"name": "Merz ally", "kind": "unnamed"})
    found = candidates("Merz ally")
    assert (found[0]["name"], found[0]["match"]) == ("Merz ally", True)
    record(speaker={"name": "Merz Ally", "kind": "organization"})
    found = candidates("Merz ally")
    assert [(each["type"][0]["id"], each["match"]) for each in found][:2] == [
        ("organization", True),
        ("unnamed", False),
    ]


def test_a_merged_speaker_is_found_as_the_one_it_was_merged_into(client, candidates, people):
    assert client.post("/v1/speakers/2/merge", json={"into": 1}).status_code == 200
    for query in ("Friedrich Merz", "2"):
        found = candidates(query)
        assert [(each["id"], each["match"]) for each in found] == [("1", True)]


def test_extension_gives_what_openrefine_asks_for(client, people, record):
    record(speaker={"id": 1})
    wanted = {
        "ids": ["1", "3", "999", "x"],
        "properties": [
            {"id": each} for each in ("kind", "role", "alias", "wikidata", "statements", "name")
        ],
    }
    answer = client.post(SERVICE, data={"extend": json.dumps(wanted)})
    extension = conforms(answer, EXTENSION)
    assert extension["meta"][0] == {"id": "kind", "name": "Kind"}
    assert extension["rows"]["1"] == {
        "kind": [{"str": "person"}],
        "role": [{"str": "President of Ukraine"}],
        "alias": [{"str": "Zelensky"}],
        "wikidata": [{"str": "Q3874799"}],
        "statements": [{"int": 1}],
        "name": [{"str": "Volodymyr Zelenskyy"}],
    }
    assert extension["rows"]["3"]["role"] == []
    nothing = {each["id"]: [] for each in wanted["properties"]}
    assert extension["rows"]["999"] == extension["rows"]["x"] == nothing
    by_get = client.get(SERVICE, query_string={"extend": json.dumps(wanted)})
    assert conforms(by_get, EXTENSION) == extension


def test_extension_of_a_merged_speaker_is_that_of_the_one_it_was_merged_into(client, people):
    client.post("/v1/speakers/2/merge", json={"into": 1})
    wanted = {"ids": ["2"], "properties": [{"id": "name"}]}
    answer = client.post(SERVICE, data={"extend": json.dumps(wanted)})
    assert conforms(answer, EXTENSION)["rows"] == {"2": {"name": [{"str": "Volodymyr Zelenskyy"}]}}


def test_every_proposed_property_can_be_extended(client, people):
    proposal = conforms(client.get(f"{SERVICE}/properties?type=person"), PROPOSAL)
    assert proposal["type"] == "person"
    wanted = {"ids": ["1"], "properties": [{"id": p["id"]} for p in proposal["properties"]]}
    answer = conforms(client.post(SERVICE, data={"extend": json.dumps(wanted)}), EXTENSION)
    assert answer["meta"] == proposal["properties"]
    fewer = conforms(client.get(f"{SERVICE}/properties?type=person&limit=2"), PROPOSAL)
    assert (fewer["properties"], fewer["limit"]) == (proposal["properties"][:2], 2)


def test_suggestions_complete_what_was_typed(client, people):
    def suggest(what, **query):
        answer = client.get(f"{SERVICE}/suggest/{what}", query_string=query)
        return [each["id"] for each in conforms(answer, SUGGESTED)["result"]]

    assert suggest("entity", prefix="zel") == ["1"]
    assert suggest("entity", prefix="2") == ["2"]
    assert suggest("entity", prefix="john smith") == ["5", "6"]
    assert suggest("entity", prefix="john", cursor=1) == ["6"]
    assert suggest("entity", prefix="john", limit=1) == ["5"]
    assert suggest("entity", prefix="ukr", type="person") == []
    assert suggest("entity", prefix="ukr") == ["4"]
    assert suggest("entity", prefix="") == suggest("entity", prefix="?") == []
    assert suggest("type", prefix="org") == ["organization"]
    assert suggest("type", prefix="") == ["person", "organization", "document", "unnamed"]
    assert suggest("property", prefix="id") == ["wikidata"]
    assert suggest("property", prefix="", cursor=3) == ["wikidata"]


def test_suggestions_pass_over_what_other_clients_send_along(client, people):
    query = "prefix=zel&spell=always&lang=en&type_strict=any&filter=a&filter=b"
    answer = client.get(f"{SERVICE}/suggest/entity?{query}")
    assert len(conforms(answer, SUGGESTED)["result"]) == 1


def test_every_suggested_property_can_be_asked_by(client, candidates, people):
    for each in client.get(f"{SERVICE}/suggest/property?prefix=").json["result"]:
        assert candidates("Friedrich Merz", properties=[{"pid": each["id"], "v": "x"}])


def test_a_preview_is_a_page_that_any_site_may_frame_and_that_runs_nothing(client, add):
    name = '<script>alert("1")</script>'
    hostile = add("/v1/speakers", name=name, kind="person", role="<b>&", aliases=["'\">"])
    answer = client.get(f"{SERVICE}/preview/{hostile['id']}", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert "<script" not in answer.text and "<b>" not in answer.text
    assert "&lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt;" in answer.text
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "frame-ancestors *" in policy


def test_a_preview_follows_a_merge(client, refused, people):
    client.post("/v1/speakers/2/merge", json={"into": 1})
    assert "Volodymyr Zelenskyy" in client.get(f"{SERVICE}/preview/2").text
    refused(client.get(f"{SERVICE}/preview/99"), 404)


@pytest.mark.parametrize(
    ("queries", "pointer"),
    [
        ([], ""),
        ({"q0": "Merz"}, "/q0"),
        ({"q0": {}}, "/q0/query"),
        ({"q0": {"properties": []}}, "/q0/query"),
        ({"q0": {"query": 5}}, "/q0/query"),
        ({"q0": {"query": "a", "limit": 0}}, "/q0/limit"),
        ({"q0": {"query": "a", "limit": 1.5}}, "/q0/limit"),
        ({"q0": {"query": "a", "limit": True}}, "/q0/limit"),
        ({"q0": {"query": "a", "limit": "5"}}, "/q0/limit"),
        ({"q0": {"query": "a", "type_strict": "maybe"}}, "/q0/type_strict"),
        ({"q0": {"query": "a", "properties": [{"pid": "role"}]}}, "/q0/properties/0/v"),
        (
            {"q0": {"query": "a", "properties": [{"pid": "role", "v": {"name": "x"}}]}},
            "/q0/properties/0/v",
        ),
    ],
)
def test_a_wrong_query_is_refused_by_its_place(ask, refused, queries, pointer):
    refused(ask(queries), 422, pointer=pointer)


@pytest.mark.parametrize(
    ("wanted", "pointer"),
    [
        ({}, "/ids"),
        ({"ids": [1], "properties": []}, "/ids/0"),
    ],
)
def test_a_wrong_extension_is_refused_by_its_place(empty_client, refused, wanted, pointer):
    refused(empty_client.post(SERVICE, data={"extend": json.dumps(wanted)}), 422, pointer=pointer)


def test_what_is_no_batch_is_refused(empty_client, refused):
    refused(empty_client.post(SERVICE, data={"queries": "{"}), 400)
    refused(empty_client.post(SERVICE, data={"queries": '{"q0": {"query": NaN}}'}), 400)
    refused(empty_client.post(SERVICE, data={"queries": "[" * 100_000}), 400)
    refused(empty_client.post(SERVICE, data={}), 415)
    refused(empty_client.post(SERVICE, data={"queries": "{}", "extend": "{}"}), 422)
    refused(empty_client.post(SERVICE, data={"query": "Merz"}), 422, parameter="query")
    refused(empty_client.post(SERVICE, data={"queries": ["{}", "{}"]}), 422, parameter="queries")
    problem = refused(empty_client.post(SERVICE, json={"queries": {}}), 415)
    assert problem["accepted"] == ["application/x-www-form-urlencoded"]
    refused(empty_client.get(f"{SERVICE}?callback=jsonp1"), 422, parameter="callback")
    refused(empty_client.get(f"{SERVICE}/suggest/entity"), 422, parameter="prefix")
    refused(
        empty_client.get(f"{SERVICE}/suggest/entity?prefix=a&cursor=-1"), 422, parameter="cursor"
    )


def test_a_batch_has_as_many_queries_as_the_manifest_says(open_ledger, refused):
    client = open_ledger(max_reconcile=2).test_client()
    assert client.get(SERVICE).json["batchSize"] == 2
    batches = [{f"q{n}": {"query": "Merz"} for n in range(many)} for many in (2, 3)]
    fits, exceeds = (client.post(SERVICE, data={"queries": json.dumps(b)}) for b in batches)
    assert fits.status_code == 200
    refused(exceeds, 413)
    ids = {"ids": ["1"] * 501, "properties": [{"id": "name"}]}
    refused(client.post(SERVICE, data={"extend": json.dumps(ids)}), 413)


def test_an_empty_batch_gets_an_empty_answer(ask, people):
    assert conforms(ask({}), RESULTS) == {}


def test_names_are_forgotten_with_what_bore_them(client, candidates, people):
    client.patch("/v1/speakers/2", json={"name": "Joachim-Friedrich Merz"})
    assert candidates("Friedrich Merz")[0]["match"] is False
    assert client.delete("/v1/speakers/3").status_code == 204
    assert candidates("Ministry of Transport") == []
