"""What holds on every call, written into the OpenAPI document: headers, problems, examples."""

import re
from collections.abc import Callable, Iterator, Mapping
from importlib import resources
from typing import Any

import orjson

from api.web.http import problem_types, problems
from api.web.http.headers import LONGEST_VALUE
from api.web.http.media_types import HTML, JSON, NDJSON
from api.web.http.problem_types import ProblemType
from api.web.middleware import replica_reads
from api.web.middleware.access import READ, scope_of
from api.web.middleware.hosts import PROBES
from api.web.openapi.schema_style import parameters

Views = Mapping[str, Callable[..., Any]]

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
        "Your own name for this request: repeated with the same key of the API and the same body, "
        "it gets the same answer. Other callers may use the same name, and never see that answer.",
        "7c9e6679-7425-40de-944b-e07fc1f90ae7",
    ),
    "LedgerPosition": (
        replica_reads.HEADER,
        "What you were told when you wrote: where reads are spread over replicas, nothing older is "
        "read. Any other word, such as `latest`, reads from the ledger itself.",
        "0/1A2B3C8",
    ),
    "ChangeReason": (
        "X-Change-Reason",
        "Why you change it, for the history of what is changed.",
        "The recording was published.",
    ),
}
_FORMS: dict[str, dict[str, Any]] = {
    "IdempotencyKey": {"minLength": 1, "maxLength": 255, "pattern": "^[ -~]+$"},
    "ChangeReason": {"maxLength": 1000},
}

# By the name of the component: what the header says, and an example.
_HEADERS = {
    "ETag": (
        '`"<version>.<rest>"`: If-Match compares the version, If-None-Match the whole.',
        '"3.9f8e7d6c5b4a3921"',
    ),
    "PageLink": (
        'The next page (RFC 8288): `<address>; rel="next"`; missing on the last.',
        '<http://127.0.0.1:8000/v1/statements?limit=2&cursor=WzFd.c2ln>; rel="next"',
    ),
    "DocumentLink": (
        "Where the calls are described (RFC 8631, RFC 9727): `service-desc`, `service-doc` and "
        "`api-catalog`.",
        '</openapi.json>; rel="service-desc"',
    ),
    "Location": ("The address of what was made, or was there already.", "/v1/statements/1"),
    "LedgerPosition": (
        "Up to where the ledger's log has what was written, where reads are spread over replicas: "
        "send it with a read that is to see it.",
        "0/1A2B3C8",
    ),
    "Retry-After": ("Seconds to wait before the request is repeated.", "1"),
    "RateLimit": (
        "What is left of the rate, where one is set; `RateLimit-Policy` beside it tells the rate.",
        '"all";r=599;t=60',
    ),
    "RateLimit-Policy": (
        "The rate that requests are held to, where one is set.",
        '"all";q=600;w=60',
    ),
    "WWW-Authenticate": ("What kind of key is needed (RFC 6750).", 'Bearer realm="counterclaim"'),
}
_SENT_WITH = {
    problem_types.UNAUTHORIZED: ("WWW-Authenticate",),
    problem_types.FORBIDDEN: ("WWW-Authenticate",),
    problem_types.TOO_MANY: ("Retry-After", "RateLimit-Policy"),
    problem_types.BUSY: ("Retry-After",),
    problem_types.NOT_READY: ("Retry-After",),
    problem_types.KEY_UNUSABLE: ("Retry-After",),
    problem_types.STORAGE_FAILS: ("Retry-After",),
}
_ALWAYS = ("RateLimit",)
# What calls of the API send and heed by their methods; views say what they do beside it.
_SENDS = {"get": ("ETag",), "put": ("ETag",), "patch": ("ETag",)}
_HEEDS = {
    "get": ("IfNoneMatch",),
    "put": ("IfMatch",),
    "patch": ("IfMatch",),
    "delete": ("IfMatch",),
}
# Told of one line among others, and of no call.
_OF_LINES = (problem_types.OTHERS_REFUSED,)
ANY_PROBLEM = "Problem"
_DEFECT = "Defect"
_OTHERS = {
    _DEFECT: "A defect of the server. Nothing was stored.",
    ANY_PROBLEM: "Why it was not done, and what would be right.",
}


