"""The OpenAPI document: up to date, valid, with true examples that its schemas admit."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from tools.examples import FILE, made
from tools.openapi import written

ROOT = Path(__file__).parents[2]
SPEC: dict[str, Any] = yaml.safe_load((ROOT / "openapi.yaml").read_text(encoding="utf-8"))
OPERATIONS = [
    pytest.param(operation, id=operation["operationId"])
    for path in SPEC["paths"].values()
    for method, operation in path.items()
    if method != "parameters"
]


def admitted(instance: Any, schema: dict[str, Any]) -> list[str]:
    """What a schema of the document finds wrong with an instance."""
    whole = {**schema, "components": SPEC["components"]}
    return [error.message for error in Draft202012Validator(whole).iter_errors(instance)]


def test_the_committed_document_is_what_the_code_writes():
    assert (ROOT / "openapi.yaml").read_text(encoding="utf-8") == written(), "run: make openapi"


def test_the_committed_examples_are_what_the_api_answers():
    assert FILE.read_text(encoding="utf-8") == made(), "run: make openapi"


def test_the_document_is_valid_openapi_3_1():
    assert SPEC["openapi"] == "3.1.0"
    assert list(OpenAPIV31SpecValidator(SPEC).iter_errors()) == []


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_operation_says_what_it_is(operation):
    assert operation["summary"]
    assert operation["tags"]
    assert "default" in operation["responses"]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_example_is_admitted_by_its_schema(operation):
    found = 0
    if "requestBody" in operation:
        for content in operation["requestBody"]["content"].values():
            assert admitted(content["example"], content["schema"]) == []
            found += 1
    for status, response in operation["responses"].items():
        for content in response.get("content", {}).values():
            if not status.startswith("2") or "example" not in content:
                continue
            assert admitted(content["example"], content["schema"]) == []
            found += 1
    assert found or "204" in operation["responses"]


def test_a_wrong_answer_would_not_be_admitted():
    example = json.loads(FILE.read_text(encoding="utf-8"))["getStatement"]["response"]
    schema = {"$ref": "#/components/schemas/Statement"}
    assert admitted(example, schema) == []
    assert admitted({**example, "kind": "rumour"}, schema)
    assert admitted({name: example[name] for name in example if name != "said_on"}, schema)
