"""A real server in its own process group, for tests that need one."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

_PATIENCE_SECONDS = 60
# What no server says of whatever is sent to it: of errors that nothing foresaw, and of lines that
# could not be written.
DEFECTS = ("unexpected error", "Error handling request", "Logging error")
_ROOT = Path(__file__).parents[1]


def free_port() -> int:
    """A port that nothing listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(
    folder: Path,
    *,
    seeds: bool = False,
    command: str | None = None,
    module: str | None = None,
    log: Path | None = None,
    **settings: str,
) -> Iterator[str]:
    """Run ``counterclaim serve`` on a ledger in a folder; gives its address.

    Args:
        folder: where the ledger is and where the server runs.
        seeds: whether to load the seeds first.
        command: the installed command; this environment's own where it is left out.
        module: what is run instead of the command.
        log: the file that what it logs goes to, at the default level where no other is set.
        settings: more settings, by their names.
    """
    command, environment = own(folder, command)
    port = free_port()
    environment |= {
        "COUNTERCLAIM_PORT": str(port),
        **{f"COUNTERCLAIM_{name.upper()}": value for name, value in settings.items()},
    }
    serve = [command, "serve"]
    if module:
        serve = [sys.executable, "-m", module]
        environment["PYTHONPATH"] = str(_ROOT)
    if seeds:
        subprocess.run([command, "seed"], env=environment, cwd=folder, check=True)
    with NamedTemporaryFile() as unnamed:
        said = log or Path(unnamed.name)
        with said.open("wb") as errors:
            server = subprocess.Popen(
                serve, env=environment, cwd=folder, start_new_session=True, stderr=errors
            )
        try:
            address = f"http://127.0.0.1:{port}"
            _await(f"{address}/readyz", server)
            yield address
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=_PATIENCE_SECONDS)
            lines = said.read_text(errors="replace")
            # Shown by pytest where a test fails.
            sys.stderr.write(lines)
        for defect in DEFECTS:
            assert defect not in lines, "the server told of a defect of its own"


def new_key(folder: Path, *scopes: str) -> str:
    """Make a key of the ledger in a folder."""
    command, environment = own(folder)
    scoped = [each for scope in scopes for each in ("--scope", scope)]
    made = subprocess.run(
        [command, "keys", "create", "--name", "-".join(scopes), *scoped],
        env=environment,
        cwd=folder,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return made.stdout.strip()


def own(folder: Path, command: str | None = None) -> tuple[str, dict[str, str]]:
    """The command, and the environment in which it works on the ledger in a folder."""
    # This environment's own command imports what the tests import.
    inherited = ("PATH",) if command else ("PATH", "PYTHONPATH")
    return command or str(Path(sys.executable).parent / "counterclaim"), {
        **{name: os.environ[name] for name in inherited if name in os.environ},
        "COUNTERCLAIM_DATABASE_URL": f"sqlite:///{folder}/ledger.db",
    }


def _await(url: str, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server stopped before it was ready"
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError("the server did not become ready")