def shared_responses(schema: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """The responses that calls share, by their names in the document: problems, and a move."""
    for kind in problem_types.TYPES.values():
        if kind in _OF_LINES:
            continue
        told = f"{kind.title}. {kind.remedy}"
        yield name_of(kind), _problem(told, schema, *_SENT_WITH.get(kind, ()))
    for name, told in _OTHERS.items():
        yield name, _problem(told, schema)
    told = "It was merged into another: the same call at the other's address."
    headers = _sent("Location", Link="DocumentLink")
    yield "Moved", {"description": told, "headers": headers}


def _problem(told: str, schema: Any, *headers: str) -> dict[str, Any]:
    return {
        "description": told,
        "headers": _sent(*headers, Link="DocumentLink"),
        "content": {problems.MEDIA_TYPE: {"schema": schema}},
    }


def name_of(kind: ProblemType) -> str:
    """The name of a problem type in the document: ``StaleVersion``."""
    return "".join(part.capitalize() for part in kind.name.split("-"))


def complete(spec: dict[str, Any], views: Views) -> None:
    """Add to each operation what it reads, sends and may refuse, and its examples.

    Args:
        spec: the document.
        views: the view of each operation, by its ``operationId``.
    """
    components = spec["components"]
    components["parameters"] = {key: _parameter(key) for key in _PARAMETERS}
    components["headers"] = {
        name: {"description": told, "schema": {"type": "string"}, "example": example}
        for name, (told, example) in _HEADERS.items()
    }
    examples = orjson.loads((resources.files("schemas") / "data" / "examples.json").read_bytes())
    for kind in problem_types.TYPES.values():
        if f"problem {kind.name}" in examples:
            content = components["responses"][name_of(kind)]["content"][problems.MEDIA_TYPE]
            content["example"] = examples[f"problem {kind.name}"]["response"]
    for path, operations in spec["paths"].items():
        _describe_ids(path, operations.get("parameters", ()))
        for method, operation in operations.items():
            # A path's own parameters stand beside its operations.
            if method != "parameters":
                view = views[operation["operationId"]]
                sends, heeds = set(getattr(view, "sends", ())), set(getattr(view, "heeds", ()))
                if path.startswith("/v1/"):
                    sends |= set(_SENDS.get(method, ()))
                    heeds |= set(_HEEDS.get(method, ()))
                _describe_headers(operation, sends, heeds)
                if path.startswith("/v1/"):
                    _describe_position(method, operation)
                is_write = scope_of(view, method.upper()) != READ
                _describe_problems(path, operation, is_write, "IfMatch" in heeds)
                _show(operation, examples)
    for parameter in parameters(spec):
        _limit(parameter)
    _drop_unused(spec)


def _limit(parameter: dict[str, Any]) -> None:
    """Say how long a parameter may be that no schema limits: as long as a line of the request."""
    schema = parameter["schema"].get("items", parameter["schema"])
    if schema.get("type") == "string" and "enum" not in schema:
        schema.setdefault("maxLength", LONGEST_VALUE)


def _drop_unused(spec: dict[str, Any]) -> None:
    """Leave out the answers that no call gives under a status of its own."""
    used = repr(spec["paths"])
    responses = spec["components"]["responses"]
    for name in [name for name in responses if f"/responses/{name}'" not in used]:
        del responses[name]


def _parameter(key: str) -> dict[str, Any]:
    name, told, example = _PARAMETERS[key]
    schema = {"type": "string", **_FORMS.get(key, {}), "examples": [example]}
    return {"in": "header", "name": name, "description": told, "schema": schema}


def _describe_ids(path: str, parameters: Any) -> None:
    """Say of each id in a path whose it is: in ``/v1/speakers/{id}``, the speaker's."""
    for parameter in parameters:
        before = path.partition(f"/{{{parameter['name']}}}")[0].rpartition("/")[2]
        parameter["description"] = f"The id of the {_singular(before)}."


def _singular(name: str) -> str:
    return re.sub(r"ies$", "y", name).removesuffix("s").replace("_", " ")


def _describe_headers(operation: dict[str, Any], sends: set[str], heeds: set[str]) -> None:
    responses = operation["responses"]
    link = "PageLink" if "PageLink" in sends else "DocumentLink"
    for status in {"200", "201", "202", "204"} & set(responses):
        headers = _sent(*sends - {"PageLink"}, Link=link)
        responses[status].setdefault("headers", {}).update(headers)
    if "IfNoneMatch" in heeds:
        told = "Your copy is still the same."
        responses["304"] = {"description": told, "headers": _sent("ETag")}
    for parameter in _PARAMETERS:
        if parameter in heeds:
            _reads(operation, parameter)


def _describe_position(method: str, operation: dict[str, Any]) -> None:
    """What the answer to a write tells, a read may be asked with."""
    if method == "get":
        _reads(operation, "LedgerPosition")
        return
    told = {replica_reads.HEADER: {"$ref": "#/components/headers/LedgerPosition"}}
    for status in {"200", "201", "202", "204"} & set(operation["responses"]):
        operation["responses"][status]["headers"].update(told)


def _describe_problems(
    path: str, operation: dict[str, Any], is_write: bool, is_conditional: bool
) -> None:
    """Say what any such call may refuse, and how; what else it may, it declares itself."""
    responses = operation["responses"]
    kinds = [*_refused(path, operation)]
    if is_conditional:
        kinds.append(problem_types.STALE)
    if is_write:
        _reads(operation, "ChangeReason")
        kinds += (problem_types.FORBIDDEN, problem_types.BUSY)
    # flask-smorest has a name of its own for it.
    responses.pop(str(problem_types.INVALID.status), None)
    for kind in reversed(kinds):
        responses.setdefault(str(kind.status), _response(kind))
    responses["500"] = {"$ref": f"#/components/responses/{_DEFECT}"}
    operation["responses"] = dict(sorted(responses.items()))
    for response in responses.values():
        if JSON in response.get("content", {}):
            # Programs that take the first take the one that has a schema.
            response["content"] = {JSON: response["content"][JSON], **response["content"]}


def _refused(path: str, operation: dict[str, Any]) -> Iterator[ProblemType]:
    yield from (problem_types.INVALID, problem_types.TOO_MANY)
    if path not in PROBES:
        yield problem_types.MISDIRECTED
    if path.startswith("/v1/"):
        yield problem_types.UNAUTHORIZED
        yield problem_types.NOT_ACCEPTABLE
        yield problem_types.STORAGE_FAILS
    if "{" in path:
        yield problem_types.NOT_FOUND
    content = operation.get("requestBody", {}).get("content", {})
    if content:
        yield problem_types.UNSUPPORTED
    if set(content) - {NDJSON}:
        # Lines are read as they come: each is held to that alone.
        yield problem_types.TOO_LARGE
    if any(media_type.endswith("json") for media_type in set(content) - {NDJSON}):
        yield problem_types.MALFORMED


def _response(kind: ProblemType) -> dict[str, Any]:
    return {"$ref": f"#/components/responses/{name_of(kind)}"}


def _reads(operation: dict[str, Any], parameter: str) -> None:
    operation.setdefault("parameters", []).append({"$ref": f"#/components/parameters/{parameter}"})


def _sent(*headers: str, **named: str) -> dict[str, Any]:
    """Headers by their names; those whose components have other names with these."""
    components = {**{header: header for header in (*_ALWAYS, *headers)}, **named}
    return {
        header: {"$ref": f"#/components/headers/{name}"}
        for header, name in sorted(components.items())
    }


def _show(operation: dict[str, Any], examples: dict[str, Any]) -> None:
    for name, example in examples.items():
        operation_id, _, accepted = name.partition(" ")
        if operation_id != operation["operationId"]:
            continue
        answer = operation["responses"][str(example["status"])]
        if "content" in answer:
            media_type = accepted or _preferred(answer["content"])
            answer["content"][media_type]["example"] = example["response"]
        if example["request"] is not None:
            # A body that is taken in several media types has the same form in each, or is a page
            # that carries it.
            for media_type, taken in operation["requestBody"]["content"].items():
                sent = example["request"]
                taken["example"] = _page_with(sent) if media_type == HTML else sent


def _page_with(document: Any) -> str:
    script = orjson.dumps(document).decode()
    return f'<!doctype html><script type="application/ld+json">{script}</script>'


def _preferred(content: dict[str, Any]) -> str:
    """What is answered to those who ask for nothing: JSON, or the one media type that there is."""
    return JSON if JSON in content else next(iter(content))
