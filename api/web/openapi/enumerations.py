"""Choices as schemas of their own in the document, so that clients have a type for each."""

import re
from collections.abc import Iterator
from typing import Any

from api.web.openapi.schema_style import schemas

_SUFFIXES = re.compile(r"(With[A-Z]\w*|In|Patch|Ref|Brief|Shown|Page)$")
Choices = tuple[str, ...]


def name_enumerations(spec: dict[str, Any]) -> None:
    """Move each set of choices to the components, under one name wherever it stands.

    It is named after what has it: ``StatementKind``. Where several do, the things that lists show
    come first, then the others in the order of the document.
    """
    named = _named(spec)
    for schema in list(schemas(spec)):
        if "enum" in schema and schema.get("type") != "boolean":
            _refer(schema, named[_choices(schema)])
    for choices, name in named.items():
        spec["components"]["schemas"][name] = _component(choices)


def _component(choices: Choices) -> dict[str, Any]:
    component = {"type": "string", "enum": list(choices), "examples": [choices[0]]}
    if not all(choice.isidentifier() for choice in choices):
        # Where a choice is no name, as "-said_on", generators number it unless they are told one.
        component["x-enum-varnames"] = [_constant(choice) for choice in choices]
    return component


def _constant(choice: str) -> str:
    """``SAID_ON``, ``SAID_ON_DESCENDING`` for ``-said_on``, ``REVIEW_CREATED`` for its event."""
    name = choice.removeprefix("-").replace(".", "_").upper()
    return name + "_DESCENDING" * choice.startswith("-")


def _named(spec: dict[str, Any]) -> dict[Choices, str]:
    named: dict[Choices, str] = {}
    taken = set(spec["components"]["schemas"])
    for choices, name in (*_of_listed(spec), *_of_schemas(spec), *_of_parameters(spec)):
        if choices not in named:
            if name in taken:
                raise ValueError(f"Two sets of choices would be named {name}: rename a field.")
            named[choices] = name
            taken.add(name)
    return named


def _of_listed(spec: dict[str, Any]) -> Iterator[tuple[Choices, str]]:
    components = spec["components"]["schemas"]
    for page in components.values():
        items = page.get("properties", {}).get("items", {}).get("items", {})
        if "$ref" in items:
            name = items["$ref"].rpartition("/")[2]
            yield from _of_properties(name, components[name])


def _of_schemas(spec: dict[str, Any]) -> Iterator[tuple[Choices, str]]:
    for name, schema in spec["components"]["schemas"].items():
        yield from _of_properties(name, schema)


def _of_properties(name: str, schema: dict[str, Any]) -> Iterator[tuple[Choices, str]]:
    for field, described in schema.get("properties", {}).items():
        yield from _of(_SUFFIXES.sub("", name), field, described)


def _of_parameters(spec: dict[str, Any]) -> Iterator[tuple[Choices, str]]:
    """Named after what the list shows, or after the operation where it shows none."""
    for operations in spec["paths"].values():
        for method, operation in operations.items():
            if method != "parameters":
                for parameter in operation.get("parameters", ()):
                    if "schema" in parameter:
                        owner = _subject(operation)
                        yield from _of(owner, parameter["name"], parameter["schema"])


def _subject(operation: dict[str, Any]) -> str:
    content = operation["responses"].get("200", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema", {})
    return _SUFFIXES.sub("", schema.get("$ref", "").rpartition("/")[2]) or (
        operation["operationId"][0].upper() + operation["operationId"][1:]
    )


def _of(owner: str, field: str, schema: dict[str, Any]) -> Iterator[tuple[Choices, str]]:
    part = "".join(word.capitalize() for word in field.split("_"))
    if "enum" in schema:
        yield _choices(schema), _joined(owner, part)
    elif "enum" in schema.get("items", {}):
        yield _choices(schema["items"]), _joined(owner, re.sub("(?<![ius])s$", "", part))


def _joined(owner: str, part: str) -> str:
    return owner + ("Value" if owner.endswith(part) else part)


def _choices(schema: dict[str, Any]) -> Choices:
    return tuple(choice for choice in schema["enum"] if choice is not None)


def _refer(schema: dict[str, Any], name: str) -> None:
    reference = {"$ref": f"#/components/schemas/{name}"}
    nullable = None in schema.pop("enum")
    schema.pop("type", None)
    # The choices have theirs: a generator takes a parameter's reference beside one for anything.
    schema.pop("examples", None)
    if nullable:
        schema["anyOf"] = [reference, {"type": "null"}]
    else:
        schema.update(reference)
