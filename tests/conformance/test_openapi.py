"""The OpenAPI document: up to date, valid, whole, with true examples that its schemas admit."""

import inspect
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from api.web.openapi.schema_style import contents, parameters, schemas
from tools.examples import FILE, made
from tools.openapi import written

ROOT = Path(__file__).parents[2]
SPEC: dict[str, Any] = yaml.load(
    (ROOT / "openapi.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
)
OPERATIONS = [
    pytest.param(operation, id=operation["operationId"])
    for path in SPEC["paths"].values()
    for method, operation in path.items()
    if method != "parameters"
]
SCHEMAS = SPEC["components"]["schemas"]


def admitted(instance: Any, schema: dict[str, Any]) -> list[str]:
    """What a schema of the document finds wrong with an instance."""
    whole = {**schema, "components": SPEC["components"]}
    return [error.message for error in Draft202012Validator(whole).iter_errors(instance)]


def shown_in(content: dict[str, Any]) -> list[Any]:
    """The examples of a body: its own, or those that it shares with other calls."""
    if "example" in content:
        return [content["example"]]
    references = [each["$ref"] for each in content.get("examples", {}).values()]
    return [SPEC["components"]["examples"][each.rpartition("/")[2]]["value"] for each in references]


def answer_of(operation: dict[str, Any], status: str) -> dict[str, Any]:
    """What an operation answers with a status, be it written there or shared."""
    response: dict[str, Any] = operation["responses"].get(status, {})
    if "$ref" in response:
        return SPEC["components"]["responses"][response["$ref"].rpartition("/")[2]]
    return response


def test_the_committed_document_is_what_the_code_writes():
    assert (ROOT / "openapi.yaml").read_text(encoding="utf-8") == written(), "run: make openapi"


def test_the_committed_examples_are_what_the_api_answers():
    assert FILE.read_text(encoding="utf-8") == made(), "run: make openapi"


def test_the_document_is_valid_openapi_3_1():
    assert SPEC["openapi"] == "3.1.0"
    assert list(OpenAPIV31SpecValidator(SPEC).iter_errors()) == []


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_operation_says_what_it_is(operation):
    assert re.fullmatch("[a-z]+([A-Z][a-z]+)+", operation["operationId"])
    assert operation["summary"] and not operation["summary"].endswith(".")
    assert operation["description"], "say more in the docstring, below its first line"
    assert set(operation["tags"]) <= {tag["name"] for tag in SPEC["tags"]}
    assert "default" in operation["responses"]


@pytest.mark.parametrize(
    ("header", "called"), [("IfMatch", "precondition()"), ("IdempotencyKey", "answered_once(")]
)
def test_what_a_view_goes_by_is_declared_on_it(open_ledger, header, called):
    views = open_ledger().view_functions.values()
    documented = {
        operation.values[0]["operationId"]
        for operation in OPERATIONS
        if f"/parameters/{header}'" in repr(operation.values[0].get("parameters"))
    }
    asked = {
        view._apidoc["manual_doc"]["operationId"]
        for view in views
        if hasattr(view, "_apidoc") and called in inspect.getsource(inspect.unwrap(view))
    }
    assert documented == asked


def test_every_parameter_is_described_and_has_an_example_that_it_admits():
    for parameter in (*parameters(SPEC), *SPEC["components"]["parameters"].values()):
        name, schema = parameter["name"], parameter["schema"]
        assert parameter["description"], name
        named = SCHEMAS[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
        shown = [parameter["example"]] if "example" in parameter else named.get("examples")
        assert shown, f"{name}: give its field an example"
        for each in shown:
            assert admitted(each, schema) == [], name


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_operation_has_an_example_and_its_schema_admits_it(operation):
    bodies = list(operation.get("requestBody", {}).get("content", {}).values())
    assert all(shown_in(body) for body in bodies)
    for status in ("200", "201"):
        bodies += answer_of(operation, status).get("content", {}).values()
    shown = [(example, body["schema"]) for body in bodies for example in shown_in(body)]
    for example, schema in shown:
        assert admitted(example, schema) == []
    assert shown or "204" in operation["responses"], "add a call to tools/examples.py"


def test_every_media_type_has_an_example():
    without = set()
    for operation in (each.values[0] for each in OPERATIONS):
        answers = [answer_of(operation, status) for status in ("200", "201")]
        contents = [each for answer in answers for each in answer.get("content", {}).items()]
        shown = {media_type for media_type, content in contents if shown_in(content)}
        assert shown or not contents, operation["operationId"]
        without |= {media_type for media_type, _ in contents} - shown
    # A list's rows and lines are its items in another form, which one list shows for all.
    assert without == {"text/csv", "application/x-ndjson", "application/ld+json"}
    examples = json.loads(FILE.read_text(encoding="utf-8"))
    assert without <= {name.partition(" ")[2] for name in examples}


def test_what_several_calls_have_alike_is_written_once():
    calls = [
        each
        for path in SPEC["paths"].values()
        for method, each in path.items()
        if method != "parameters"
    ]
    answers = [answer for each in calls for answer in each["responses"].values()]
    taken = [parameter for each in calls for parameter in each.get("parameters", ())]
    contents = [each for answer in answers for each in answer.get("content", {}).values()]
    contents += [
        each for call in calls for each in call.get("requestBody", {}).get("content", {}).values()
    ]
    examples = [each["example"] for each in contents if "example" in each]
    for placed in (answers, taken, examples):
        own = [json.dumps(each) for each in placed if "$ref" not in each]
        assert len(own) == len(set(own))


def test_the_parameters_of_a_path_are_written_there():
    """The page at ``/docs`` shows a reference among them as a parameter without a name."""
    own = [each for path in SPEC["paths"].values() for each in path.get("parameters", ())]
    assert own and all("name" in each for each in own)


def test_nothing_is_one_of_several_things():
    """Clients of many languages have no type for it, or one that does not compile."""
    for schema in schemas(SPEC):
        assert "oneOf" not in schema and "allOf" not in schema, schema
        alternatives = schema.get("anyOf", [{}, {"type": "null"}])
        assert len(alternatives) == 2 and alternatives[1] == {"type": "null"}, schema


def test_what_has_any_members_names_none_of_them():
    """Clients of some languages keep the named ones and lose the others."""
    for name, schema in SCHEMAS.items():
        assert not (schema.get("properties") and schema.get("additionalProperties")), name


def test_every_problem_has_an_example_that_its_schema_admits():
    for name, response in SPEC["components"]["responses"].items():
        content = response.get("content", {}).get("application/problem+json", {})
        if "example" in content:
            assert admitted(content["example"], content["schema"]) == [], name
    shown = [
        response["content"]["application/problem+json"]["example"]["type"]
        for response in SPEC["components"]["responses"].values()
        if "example" in response.get("content", {}).get("application/problem+json", {})
    ]
    assert len(shown) == len(set(shown)) >= 10


def test_every_object_has_a_name_of_its_own_and_says_what_it_is():
    named = [id(schema) for schema in SCHEMAS.values()]
    for schema in schemas(SPEC):
        assert "properties" not in schema or id(schema) in named, schema
    for name, schema in SCHEMAS.items():
        assert re.fullmatch("([A-Z][a-z]+)+", name), name
        assert "enum" in schema or schema["description"], f"{name}: give its class a docstring"


def test_every_set_of_choices_has_a_name_of_its_own():
    named = [id(schema) for schema in SCHEMAS.values()]
    chosen = [schema for schema in schemas(SPEC) if "enum" in schema]
    assert len(chosen) > 20
    for schema in chosen:
        assert id(schema) in named, schema
    sets = [tuple(schema["enum"]) for schema in chosen]
    assert len(set(sets)) == len(sets)


def test_schemas_are_written_as_openapi_3_1_has_them():
    for schema in schemas(SPEC):
        assert "nullable" not in schema and "example" not in schema, schema
        assert "format" in schema or "integer" not in schema.get("type", ""), schema
        assert not re.search(r"\\[AZz]", schema.get("pattern", "")), schema


def test_every_body_has_a_schema_and_refers_to_what_is_there():
    for media_type, content in contents(SPEC):
        assert content["schema"], media_type
    text = json.dumps(SPEC)
    for kind, name in set(re.findall(r'"#/components/(\w+)/([\w-]+)"', text)):
        assert name in SPEC["components"][kind], (kind, name)


def test_a_wrong_answer_would_not_be_admitted():
    example = json.loads(FILE.read_text(encoding="utf-8"))["getStatement"]["response"]
    schema = {"$ref": "#/components/schemas/Statement"}
    assert admitted(example, schema) == []
    assert admitted({**example, "kind": "rumour"}, schema)
    assert admitted({name: example[name] for name in example if name != "said_on"}, schema)
