"""What holds on every call, written into the OpenAPI document: headers and examples."""

from importlib import resources
from typing import Any

import orjson

from api.web.media_types import JSON, NDJSON

_PARAMETERS = {
    "IfNoneMatch": (
        "If-None-Match",
        "The ETag of the copy you have: 304 where it is still the same.",
        '"3.9f8e7d6c5b4a3921"',
    ),
    "IfMatch": (
        "If-Match",
        "The ETag you read: 412 where there is a newer version. Without it the latest is changed.",
        '"3.9f8e7d6c5b4a3921"',
    ),
    "IdempotencyKey": (
        "Idempotency-Key",
        "Your own name for this request: repeated with the same body, it gets the same answer.",
        "7c9e6679-7425-40de-944b-e07fc1f90ae7",
    ),
}
_HEADERS = {
    "ETag": '`"<version>.<rest>"`: If-Match compares the version, If-None-Match the whole.',
    "Link": 'The next page (RFC 8288): `<address>; rel="next"`; missing on the last.',
    "Location": "The address of what was made, or was there already.",
}
# Calls that answer without storing anything, or make nothing that could be made twice.
_NOT_CREATING = (
    "checkContradictions",
    "importReviews",
    "importStatements",
    "reconcileSpeakers",
)
_UNVERSIONED = ("getHealth", "getReadiness")


def complete(spec: dict[str, Any]) -> dict[str, Any]:
    """Add to each operation the headers it reads and sends, and its example."""
    components = spec["components"]
    components["parameters"] = {
        key: {
            "in": "header",
            "name": name,
            "description": description,
            "schema": {"type": "string"},
            "example": example,
        }
        for key, (name, description, example) in _PARAMETERS.items()
    }
    components["headers"] = {
        name: {"description": description, "schema": {"type": "string"}}
        for name, description in _HEADERS.items()
    }
    examples = orjson.loads((resources.files("schemas") / "examples.json").read_bytes())
    for path in spec["paths"].values():
        for method, operation in path.items():
            # A path's own parameters stand beside its operations.
            if method != "parameters":
                _describe_headers(method, operation)
                _show(operation, examples)
    return spec


def _describe_headers(method: str, operation: dict[str, Any]) -> None:
    name, responses = operation["operationId"], operation["responses"]
    if method == "get" and name not in _UNVERSIONED:
        _reads(operation, "IfNoneMatch")
        _sends(responses["200"], "ETag")
        if name.startswith("list"):
            _sends(responses["200"], "Link")
        responses["304"] = {"description": "Your copy is still the same."}
    elif method in ("patch", "put", "delete"):
        _reads(operation, "IfMatch")
        for status in ("200", "201"):
            if status in responses:
                _sends(responses[status], "ETag")
        if "201" in responses:
            _sends(responses["201"], "Location")
    elif method == "post" and name not in _NOT_CREATING:
        _reads(operation, "IdempotencyKey")
        for status in ("200", "201"):
            if status in responses:
                _sends(responses[status], "ETag")
                _sends(responses[status], "Location")


def _reads(operation: dict[str, Any], parameter: str) -> None:
    operation.setdefault("parameters", []).append({"$ref": f"#/components/parameters/{parameter}"})


def _sends(response: dict[str, Any], header: str) -> None:
    response.setdefault("headers", {})[header] = {"$ref": f"#/components/headers/{header}"}


def _show(operation: dict[str, Any], examples: dict[str, Any]) -> None:
    for name, example in examples.items():
        operation_id, _, accepted = name.partition(" ")
        if operation_id == operation["operationId"]:
            answer = operation["responses"][str(example["status"])]
            _show_body(answer, example["response"], accepted)
            if example["request"] is not None:
                # A body that is taken in several media types has the same form in each.
                for media_type in operation["requestBody"]["content"]:
                    _show_body(operation["requestBody"], example["request"], media_type)


def _show_body(described: dict[str, Any], body: Any, media_type: str) -> None:
    content = described["content"]
    fitting = media_type or (NDJSON if isinstance(body, str) else JSON)
    # Where neither is taken or given, it is the one media type there is: a form, a page.
    content[fitting if fitting in content else next(iter(content))]["example"] = body
