"""Requests' bodies and parameters: strict JSON in, nothing unknown, nothing given twice."""

import json
from collections.abc import Sequence
from functools import cache
from typing import Any, NoReturn

from flask import Request, current_app, request
from marshmallow import RAISE, Schema, ValidationError
from webargs.flaskparser import FlaskParser

from api.web.http.headers import LONGEST_VALUE
from api.web.http.media_types import FORM, HTML, JSON, MERGE_PATCH
from api.web.http.problem_types import MALFORMED, UNSUPPORTED
from api.web.http.problems import Problem, invalid, invalid_parameter


class StrictParser(FlaskParser):
    """Reads bodies and query parameters for ``Blueprint.arguments``."""

    DEFAULT_UNKNOWN_BY_LOCATION = {  # noqa: RUF012 (webargs declares it so)
        "json": RAISE,
        "query": RAISE,
        "form": RAISE,
    }

    def _get_schema(self, argmap: Any, req: Request) -> Schema:
        return _made(argmap) if isinstance(argmap, type) else super()._get_schema(argmap, req)

    def load_json(self, req: Request, schema: Schema) -> Any:
        """The body as it was sent, or a problem that says why it cannot be read."""
        if req.get_data().strip():
            refuse_other_types(req, [JSON, MERGE_PATCH] if req.method == "PATCH" else [JSON])
        return read_body(req)

    def load_form(self, req: Request, schema: Schema) -> Any:
        """The elements of a form, each given once."""
        refuse_other_types(req, [FORM])
        for name, values in req.form.lists():
            if len(values) > 1:
                raise invalid_parameter(name, "Given more than once: leave one.")
        return super().load_form(req, schema)


@cache
def _made(schema: type[Schema]) -> Schema:
    """A schema, made once: that takes longer than to read a request with it."""
    return schema()


def read_body(req: Request) -> Any:
    """What a request's body of JSON holds, or a problem that says why it cannot be read."""
    data = req.get_data()
    if not data.strip():
        raise Problem(MALFORMED, "The request has no body: send a JSON document.")
    return read_json(data)


def refuse_other_types(req: Request, accepted: Sequence[str]) -> None:
    """Refuse a body that is of no accepted type, not in UTF-8, or compressed."""
    if req.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise Problem(UNSUPPORTED, "A compressed body is not taken here.", accepted=list(accepted))
    charset = req.mimetype_params.get("charset", "utf-8").lower()
    # A page is sent as it was fetched.
    is_read = req.mimetype == HTML or charset in ("utf-8", "utf8")
    if req.mimetype not in accepted or not is_read:
        raise Problem(
            UNSUPPORTED,
            f"A body of type {req.content_type!r} is not taken here."
            if req.content_type
            else "The request has no Content-Type: say of what type the body is.",
            accepted=list(accepted),
        )


def checked(body: Any, schema: Schema) -> Any:
    """A body that came by another way than a request, held to what a request's is held to."""
    try:
        return schema.load(body)
    except ValidationError as error:
        raise invalid({"json": error.messages}) from error


def checked_each(bodies: Any, schema: Schema) -> dict[str, Any]:
    """The members of a JSON object, each held to a schema."""
    if not isinstance(bodies, dict):
        raise invalid({"json": ["This must be a JSON object."]})
    found, wrong = {}, {}
    for name, body in bodies.items():
        try:
            found[name] = schema.load(body)
        except ValidationError as error:
            wrong[name] = error.messages
    if wrong:
        raise invalid({"json": wrong})
    return found


def refuse_unknown_parameters() -> None:
    """Refuse parameters of calls that take none, endless ones, and those given twice by mistake.

    Runs before every request; calls that take parameters refuse unknown ones as they read them.
    """
    if request.endpoint is None:
        return
    schema = query_schema()
    names = schema.fields if schema is not None else {}
    for name, values in request.args.lists():
        if schema is None:
            raise invalid_parameter(name, "Unknown parameter: this call takes none.")
        if name in names and len(values) > 1 and not hasattr(names[name], "inner"):
            raise invalid_parameter(name, "Given more than once: this one takes a single value.")
        if any(len(value) > LONGEST_VALUE for value in values):
            raise invalid_parameter(name, f"Longer than any may be: {LONGEST_VALUE} characters.")


def query_schema() -> Schema | None:
    """The schema of the called operation's query parameters, if it takes any."""
    view = current_app.view_functions[request.endpoint or ""]
    documented = getattr(view, "_apidoc", {}).get("arguments", {}).get("parameters", ())
    for parameters in documented:
        if parameters.get("in") == "query":
            return _made(parameters["schema"])
    return None


def read_json(data: bytes, whole: str = "body") -> Any:
    """What a JSON document holds, or a problem that says why it cannot be read.

    Args:
        data: the document.
        whole: what it is to the caller; a ``line`` has columns and no lines.
    """
    try:
        return json.loads(
            data.decode("utf-8"), object_pairs_hook=_object, parse_constant=_refuse_constant
        )
    except UnicodeDecodeError as error:
        raise Problem(
            MALFORMED, f"The {whole} is not UTF-8: byte {error.start} cannot be read."
        ) from error
    except RecursionError as error:
        raise Problem(MALFORMED, f"The {whole} is nested too deeply.") from error
    except json.JSONDecodeError as error:
        place = (
            f"line {error.lineno}, column {error.colno}"
            if whole == "body"
            else f"column {error.colno}"
        )
        raise Problem(MALFORMED, f"{error.msg}, in {place}.") from error
    except ValueError as error:
        raise Problem(MALFORMED, f"A number in the {whole} is too long: {error}.") from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Problem(MALFORMED, f"The name {twice!r} stands twice in one object: leave one.")
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise Problem(MALFORMED, f"{name} is not JSON: give a number, or null.")
