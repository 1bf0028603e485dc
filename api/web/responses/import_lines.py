"""Lines of an import as they come in, and their outcomes as they go out."""

from codecs import BOM_UTF8
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any

from marshmallow import Schema

from api.services.common.errors import TooLarge
from api.services.imports.lines import Line, LineSplitter
from api.services.imports.statements import BATCH, Import, Outcome, Sent
from api.web.http.bodies import checked, read_json
from api.web.http.problems import Problem
from api.web.responses.formats import encode


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


def outcome_lines(outcomes: Iterable[Outcome]) -> bytes:
    """Outcomes as NDJSON."""
    return b"".join(encode(shown(outcome)) + b"\n" for outcome in outcomes)


class ImportWork:
    """An import whose lines come in pieces; see ``api.web.responses.streaming``.

    Args:
        importing: how it is imported.
        schema: that of a line.
        most_bytes: how long a line may be.
    """

    def __init__(self, importing: Import, schema: Schema, most_bytes: int) -> None:
        self._importing = importing
        self._schema = schema
        self._most_bytes = most_bytes
        self._splitter = LineSplitter(most_bytes)
        self._waiting: deque[Sent] = deque()

    def receive(self, piece: bytes) -> None:
        """Cut a piece of the body into lines."""
        self._add(self._splitter.cut(piece))

    def is_ready(self) -> bool:
        """Whether there are lines enough for a batch."""
        return len(self._waiting) >= BATCH

    def answer(self) -> bytes:
        """The outcomes of the lines that came."""
        batches = []
        while self._waiting:
            batch = [self._waiting.popleft() for _ in range(min(BATCH, len(self._waiting)))]
            batches.append(outcome_lines(self._importing.take(batch)))
        return b"".join(batches)

    def end(self) -> Iterator[bytes]:
        """The outcomes that are left, once all lines have come."""
        self._add(self._splitter.rest())
        yield self.answer()
        for outcome in self._importing.end():
            yield outcome_lines([outcome])

    def close(self) -> None:
        """End the import where it is."""
        self._importing.close()

    def _add(self, lines: Iterable[Line]) -> None:
        found = (sent(line, self._schema, self._most_bytes) for line in lines)
        self._waiting.extend(each for each in found if each is not None)


def _checked(line: Line, data: bytes, schema: Schema) -> Sent:
    body: Any = None
    try:
        body = read_json(data, "line")
        return Sent(line.number, line.size, checked(body, schema), body.get("external_id"))
    except Problem as problem:
        name = body.get("external_id") if isinstance(body, dict) else None
        # Names that are none stay in the problem alone.
        is_name = isinstance(name, str) and name.isprintable()
        return Sent(line.number, line.size, problem, name if is_name else None)
