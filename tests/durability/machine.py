"""A machine with a ledger on it: commands run there, and are stopped or killed."""

import os
import signal
import subprocess
import time
from contextlib import contextmanager
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from tests.serving import free_port, own

PATIENCE_SECONDS = 60


class Machine:
    """The machine that the ledger is on: what runs there is killed together, and begun again."""

    def __init__(self, folder):
        self.folder = folder
        self.log = folder / "said.log"
        self.command, environment = own(folder)
        self.port = free_port()
        self.environment = environment | {"COUNTERCLAIM_PORT": str(self.port)}

    def begin(self, *arguments, **environment):
        """Start a command in a process group of its own; what it says is added to the log."""
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [self.command, *arguments],
                env=self.environment | environment,
                cwd=self.folder,
                start_new_session=True,
                stdout=subprocess.DEVNULL,
                stderr=log,
            )

    def run(self, *arguments, **environment):
        """Run a command to its end; gives its status and what it said."""
        ran = subprocess.run(
            [self.command, *arguments],
            env=self.environment | environment,
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
        )
        return ran.returncode, ran.stdout + ran.stderr

    def defects(self):
        """What was logged of errors that nothing foresaw, each with where it came from."""
        return [line for line in self.log.read_text().splitlines() if "unexpected error" in line]

    def is_ready(self):
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5):
                return True
        except (HTTPError, URLError, OSError):
            return False

    def await_ready(self, server):
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self.is_ready():
            assert server.poll() is None and time.monotonic() < deadline, "it does not start"
            time.sleep(0.05)

    @contextmanager
    def serving(self):
        """The server, ready; stopped gracefully at the end."""
        server = self.begin("serve")
        self.await_ready(server)
        yield
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=PATIENCE_SECONDS) == 0


def kill(*processes):
    for process in processes:
        if process is not None and process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
    for process in processes:
        if process is not None:
            process.wait()
