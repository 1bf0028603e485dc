"""Reads measured over HTTP: ours beside the plainest view and Datasette, in turns."""

from collections import defaultdict
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import orjson

from benchmarks import servers
from benchmarks.load import Load, ask, request
from benchmarks.news import News
from benchmarks.plainest import LIST

_PAGES, _THINGS, _FIRST_TIMES = 400, 400, 100
# What Datasette's own JSON of the table is asked for: the columns of a statement that ours shows,
# with the names of speakers and sources, in the order of the key, which it need not sort for.
_COLUMNS = (
    "kind text verbatim speaker_id role said_on said_on_text said_earliest said_latest source_id "
    "appearances cue context position topics language external_id confidence status "
    "contradiction_count version created_at updated_at"
)
_COMMON = (
    "government",
    "plan",
    "the",
    "in",
    "percent",
    "2023",
    "government plan",
    '"the government"',
)
# So many calls at once keep one worker busy, and leave the other core to the caller.
_CONNECTIONS = 3


@dataclass(frozen=True, slots=True)
class Span:
    """How long is measured: rounds, and seconds in each for each call."""

    rounds: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Call:
    """Requests of one sort to one server, and the status that they are answered with."""

    name: str
    port: int
    requests: list[bytes]
    status: int = 200


def reads(file: Path, span: Span, log: Path) -> dict[str, float]:
    """Measure the reads of a ledger.

    Args:
        file: the ledger's.
        span: how long.
        log: where the servers' own lines go.

    Returns:
        Rates in answers a second and times in milliseconds, by their names.
    """
    with (
        servers.ours(file, log) as (ours, _),
        servers.plainest(file, log) as plain,
        servers.datasette(file, log) as datasette,
    ):
        starts = list(islice(places(ours), _PAGES))
        walked = (path for path, *_ in islice(places(ours, 7), _FIRST_TIMES))
        first = [request(_reordered(path), ours) for path in walked]
        found = {"list page, first time ms": _first(ours, first)}
        calls = _calls(ours, plain, datasette, file, starts)
        found |= rates(calls, span)
        found |= _searches(ours, span)
        return found


def _calls(
    ours: int, plain: int, datasette: int, file: Path, starts: list[tuple[str, str, int]]
) -> list[Call]:
    pages = [request(path, ours) for path, _, _ in starts]
    kept = [request(path, ours, If_None_Match=_tag(ours, path)) for path, _, _ in starts]
    ids = numbers(ours)
    plain_pages = [f"/statements?{urlencode({'after': day, 'id': n})}" for _, day, n in starts]
    asked = [
        f"/{quote(file.stem)}.json?{urlencode({'sql': _inlined(day, n), '_shape': 'array'})}"
        for _, day, n in starts
    ]
    columns = [("_col", name) for name in _COLUMNS.split()]
    table = urlencode([*columns, ("_shape", "array"), ("_size", 50), ("_labels", "on")])
    rows = [f"/{quote(file.stem)}/statement.json?{table}&_nocount=1&_next={n}" for n in ids]
    return [
        Call("list page, ours", ours, pages),
        Call("list page, plainest", plain, [request(path, plain) for path in plain_pages]),
        Call("list page, Datasette", datasette, [request(path, datasette) for path in rows]),
        Call(
            "list page of the plainest's SQL, Datasette",
            datasette,
            [request(path, datasette) for path in asked],
        ),
        Call("revalidated, ours", ours, kept, 304),
        Call("one, ours", ours, [request(f"/v1/statements/{n}", ours) for n in ids]),
        Call("one, plainest", plain, [request(f"/statements/{n}", plain) for n in ids]),
    ]


def rates(calls: list[Call], span: Span) -> dict[str, float]:
    """Make calls in turns; gives the answers a second of each, the median of the rounds."""
    loads: defaultdict[str, list[Load]] = defaultdict(list)
    for call in calls:
        # What is read for the first time is read from the disk, and learnt by the servers.
        ask(call.port, call.requests, call.status, 0, _CONNECTIONS)
    for _ in range(span.rounds):
        for call in calls:
            load = ask(call.port, call.requests, call.status, span.seconds, _CONNECTIONS)
            loads[call.name].append(load)
    found = {name: median(each.rate for each in of_call) for name, of_call in loads.items()}
    shares = [each.client_share for of_call in loads.values() for each in of_call]
    return found | {"client, most of a core": max(shares)}


def _first(port: int, requests: list[bytes]) -> float:
    return median(ask(port, requests, 200, 0).milliseconds)


def _searches(port: int, span: Span) -> dict[str, float]:
    """Common and rare words, under each order; rare ones stand in few of the ledger's texts."""
    found = {}
    words = {"common": _COMMON, "rare": _rare(port)}
    for name, searched in words.items():
        for sort in ("-said_on", "relevance"):
            paths = [f"/v1/statements?{urlencode({'q': q, 'sort': sort})}" for q in searched]
            asked = [request(path, port) for path in paths]
            ask(port, asked, 200, 0)
            load = ask(port, asked, 200, span.rounds * span.seconds)
            for part in (50, 99):
                found[f"search {name} {sort} p{part} ms"] = load.percentile(part / 100)
    return found


def _rare(port: int) -> tuple[str, ...]:
    """The last words of some statements that are places: rarer than any other words."""
    texts = (item["text"] for item in _json(port, "/v1/statements?limit=200&sort=said_on")["items"])
    words = {word for text in texts for word in text.split() if word.istitle() and len(word) > 6}
    return tuple(sorted(words)[:40]) or ("Verhunskyi",)


def places(port: int, limit: int = 50) -> Any:
    """Pages of the list of statements: address, and the day and the id after which it starts."""
    path: str | None = f"/v1/statements?limit={limit}" if limit != 50 else "/v1/statements"
    day, number = "9999", 0
    while path is not None:
        yield path, day, number
        page = _json(port, path)
        last = page["items"][-1]
        day, number = last["said_latest"] or "", last["id"]
        path = page["next"] and _path(page["next"])


def _path(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def _reordered(path: str) -> str:
    """The same page under an address that nobody asked for yet."""
    base, _, query = path.partition("?")
    return f"{base}?{'&'.join(reversed(query.split('&')))}"


def numbers(port: int) -> list[int]:
    """Ids from all over the ledger."""
    latest = _json(port, "/v1/statements?sort=-created_at&limit=1")["items"][0]["id"]
    return [1 + place * latest // _THINGS for place in range(_THINGS)]


def _inlined(day: str, number: int) -> str:
    return LIST.replace("?1", f"'{day}'").replace("?2", str(number))


def _tag(port: int, path: str) -> str:
    return str(_got(port, path)[0]["ETag"])


def _json(port: int, path: str) -> Any:
    return orjson.loads(_got(port, path)[1])


def _got(port: int, path: str) -> tuple[Any, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path} was answered {answer.status}: {body[:300]!r}")
        return answer.headers, body
    finally:
        connection.close()


def fresh_bodies(seed: int, count: int) -> list[dict[str, Any]]:
    """Statements that no ledger of the bench has, each under an external id of its own."""
    bodies = list(islice(News(seed).bodies(), count))
    for body in bodies:
        body["external_id"] = f"fresh-{seed}-{body['external_id']}"
        body["source"]["url"] += f"-fresh-{seed}"
    return bodies
