"""The blueprint that every resource is declared on."""

import re
from collections.abc import Callable, Mapping
from functools import wraps
from types import MappingProxyType
from typing import Any

from flask import request
from flask_smorest import Blueprint as SmorestBlueprint
from marshmallow import Schema

from api.web.http.bodies import StrictParser, refuse_other_types
from api.web.http.media_types import CSV, JSON, LD_JSON, NDJSON
from api.web.responses.csv_columns import columns

_ANYTHING = {"description": "A JSON document of any form."}
_STREAM = {"type": "string", "format": "binary"}


class Blueprint(SmorestBlueprint):
    """Reads bodies strictly and names each operation after its function: ``listStatements``."""

    ARGUMENTS_PARSER = StrictParser()

    def serves(
        self, *media_types: str, told: Mapping[str, str] = MappingProxyType({})
    ) -> Callable[[Any], Any]:
        """Name the media types in which a view answers, the first where its caller has no wish.

        Without it a view answers in JSON. Stands right above the function; those besides JSON are
        documented as strings (linked data as an object, what is no text as octets), of which
        ``told`` may say more, unless ``alt_response`` does.
        """

        def decorator(view: Any) -> Any:
            view.media_types = media_types
            for media_type in media_types:
                if media_type != JSON:
                    schema = _form(media_type)
                    if media_type in told:
                        schema["description"] = told[media_type]
                    documented = self.alt_response(
                        200, schema=schema, content_type=media_type, success=True
                    )
                    view = documented(view)
            return view

        return decorator

    def lists(self, page: type[Schema], *media_types: str) -> Callable[[Any], Any]:
        """Name the schema of a list's pages, which is served as JSON, CSV and NDJSON.

        Args:
            page: the schema, with ``items``.
            media_types: others in which the list is served, too.
        """

        items: Any = page().fields["items"]
        item = items.inner.schema
        named = ", ".join(f"`{column.name}`" for column in columns(item))
        told = {
            CSV: f"A row each, below the names of the columns: {named}. With the parameter "
            "`charset=utf-8-bom` in `Accept` it begins with a byte order mark, which Excel needs.",
            NDJSON: "A line each, in the order of the list.",
        }

        def decorator(view: Any) -> Any:
            view.item = item
            served = self.serves(JSON, CSV, NDJSON, *media_types, told=told)(view)
            served = self.sends("PageLink")(served)
            return self.response(200, page)(served)

        return decorator

    def sends(self, *headers: str) -> Callable[[Any], Any]:
        """Name headers of a view's answers, by their names in the document.

        Those that its method has anyway (``conventions``) go without saying.
        """
        return _adding("sends", headers)

    def heeds(self, *headers: str) -> Callable[[Any], Any]:
        """Name headers of requests that a view goes by, as ``sends`` names those of answers."""
        return _adding("heeds", headers)

    def creates(self) -> Callable[[Any], Any]:
        """Say that a view answers with a thing and its address, once for an Idempotency-Key."""

        def decorator(view: Any) -> Any:
            return self.heeds("IdempotencyKey")(self.sends("ETag", "Location")(view))

        return decorator

    def needs(self, scope: str) -> Callable[[Any], Any]:
        """Name the scope that a key must carry for a view.

        Without it a view needs ``read`` where it is safe and ``write`` where it is not.
        """

        def decorator(view: Any) -> Any:
            view.scope = scope
            return view

        return decorator

    def takes(self, *media_types: str) -> Callable[[Any], Any]:
        """Name the media types of a body that the view reads by itself."""

        def decorator(view: Any) -> Any:
            @wraps(view)
            def taking(*arguments: Any, **values: Any) -> Any:
                refuse_other_types(request, media_types)
                return view(*arguments, **values)

            content = {
                each: {"schema": _ANYTHING if each in (JSON, LD_JSON) else _STREAM}
                for each in media_types
            }
            return self.doc(requestBody={"required": True, "content": content})(taking)

        return decorator

    def route(self, rule: str, **options: Any) -> Callable[[Any], Any]:
        """Register a view function, its docstring and its operationId."""
        register = super().route(rule, **options)

        def decorator(view: Any) -> Any:
            return register(self.doc(operationId=_camel_case(view.__name__))(view))

        return decorator


def _adding(attribute: str, names: tuple[str, ...]) -> Callable[[Any], Any]:
    def decorator(view: Any) -> Any:
        setattr(view, attribute, (*getattr(view, attribute, ()), *names))
        return view

    return decorator


def _form(media_type: str) -> dict[str, Any]:
    """The schema of what is neither a model nor JSON: generated clients read text, or octets."""
    if media_type == LD_JSON:
        return {"type": "object"}
    return {"type": "string"} if media_type.startswith("text/") else dict(_STREAM)


def _camel_case(name: str) -> str:
    return re.sub(r"_([a-z])", lambda letter: letter[1].upper(), name)
