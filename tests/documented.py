"""Holds every answer that a test gets to what the OpenAPI document tells of its operation."""

from functools import cache

from flask import request
from jsonschema import Draft202012Validator

from api.web.http.problems import MEDIA_TYPE
from api.web.openapi.document import specification

_HEADERS = ("ETag", "Ledger-Position", "Link", "Location", "Retry-After", "WWW-Authenticate")


NOTES = []


def watch(app):
    """Let an application note each of its answers that its document does not tell."""

    def hold(response):
        view = app.view_functions.get(request.endpoint or "")
        if hasattr(view, "_apidoc") and request.method != "OPTIONS":
            NOTES.extend(untold(view._apidoc["manual_doc"]["operationId"], response))
        return response

    # The first that is registered is the last that sees the answer.
    app.after_request_funcs.setdefault(None, []).insert(0, hold)
    return app


def untold(operation_id, response):
    """What an answer has that is not documented."""
    told = _operations()[operation_id]["responses"].get(str(response.status_code))
    at = f"{operation_id} answered {response.status_code}"
    if told is None:
        remedy = 'alt_response(409, response="Conflict"), or as its status is'
        yield f"{at}, which the document does not tell: {remedy} ({response.get_data()[:200]})"
        return
    told = _resolved(told)
    content = told.get("content", {})
    if response.mimetype not in content and response.status_code not in (204, 304, 308):
        yield f"{at} as {response.mimetype}, which the document does not tell"
    elif response.is_json and not response.is_streamed:
        for error in _validator(operation_id, response.status_code, response.mimetype).iter_errors(
            response.json
        ):
            yield f"{at}: {error.json_path}: {error.message}"
        if response.mimetype == MEDIA_TYPE:
            for member in response.json.keys() - _members_of_problems():
                yield f"{at} with {member!r}, which schemas/problems.py does not name"
    for header in _HEADERS:
        if header in response.headers and header not in told.get("headers", {}):
            yield f"{at} with {header}, which the document does not tell: sends('{header}')"


@cache
def _spec():
    return specification()


@cache
def _members_of_problems():
    return _spec()["components"]["schemas"]["Problem"]["properties"].keys()


@cache
def _operations():
    return {
        operation["operationId"]: operation
        for path in _spec()["paths"].values()
        for method, operation in path.items()
        if method != "parameters"
    }


def _resolved(described):
    name = described.get("$ref", "").rpartition("/")[2]
    return _spec()["components"]["responses"][name] if name else described


@cache
def _validator(operation_id, status, mimetype):
    told = _resolved(_operations()[operation_id]["responses"][str(status)])
    schema = told["content"][mimetype]["schema"]
    return Draft202012Validator({**schema, "components": _spec()["components"]})
