"""The OpenAPI document, the page that shows it, and what each problem type means."""

from copy import deepcopy
from functools import cache
from math import inf
from typing import Any

import yaml
from flask import Blueprint, Flask, Response, current_app, request
from flask_smorest import Api as SmorestApi
from flask_swagger_ui import get_swaggerui_blueprint
from marshmallow import Schema

from api.web.http import problem_handlers, problem_types, problems
from api.web.http.identifiers import IdConverter, described
from api.web.http.media_types import JSON
from api.web.openapi.conventions import ANY_PROBLEM, complete, shared_responses
from api.web.openapi.enumerations import name_enumerations
from api.web.openapi.schema_style import style
from api.web.openapi.sharing import share
from api.web.responses.formats import encode

DESCRIPTION = """\
Counterclaim keeps who said what, when and where, and flags where statements contradict.

Every list is `{"items": [...], "next": url or null}`; reads carry an `ETag`; writes to an existing
thing take `If-Match`; creating calls take `Idempotency-Key`; every refusal is a problem (RFC 9457).
"""

KEYS = """\
A key that `counterclaim keys create` made. Its scopes: `read`; `write` (what changes something);
`review` (decisions on contradictions); `admin` (all).
"""

document = Blueprint("document", __name__)


class Api(SmorestApi):
    """Collects the resources into one OpenAPI 3.1 document and answers every error as a problem."""

    DEFAULT_ERROR_RESPONSE_NAME = ANY_PROBLEM

    def __init__(self, app: Flask, version: str, problem_schema: type[Schema]) -> None:
        self.ERROR_SCHEMA = problem_schema
        app.config.update(
            API_TITLE="Counterclaim",
            API_VERSION=version,
            OPENAPI_VERSION="3.1.0",
            API_SPEC_OPTIONS={
                "info": {
                    "description": DESCRIPTION,
                    "license": {"name": "MIT", "identifier": "MIT"},
                },
                "servers": [{"url": "/"}],
                # Reading, and writing from the server's own machine, may be open without a key.
                "security": [{}, {"key": []}],
            },
        )
        app.url_map.converters["id"] = IdConverter
        super().__init__(app)
        self.register_converter(IdConverter, described)
        # Writing it takes a second, and it stays the same while the application does.
        app.extensions["document"] = cache(_written)
        self.spec.components.security_scheme(
            "key", {"type": "http", "scheme": "bearer", "description": KEYS}
        )

    def handle_http_exception(self, error: Any) -> Response:
        """Answer what Flask, webargs or flask-smorest refused."""
        return problem_handlers.handle_http_exception(error)

    def schemas(self) -> dict[str, type[Schema]]:
        """The class of each schema in the document, by its name there."""
        known = self.ma_plugin.converter.refs
        return {name: key[0] for key, name in known.items()}

    def _register_responses(self) -> None:
        for name, response in shared_responses(self.ERROR_SCHEMA):
            self.spec.components.response(name, response)

    def _register_pagination_header(self) -> None:
        """Pages here are by cursor; flask-smorest's own are not documented."""


_LINE = 100


class _Dumper(yaml.SafeDumper):
    """Writes in one line what fits there, text of several lines as such, nothing as an alias."""

    def ignore_aliases(self, data: Any) -> bool:
        """Everything is written where it stands."""
        return True

    def represent_text(self, text: str) -> yaml.Node:
        """Text, as a block where it has lines."""
        return self.represent_scalar("tag:yaml.org,2002:str", text, "|" if "\n" in text else None)

    def represent_sequence(self, tag: str, sequence: Any, flow_style: Any = None) -> Any:
        """A list, in one line where it fits."""
        node = super().represent_sequence(tag, sequence, flow_style)
        node.flow_style = _width(node) < _LINE * 0.8
        return node

    def represent_mapping(self, tag: str, mapping: Any, flow_style: Any = None) -> Any:
        """An object, in one line where it fits; an example much as JSON has it."""
        node = super().represent_mapping(tag, mapping, flow_style)
        node.flow_style = _width(node) < _LINE * 0.8
        for key, value in node.value:
            if key.value in ("example", "value") and isinstance(value, yaml.CollectionNode):
                value.flow_style = True
        return node


def _width(node: Any) -> float:
    """About how many characters something takes in one line; infinite where it needs several."""
    if isinstance(node, yaml.ScalarNode):
        return inf if "\n" in node.value else len(node.value) + 2
    if isinstance(node, yaml.MappingNode):
        return sum(_width(key) + _width(value) + 2 for key, value in node.value)
    return sum(_width(each) for each in node.value)


_Dumper.add_representer(str, _Dumper.represent_text)


def as_yaml(spec: dict[str, Any]) -> str:
    """The document as ``openapi.yaml`` holds it."""
    return yaml.dump(spec, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_LINE)


def pages() -> Blueprint:
    """``/docs``, from the files of a package."""
    return get_swaggerui_blueprint(  # type: ignore[no-any-return]
        "/docs", "/openapi.json", config={"app_name": "Counterclaim", "validatorUrl": None}
    )


@document.get("/openapi.json")
def get_json() -> Response:
    """The OpenAPI document as JSON."""
    return _document("json", JSON)


@document.get("/openapi.yaml")
def get_yaml() -> Response:
    """The OpenAPI document as YAML."""
    return _document("yaml", "application/yaml")


def _document(form: str, media_type: str) -> Response:
    response = Response(current_app.extensions["document"](form), mimetype=media_type)
    response.add_etag()
    response.make_conditional(request)
    return response


@document.get("/problems/<name>")
def get_problem_type(name: str) -> Response:
    """What a problem type means and what to do about it."""
    kind = problem_types.TYPES.get(name)
    if kind is None:
        raise problems.Problem(problem_types.NOT_FOUND, f"There is no problem type {name!r}.")
    text = f"{kind.title} (status {kind.status})\n\n{kind.remedy}\n"
    return Response(text, mimetype="text/plain")


def _written(form: str) -> bytes:
    """The document in one of its two forms."""
    spec = specification()
    return encode(spec) if form == "json" else as_yaml(spec).encode()


def specification() -> dict[str, Any]:
    """The OpenAPI document of the current application."""
    api = current_app.extensions["flask-smorest"]["apis"][""]["ext_obj"]
    spec: dict[str, Any] = {"openapi": "3.1.0", **deepcopy(api.spec.to_dict())}
    complete(spec, _views())
    style(spec, api.schemas())
    name_enumerations(spec)
    share(spec)
    return spec


def _views() -> dict[str, Any]:
    documented = (view for view in current_app.view_functions.values() if hasattr(view, "_apidoc"))
    return {view._apidoc["manual_doc"]["operationId"]: view for view in documented}
