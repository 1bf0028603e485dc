"""Ledgers for tests, each empty or new, in the database that the run is asked to try."""

import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path
from shutil import copyfile

from api.ledger.migrations.runner import migrate
from api.ledger.storage.database import connect
from tests.postgres import unsafe_server

# Far quicker than to truncate them, which makes new files for each. Without triggers and checks of
# references, as all go.
_EMPTY = """
    BEGIN;
    SET LOCAL session_replication_role = replica;
    DO $$
    DECLARE
        named TEXT;
    BEGIN
        FOR named IN SELECT tablename FROM pg_tables
            WHERE schemaname = 'public' AND tablename NOT IN ('schema_migration', 'ledger', 'seal')
        LOOP
            EXECUTE format('DELETE FROM %I', named);
        END LOOP;
        IF to_regclass('seal') IS NOT NULL THEN
            UPDATE seal SET codes = '{}' WHERE of_table <> 'ledger';
        END IF;
    END
    $$;
    COMMIT
"""


class Files:
    """Ledgers in SQLite's files."""

    engine = "sqlite"

    def __init__(self, folder):
        self._folder = folder

    def new(self, name, folder=None):
        """The settings of a ledger that is not there yet."""
        return {"database_url": f"sqlite:///{(folder or self._folder) / name}.db"}

    def open(self, settings):
        """Let this process work on a ledger, with its schema."""
        connect(settings.database_url, settings.busy_timeout)
        migrate()

    def renew(self, settings):
        """The same, of a ledger in which nothing happened yet."""
        self.empty(settings)
        self.open(settings)

    def empty(self, settings):
        """Take all out of a ledger that nobody works on."""
        path = Path(settings.database_url.removeprefix("sqlite:///"))
        for file in path.parent.glob(f"{path.name}*"):
            file.unlink()

    def copy(self, settings, name, folder):
        """The settings of a copy of a ledger that nobody works on."""
        copied = self.new(name, folder)
        with closing(sqlite3.connect(_file(settings["database_url"]))) as ledger:
            ledger.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        copyfile(_file(settings["database_url"]), _file(copied["database_url"]))
        return copied

    def edit(self, settings, statements):
        """Run SQL as somebody does who has the file in hand."""
        with closing(sqlite3.connect(_file(settings["database_url"]))) as ledger, ledger:
            ledger.execute("PRAGMA ignore_check_constraints = ON")
            return [ledger.execute(sql).rowcount for sql in statements]

    def close(self):
        pass


def _file(url):
    return url.removeprefix("sqlite:///")


class Databases:
    """Ledgers in databases of one server of PostgreSQL's."""

    engine = "postgresql"

    def __init__(self, folder):
        self._folder = folder
        self._serving = unsafe_server()
        self._server = self._serving.__enter__()
        self._numbers, self._own = count(1), {}

    def new(self, name, folder=None):
        """The settings of a ledger that is not there yet."""
        database = f"{name}_{next(self._numbers)}"
        with self._server.connect() as connection:
            connection.execute(f'CREATE DATABASE "{database}"')
        key = (folder or self._folder) / f"{database}.key"
        return {"database_url": self._server.url(database), "signing_key": str(key)}

    def open(self, settings):
        """Let this process work on a ledger, with its schema."""
        connect(settings.database_url, settings.busy_timeout)
        migrate()

    def renew(self, settings):
        """The same, of a ledger in which nothing happened yet."""
        self.empty(settings)
        self.open(settings)

    def empty(self, settings):
        """Take all out of a ledger that nobody works on."""
        name = settings.database_url.rpartition("/")[2]
        if name not in self._own:
            self._own[name] = self._server.connect(name)
        self._own[name].execute(_EMPTY)

    def copy(self, settings, name, folder):
        """The settings of a copy of a ledger that nobody works on."""
        database = f"{name}_{next(self._numbers)}"
        template = settings["database_url"].rpartition("/")[2]
        with self._server.connect() as connection:
            connection.execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')
        return {**settings, "database_url": self._server.url(database)}

    def edit(self, settings, statements):
        """Run SQL as somebody does who has the database in hand."""
        name = settings["database_url"].rpartition("/")[2]
        with self._server.connect(name) as connection:
            connection.execute("SET session_replication_role = replica")
            return [connection.execute(sql).rowcount for sql in statements]

    def close(self):
        for connection in self._own.values():
            connection.close()
        self._serving.__exit__(None, None, None)


KINDS = {kind.engine: kind for kind in (Files, Databases)}
