"""Schemas of the document as OpenAPI 3.1 writes them: formats, patterns, examples, descriptions."""

from collections.abc import Iterator, Mapping
from typing import Any

from marshmallow import Schema

_INT32 = 2**31 - 1
_LISTS = ("anyOf", "oneOf", "allOf")
_EXAMPLES = {"boolean": True, "integer": 1, "date": "2026-03-14"}


def style(spec: dict[str, Any], classes: Mapping[str, type[Schema]]) -> None:
    """Say in each schema what its kind of field is, and give each parameter an example.

    Args:
        spec: the document.
        classes: the class of each schema among the components; its docstring describes it.
    """
    for name, schema in spec["components"]["schemas"].items():
        told = classes[name].__doc__ if name in classes else None
        if told:
            schema.setdefault("description", " ".join(told.split()))
    for parameter in parameters(spec):
        _give_example(parameter)
    for schema in schemas(spec):
        _style(schema)


def schemas(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every schema of the document, those in schemas included."""
    for schema in spec["components"]["schemas"].values():
        yield from _within(schema)
    for parameter in parameters(spec):
        yield from _within(parameter["schema"])
    for _, content in contents(spec):
        yield from _within(content["schema"])


def parameters(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every parameter that is described where it is taken."""
    for operations in spec["paths"].values():
        for method, operation in operations.items():
            described = operation if method == "parameters" else operation.get("parameters", ())
            yield from (each for each in described if "$ref" not in each)


def contents(spec: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every body that comes in or goes out, by its media type."""
    for response in spec["components"]["responses"].values():
        yield from response.get("content", {}).items()
    for operations in spec["paths"].values():
        for method, operation in operations.items():
            if method != "parameters":
                yield from operation.get("requestBody", {}).get("content", {}).items()
                for response in operation["responses"].values():
                    yield from response.get("content", {}).items()


def _within(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield schema
    inner = [*schema.get("properties", {}).values()]
    inner += [each for name in _LISTS for each in schema.get(name, ())]
    inner += [schema[name] for name in ("items", "additionalProperties") if name in schema]
    for each in inner:
        if isinstance(each, dict):
            yield from _within(each)


def _give_example(parameter: dict[str, Any]) -> None:
    """Its own, or one that its type or its choices give.

    The page at ``/docs`` fills in the ``example`` of a parameter: only what must be given has one
    there, the others have theirs in their schema.
    """
    schema = parameter["schema"]
    inner = schema.get("items", schema)
    own = schema.pop("example", inner.pop("example", None))
    if own is None:
        kind = inner.get("format") if inner.get("format") == "date" else inner.get("type")
        own = inner["enum"][0] if "enum" in inner else _EXAMPLES.get(kind)
    if own is None:
        return
    if schema.get("type") == "array" and not isinstance(own, list):
        own = [own]
    if parameter.get("required"):
        parameter["example"] = own
    else:
        schema["examples"] = [own]


def _style(schema: dict[str, Any]) -> None:
    kinds = schema.get("type", ())
    kinds = kinds if isinstance(kinds, list) else [kinds]
    if "integer" in kinds:
        small = schema.get("minimum", -_INT32) >= -_INT32 and schema.get("maximum", 2**63) <= _INT32
        schema.setdefault("format", "int32" if small else "int64")
    if "number" in kinds:
        schema.setdefault("format", "double")
    if "pattern" in schema:
        # Python's anchors are not those of JSON Schema.
        schema["pattern"] = schema["pattern"].replace(r"\A", "^").replace(r"\Z", "$")
    if "example" in schema:
        schema["examples"] = [schema.pop("example")]
