"""The price of trust: keys, rates, logs and metrics, all on against all off, in one run.

usage: python -m benchmarks.trust

Two servers of one worker each, on ledgers of their own with the seeds, are asked in turns over kept
connections; what is told is the median of the rounds, in requests a second, and their ratio.
"""

import json
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from statistics import median
from time import monotonic

from benchmarks.servers import OUR_COMMAND
from tests.serving import serving

OFF = {"log_level": "error", "metrics": "nobody"}
ON = {"reads_need_key": "yes", "rate_limit": "1000000 per minute", "log_format": "json"}
ROUNDS, SECONDS, CALLERS = 7, 1.0, 3

Ask = Callable[[HTTPConnection, dict[str, str]], None]


def main() -> None:
    """Measure, and tell each call's rate off and on, and what is left of it."""
    rates: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    with ExitStack() as servers:
        asked = {
            name: servers.enter_context(_server(settings))
            for name, settings in (("off", OFF), ("on", ON))
        }
        for _ in range(ROUNDS):
            for call, ask in CALLS.items():
                for name, (address, headers) in asked.items():
                    rates[call][name].append(_rate(ask, address, headers))
    print(f"{'requests/s':<24}{'off':>8}{'on':>8}{'on/off':>8}")
    for call, found in rates.items():
        off, on = (median(found[name]) for name in ("off", "on"))
        print(f"{call:<24}{off:>8.0f}{on:>8.0f}{on / off:>8.2f}")


@contextmanager
def _server(settings: dict[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    """A seeded server; gives its address, and the headers with which it is asked."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        log = folder / "log"
        with serving(folder, seeds=True, workers="1", log=log, **settings) as server:
            headers = {}
            if "reads_need_key" in settings:
                headers["Authorization"] = f"Bearer {_key(folder)}"
            yield server.removeprefix("http://"), headers


def _key(folder: Path) -> str:
    command = [OUR_COMMAND, "keys", "create"]
    made = subprocess.run(  # noqa: S603 (a command of ours)
        [*command, "--name=trust", "--scope=write"],
        env={"COUNTERCLAIM_DATABASE_URL": f"sqlite:///{folder}/ledger.db"},
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=True,
    )
    return made.stdout.strip()


def _rate(ask: Ask, address: str, headers: dict[str, str]) -> float:
    """How many requests a second some callers get answered together."""

    def call(_: int) -> int:
        connection = HTTPConnection(address, timeout=30)
        end, done = monotonic() + SECONDS, 0
        while monotonic() < end:
            ask(connection, headers)
            done += 1
        connection.close()
        return done

    with ThreadPoolExecutor(CALLERS) as pool:
        return sum(pool.map(call, range(CALLERS))) / SECONDS


def _get(path: str) -> Ask:
    def ask(connection: HTTPConnection, headers: dict[str, str]) -> None:
        connection.request("GET", path, headers=headers)
        _answered(connection, 200)

    return ask


_numbers = count()


def _record(connection: HTTPConnection, headers: dict[str, str]) -> None:
    body = {
        "kind": "claim",
        "text": f"Aussage Nummer {next(_numbers)}",
        "language": "de",
        "speaker": {"name": "Anna Berg", "kind": "person"},
    }
    headers = {**headers, "Content-Type": "application/json"}
    connection.request("POST", "/v1/statements", json.dumps(body), headers)
    _answered(connection, 201)


def _answered(connection: HTTPConnection, status: int) -> None:
    answer = connection.getresponse()
    told = answer.read()
    if answer.status != status:
        raise RuntimeError(f"{answer.status}: {told!r}")


CALLS: dict[str, Ask] = {
    "read one": _get("/v1/statements/1"),
    "read a list of twenty": _get("/v1/statements?limit=20"),
    "write": _record,
}

if __name__ == "__main__":
    main()
