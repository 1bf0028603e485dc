"""What several calls of the document have alike, written once among its components."""

import json
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, NamedTuple

_METHODS = ("get", "put", "post", "patch", "delete")


class _Place(NamedTuple):
    """Where something stands in the document, and what it may be called."""

    of: dict[Any, Any] | list[Any]
    key: Any
    names: tuple[str, ...]


def share(spec: dict[str, Any]) -> None:
    """Move to the components what stands in the document more than once, and refer to it.

    Parameters, answers and examples: each under the name of what it is, or where others have
    that name, with the operation's before it in which it comes first.
    """
    for example, content in _examples(spec):
        content["examples"] = {example: {"value": content.pop("example")}}
    _share(spec, "examples", _of_examples(spec))
    _share(spec, "parameters", _of_parameters(spec))
    _share(spec, "responses", _of_responses(spec))
    for _, content in _examples(spec, "examples"):
        (only,) = content["examples"].values()
        if "value" in only:
            # What stands in one place is written there, as readers know it.
            content["example"] = content.pop("examples") and only["value"]


def _share(spec: dict[str, Any], kind: str, places: Iterator[_Place]) -> None:
    alike: dict[str, list[_Place]] = {}
    for place in places:
        alike.setdefault(json.dumps(place.of[place.key], sort_keys=True), []).append(place)
    components = spec["components"].setdefault(kind, {})
    for same in alike.values():
        if len(same) > 1:
            first = same[0]
            name = next(each for each in first.names if each not in components)
            components[name] = first.of[first.key]
            for place in same:
                place.of[place.key] = {"$ref": f"#/components/{kind}/{name}"}


def _of_parameters(spec: dict[str, Any]) -> Iterator[_Place]:
    """Those of operations: references among a path's own are not followed by Swagger UI."""
    for operation in _operations(spec):
        parameters = operation.get("parameters", [])
        for at, parameter in enumerate(parameters):
            if "$ref" not in parameter:
                name = "".join(map(_capital, parameter["name"].split("_")))
                yield _Place(parameters, at, (name, _capital(operation["operationId"]) + name))


def _of_responses(spec: dict[str, Any]) -> Iterator[_Place]:
    for operation in _operations(spec):
        for status, response in operation["responses"].items():
            if "$ref" not in response:
                phrase = HTTPStatus(int(status)).phrase.title().replace(" ", "")
                own = _capital(operation["operationId"]) + phrase
                bare = () if "content" in response else (phrase,)
                yield _Place(operation["responses"], status, (*bare, own))


def _of_examples(spec: dict[str, Any]) -> Iterator[_Place]:
    for name, content in _examples(spec, "examples"):
        first = next(iter(content["examples"]))
        yield _Place(content["examples"], first, (name, *(f"{name}{n}" for n in range(2, 9))))


def _examples(spec: dict[str, Any], key: str = "example") -> Iterator[tuple[str, dict[str, Any]]]:
    """Each body with an example, and the operation's name."""
    for operation in _operations(spec):
        bodies = [operation.get("requestBody", {}), *operation["responses"].values()]
        for body in bodies:
            for content in body.get("content", {}).values():
                if key in content:
                    yield operation["operationId"], content


def _operations(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for operations in spec["paths"].values():
        yield from (operations[method] for method in _METHODS if method in operations)


def _capital(name: str) -> str:
    return name[0].upper() + name[1:]
