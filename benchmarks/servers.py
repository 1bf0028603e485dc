"""The servers that are asked side by side: ours, the plainest view, Datasette; one process each."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path

from tests.serving import free_port

_BIN = Path(sys.executable).parent
OUR_COMMAND = str(_BIN / "counterclaim")
_PATIENCE_SECONDS = 90


@contextmanager
def ours(file: Path, log: Path, **settings: str) -> Iterator[tuple[int, int]]:
    """``counterclaim serve`` with one worker and its default settings; its port and its process."""
    given = {f"COUNTERCLAIM_{name.upper()}": value for name, value in settings.items()}
    environment = {"COUNTERCLAIM_DATABASE_URL": f"sqlite:///{file}", "COUNTERCLAIM_WORKERS": "1"}
    port = free_port()
    environment |= given | {"COUNTERCLAIM_PORT": str(port)}
    with _running([OUR_COMMAND, "serve"], environment, log, port, "/readyz") as it:
        yield port, it


@contextmanager
def plainest(file: Path, log: Path) -> Iterator[int]:
    """The plainest view; its port."""
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.plainest", str(file), str(port)]
    with _running(command, {}, log, port, "/statements"):
        yield port


@contextmanager
def datasette(file: Path, log: Path) -> Iterator[int]:
    """Datasette on the ledger's file; its port."""
    port = free_port()
    command = [str(_BIN / "datasette"), "serve", str(file), "--port", str(port)]
    with _running(command, {}, log, port, "/-/versions.json"):
        yield port


@contextmanager
def _running(
    command: list[str], environment: Mapping[str, str], log: Path, port: int, ready: str
) -> Iterator[int]:
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "HOME") if name in os.environ}
    with ExitStack() as held:
        told = held.enter_context(log.open("ab"))
        server = subprocess.Popen(  # noqa: S603 (our own commands)
            command, env=kept | dict(environment), stdout=told, stderr=told
        )
        held.callback(server.wait, _PATIENCE_SECONDS)
        held.callback(server.terminate)
        await_answer(port, ready, server)
        yield server.pid


def await_answer(port: int, path: str, server: "subprocess.Popen[bytes]") -> None:
    """Wait until a server answers 200.

    Raises:
        RuntimeError: it ended, or took too long.
    """
    until = time.monotonic() + _PATIENCE_SECONDS
    while server.poll() is None and time.monotonic() < until:
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", path)
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.02)
        finally:
            connection.close()
    raise RuntimeError(f"{server.args} did not answer")


def worker_memory(server: int) -> int:
    """Bytes that a server's one worker holds for itself and its share of what it has in common."""
    tasks = Path(f"/proc/{server}/task").glob("*/children")
    (worker,) = [child for task in tasks for child in task.read_text().split()]
    lines = Path(f"/proc/{worker}/smaps_rollup").read_text().splitlines()
    (kilobytes,) = [line.split()[1] for line in lines if line.startswith("Pss:")]
    return int(kilobytes) * 1024
