"""Lines of an import as they come in, and their outcomes as they go out."""

from codecs import BOM_UTF8
from collections.abc import Iterable
from typing import Any

from marshmallow import Schema

from api.services.import_statements import Outcome, Sent
from api.services.lines import Line
from api.services.refusals import TooLarge
from api.web.bodies import checked, read_json
from api.web.formats import encode
from api.web.problems import Problem


def sent(line: Line, schema: Schema, most_bytes: int) -> Sent | None:
    """A line held to what a request's body is held to; None where there is nothing in it."""
    if line.data is None:
        told = f"The line is longer than {most_bytes} bytes: nothing of it was read."
        return Sent(line.number, 0, TooLarge(told))
    data = line.data.removeprefix(BOM_UTF8).strip()
    return _checked(line, data, schema) if data else None


def shown(outcome: Outcome) -> dict[str, Any]:
    """An outcome under the names of the contract; ``problem`` where the line was refused."""
    told = {
        "line": outcome.line,
        "outcome": outcome.result,
        "id": outcome.statement_id,
        "external_id": outcome.external_id,
    }
    return told if outcome.problem is None else told | {"problem": outcome.problem}


def told(outcomes: Iterable[Outcome]) -> bytes:
    """Outcomes as NDJSON."""
    return b"".join(encode(shown(outcome)) + b"\n" for outcome in outcomes)


def _checked(line: Line, data: bytes, schema: Schema) -> Sent:
    body: Any = None
    try:
        body = read_json(data)
        return Sent(line.number, line.size, checked(body, schema), body.get("external_id"))
    except Problem as problem:
        name = body.get("external_id") if isinstance(body, dict) else None
        # Names that are none stay in the problem alone.
        is_name = isinstance(name, str) and name.isprintable()
        return Sent(line.number, line.size, problem, name if is_name else None)
