"""Eight desks that write to a ledger over HTTP, each in its own way, and note what was told them.

A desk whose connection is cut sends the same again when the server is back, as a careful client
does. What was acknowledged must be there once, whatever became of the rest.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from threading import Event, Thread
from typing import Any

_CUT = (OSError, HTTPException)
_LINES = 25
_PATIENCE_SECONDS = 30


class Cut(Exception):
    """The connection was cut before the answer was there."""


class Desks:
    """All desks, working while the server is there.

    Args:
        port: where it listens on this machine.
    """

    def __init__(self, port: int) -> None:
        self.port = port
        self.acknowledged: defaultdict[str, dict[str, Any]] = defaultdict(dict)
        self.failures: list[str] = []
        self._open, self._over = Event(), Event()
        self._threads = [
            Thread(target=self._work, args=(name, turn(self))) for name, turn in DESKS.items()
        ]

    def begin(self) -> None:
        """Let every desk begin."""
        for thread in self._threads:
            thread.start()

    def open(self) -> None:
        """The server is there."""
        self._open.set()

    def shut(self) -> None:
        """The server is gone, or soon will be."""
        self._open.clear()

    def end(self) -> None:
        """Let every desk finish what it is at; the server must be there."""
        self._over.set()
        for thread in self._threads:
            thread.join(timeout=_PATIENCE_SECONDS)
            assert not thread.is_alive(), "a desk does not come to an end"

    def total(self) -> int:
        """How much was acknowledged."""
        return sum(map(len, self.acknowledged.values()))

    def send(
        self, method: str, address: str, body: Any = None, *, lines: bool = False, **headers: str
    ) -> tuple[int, Any]:
        """Make a call; gives its status and what it answered, in lines those that came whole.

        Raises:
            Cut: there is no answer, or no whole one.
        """
        media_type = "application/x-ndjson" if lines else "application/json"
        data = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE_SECONDS)) as line:
            try:
                line.request(method, address, data, {"Content-Type": media_type, **sent})
                answer = line.getresponse()
                if lines:
                    return answer.status, list(_whole_lines(answer))
                told = answer.read()
            except _CUT as error:
                raise Cut from error
        if answer.status >= 400:
            self.failures.append(f"{method} {address}: {answer.status} {told!r}")
        return answer.status, json.loads(told) if told else None

    def _work(self, name: str, turns: Iterator[Callable[[], None]]) -> None:
        for turn in turns:
            while not self._done(turn, name):
                self._open.wait(_PATIENCE_SECONDS)
            if self._over.is_set():
                return

    def _done(self, turn: Callable[[], None], name: str) -> bool:
        try:
            turn()
        except Cut:
            return False
        except Exception as error:
            self.failures.append(f"{name}: {error!r}")
        return True


def _whole_lines(answer: Any) -> Iterator[Any]:
    try:
        for line in answer:
            if line.endswith(b"\n"):
                yield json.loads(line)
    except _CUT:
        return


def _said(text: str, **more: Any) -> dict[str, Any]:
    speaker = {"name": "Harbour Office", "kind": "organization"}
    return {"kind": "claim", "text": text, "speaker": speaker, **more}


# Each way of writing gives turns; a turn is taken again until it was answered.


def _records(desks: Desks, pier: str) -> Iterator[Callable[[], None]]:
    """Statements, of which every second is contradicted by the next."""
    for number in range(1_000_000):
        text = f"Pier {pier}{number // 2} is {'not ' * (number % 2)}open"

        def turn(text: str = text) -> None:
            body = _said(text, said_on="2026-03-05", topics=["piers"])
            made = desks.send("POST", "/v1/statements", body, Idempotency_Key=text)[1]
            desks.acknowledged["statement"][text] = made["id"]

        yield turn


def _imports(desks: Desks) -> Iterator[Callable[[], None]]:
    """Lines, each acknowledged as soon as its outcome came."""
    for number in range(1_000_000):
        names = [f"line-{number}-{line}" for line in range(_LINES)]
        body = "".join(
            json.dumps(_said(f"Zeile {name}", language="de", external_id=name)) + "\n"
            for name in names
        ).encode()

        def turn(body: bytes = body) -> None:
            _, outcomes = desks.send("POST", "/v1/statements/import", body, lines=True)
            for told in outcomes:
                desks.acknowledged["line"][told["external_id"]] = told["id"]
            if len(outcomes) < _LINES:
                raise Cut

        yield turn


def _articles(desks: Desks) -> Iterator[Callable[[], None]]:
    """Articles with two statements each."""
    for number in range(1_000_000):
        url = f"https://gazette.example/{number}"
        body = {
            "source": {"url": url, "title": f"Ferry {number}", "published_on": "2026-03-05"},
            "text": f"“The ferry line {number} will close in May,” Mayor Ada Brook said on Tuesday."
            f"\n\nThe harbour union said that the ferry line {number} will not close in May.",
        }

        def turn(url: str = url, body: dict[str, Any] = body) -> None:
            _, told = desks.send("POST", "/v1/articles", body)
            desks.acknowledged["article"][url] = [each["id"] for each in told["statements"]]

        yield turn


def _revisions(desks: Desks) -> Iterator[Callable[[], None]]:
    """One statement revised again and again, each time by its latest version."""
    own: dict[str, Any] = {}

    def begin() -> None:
        own.update(id=desks.send("POST", "/v1/statements", _said("The crane turns"))[1]["id"])

    yield begin
    for number in range(1_000_000):

        def turn(number: int = number) -> None:
            body = {"context": f"revision {number}"}
            desks.send("PATCH", f"/v1/statements/{own['id']}", body)
            desks.acknowledged["revision"][str(number)] = own["id"]

        yield turn


def _retractions(desks: Desks) -> Iterator[Callable[[], None]]:
    """Statements recorded and taken back."""
    for number in range(1_000_000):

        def turn(text: str = f"Buoy {number} is lit") -> None:
            made = desks.send("POST", "/v1/statements", _said(text), Idempotency_Key=text)[1]
            desks.send("DELETE", f"/v1/statements/{made['id']}")
            desks.acknowledged["retraction"][text] = made["id"]

        yield turn


def _decisions(desks: Desks) -> Iterator[Callable[[], None]]:
    """Contradictions put in by hand and dismissed."""
    for number in range(1_000_000):

        def turn(number: int = number) -> None:
            sides = [
                desks.send("POST", "/v1/statements", _said(text))[1]["id"]
                for text in (f"Quay {number} was painted", f"Lock {number} was widened")
            ]
            body = {"statements": sides, "nature": "factual"}
            name = f"decision-{number}"
            made = desks.send("POST", "/v1/contradictions", body, Idempotency_Key=name)[1]
            # The answer is kept as it was: it may have been decided before the connection was cut.
            if desks.send("GET", f"/v1/contradictions/{made['id']}")[1]["status"] != "dismissed":
                decided = {"status": "dismissed", "reason": "other", "note": name}
                desks.send("PATCH", f"/v1/contradictions/{made['id']}", decided)
            desks.acknowledged["decision"][name] = made["id"]

        yield turn


def _reviews(desks: Desks) -> Iterator[Callable[[], None]]:
    """Fact-checks of one statement."""
    own: dict[str, Any] = {}

    def begin() -> None:
        own.update(id=desks.send("POST", "/v1/statements", _said("The tide is high"))[1]["id"])

    yield begin
    for number in range(1_000_000):

        def turn(url: str = f"https://facts.example/{number}") -> None:
            author = {"name": "Quay Facts", "kind": "organization"}
            body = {"statement": own["id"], "url": url, "author": author, "rating": {"label": "so"}}
            made = desks.send("POST", "/v1/reviews", body)[1]
            desks.acknowledged["review"][url] = made["id"]

        yield turn


DESKS: dict[str, Callable[[Desks], Iterator[Callable[[], None]]]] = {
    "records": lambda desks: _records(desks, "A"),
    "more records": lambda desks: _records(desks, "B"),
    "imports": _imports,
    "articles": _articles,
    "revisions": _revisions,
    "retractions": _retractions,
    "decisions": _decisions,
    "reviews": _reviews,
}
