"""What calls cost as a ledger grows: ledgers of all sizes are served at once, asked in turns."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import orjson

from benchmarks import servers
from benchmarks.copies import copied
from benchmarks.load import ask, percentile, request
from benchmarks.reads import Span, fresh_bodies, numbers

# Those who are quoted most have an amount of statements that grows with the ledger.
_SPEAKERS = range(1, 40)
_WARMING = 10


def growth(
    files: Mapping[int, Path], span: Span, recorded: int, log: Path
) -> dict[int, dict[str, float]]:
    """Measure, one call at a time.

    Args:
        files: ledgers by their sizes, which stay as they are.
        span: how long each read is asked for.
        recorded: statements that are recorded in a copy of each, one by one.
        log: where the servers' own lines go.

    Returns:
        Of each size milliseconds, medians, and the memory of the worker at the end, by their names.
    """
    with ExitStack() as held:
        serving = {
            size: held.enter_context(servers.ours(held.enter_context(copied(file)), log))
            for size, file in files.items()
        }
        found = _read({size: port for size, (port, _) in serving.items()}, span)
        took = _record({size: port for size, (port, _) in serving.items()}, recorded)
        for size, (_, server) in serving.items():
            found[size]["record one, ms"] = median(took[size])
            found[size]["record one, p95 ms"] = percentile(took[size], 0.95)
            found[size]["worker, MB"] = servers.worker_memory(server) / 1e6
        return found


def _read(ports: Mapping[int, int], span: Span) -> dict[int, dict[str, float]]:
    calls = {size: _calls(port) for size, port in ports.items()}
    took: dict[int, defaultdict[str, list[float]]] = {size: defaultdict(list) for size in ports}
    for size, port in ports.items():
        for requests in calls[size].values():
            ask(port, requests, 200, 0)
    for _ in range(span.rounds):
        for name in calls[min(calls)]:
            for size, port in ports.items():
                load = ask(port, calls[size][name], 200, span.seconds)
                took[size][name].append(load.percentile(0.5))
    return {
        size: {f"{name}, ms": median(rounds) for name, rounds in of_size.items()}
        for size, of_size in took.items()
    }


def _calls(port: int) -> dict[str, list[bytes]]:
    paths: dict[str, Iterable[str]] = {
        "references": (f"/v1/statements/{number}/references" for number in numbers(port)),
        "list of contradictions": ["/v1/contradictions"],
        "contradictions of a speaker": (f"/v1/contradictions?speaker={n}" for n in _SPEAKERS),
        "statements of a speaker": (f"/v1/statements?speaker={n}" for n in _SPEAKERS),
    }
    return {name: [request(path, port) for path in asked] for name, asked in paths.items()}


def _record(ports: Mapping[int, int], count: int) -> dict[int, list[float]]:
    """The milliseconds of each statement, the first few left out."""
    took: dict[int, list[float]] = {size: [] for size in ports}
    with ExitStack() as held:
        lines = {
            size: HTTPConnection("127.0.0.1", port, timeout=120) for size, port in ports.items()
        }
        for line in lines.values():
            held.callback(line.close)
        for body in fresh_bodies(2, count + _WARMING):
            for size, line in lines.items():
                took[size].append(_recorded(line, body))
    return {size: each[_WARMING:] for size, each in took.items()}


def _recorded(line: HTTPConnection, body: dict[str, Any]) -> float:
    asked = perf_counter()
    line.request("POST", "/v1/statements", orjson.dumps(body), {"Content-Type": "application/json"})
    answer = line.getresponse()
    told = answer.read()
    took = (perf_counter() - asked) * 1000
    if answer.status not in (200, 201):
        raise RuntimeError(f"{body} was answered {answer.status}: {told[:300]!r}")
    return took
