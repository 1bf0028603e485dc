"""A PostgreSQL server with standbys that follow it, on loopback, and what becomes of them."""

import os
import signal
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg

from tests.postgres import Server

PATIENCE_SECONDS = 60


class Standby(Server):
    """A copy of a server that is kept up to date from its log.

    Args:
        primary: the server.
        name: by which the server knows it.
    """

    def __init__(self, primary, name, *options):
        self.primary, self.name = primary, name
        super().__init__(*options)

    def _fill(self):
        source = f"host=127.0.0.1 port={self.primary.port} user=postgres "
        source += f"application_name={self.name}"
        self._run("pg_basebackup", "-d", source, "-R", "-X", "stream", "-c", "fast", "-N")

    def promote(self):
        """Let it take writes from now on."""
        with self.connect() as connection:
            assert connection.execute("SELECT pg_promote(true, 30)").fetchone() == (True,)

    def pause(self):
        """Let it read the log and apply nothing of it."""
        with self.connect() as connection:
            connection.execute("SELECT pg_wal_replay_pause()")
            until(lambda: connection.execute(_STATE).fetchone() == ("paused",))

    def go_on(self):
        with self.connect() as connection:
            connection.execute("SELECT pg_wal_replay_resume()")


class Group:
    """A server, one standby that has what is acknowledged, and one that follows when it can."""

    def __init__(self, primary, synchronous, asynchronous):
        self.primary, self.synchronous, self.asynchronous = primary, synchronous, asynchronous

    def url(self, database):
        """An address that leads to whichever of the first two takes writes."""
        ports = (self.primary.port, self.synchronous.port)
        hosts = ",".join(f"127.0.0.1:{port}" for port in ports)
        return f"postgresql://postgres@{hosts}/{database}?target_session_attrs=read-write"


_STATE = "SELECT pg_get_wal_replay_pause_state()"
_SYNCHRONOUS = "SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'"


@contextmanager
def group(*options):
    """All three, gone at the end; what they acknowledge is on their disks."""
    with ExitStack() as stack:
        servers = [Server(*options)]
        stack.callback(_remove, servers[0])
        for name in ("synchronous", "asynchronous"):
            servers.append(Standby(servers[0], name, *options))
            stack.callback(servers[-1].remove)
        # Set when they are there: they would take it over from a copy, and wait for themselves.
        with servers[0].connect() as connection:
            connection.execute("ALTER SYSTEM SET synchronous_standby_names = 'synchronous'")
            connection.execute("SELECT pg_reload_conf()")
            until(lambda: connection.execute(_SYNCHRONOUS).fetchone())
        yield Group(*servers)


def kill(server):
    """Every process of a server at once, as if its machine lost power."""
    head = server.process.pid
    for process in [head, *_children(head)]:
        os.kill(process, signal.SIGKILL)
    server.process.wait(PATIENCE_SECONDS)


def until(is_so):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < deadline, "it does not come to it"
        time.sleep(0.02)


def can_be_reached(server):
    try:
        server.connect().close()
    except psycopg.OperationalError:
        return False
    return True


def _remove(server):
    if server.process.poll() is not None:
        # What was killed leaves memory with the system, which it takes when it is begun again.
        server.start()
    server.remove()


def _children(parent):
    for task in Path(f"/proc/{parent}/task").iterdir():
        yield from map(int, (task / "children").read_text().split())
