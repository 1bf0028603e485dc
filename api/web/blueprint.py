"""The blueprint that every resource is declared on."""

import re
from collections.abc import Callable
from typing import Any

from flask_smorest import Blueprint as SmorestBlueprint

from api.web.bodies import StrictParser


class Blueprint(SmorestBlueprint):
    """Reads bodies strictly and names each operation after its function: ``listStatements``."""

    ARGUMENTS_PARSER = StrictParser()

    def route(self, rule: str, **options: Any) -> Callable[[Any], Any]:
        """Register a view function, its docstring and its operationId."""
        register = super().route(rule, **options)

        def decorator(view: Any) -> Any:
            return register(self.doc(operationId=_camel_case(view.__name__))(view))

        return decorator


def _camel_case(name: str) -> str:
    return re.sub(r"_([a-z])", lambda letter: letter[1].upper(), name)
