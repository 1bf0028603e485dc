"""Tables as a whole, in PostgreSQL."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from time import monotonic, sleep
from typing import Any
from uuid import uuid4

from peewee import Database

from api.ledger.engines.interface import Shape

_COLUMNS = """
    SELECT attname, format_type(atttypid, NULL) FROM pg_attribute
    WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
    ORDER BY attnum
"""
_KEY = """
    SELECT attname
    FROM pg_index, pg_attribute, unnest(indkey) WITH ORDINALITY AS part (number, place)
    WHERE indrelid = ?::regclass AND indisprimary AND attrelid = indrelid AND attnum = number
    ORDER BY place
"""
_REFERENCES = """
    SELECT DISTINCT confrelid::regclass::text FROM pg_constraint
    WHERE contype = 'f' AND conrelid = ?::regclass
"""
ALL_REFERENCES = """
    SELECT conrelid::regclass::text, confrelid::regclass::text, own.attname, other.attname
    FROM pg_constraint
    JOIN pg_attribute AS own ON own.attrelid = conrelid AND own.attnum = conkey[1]
    JOIN pg_attribute AS other ON other.attrelid = confrelid AND other.attnum = confkey[1]
    WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY 1, 2, 3
"""
_NUMBERED = """
    SELECT attname FROM pg_attribute
    WHERE attrelid = ?::regclass AND attidentity <> '' AND NOT attisdropped
"""
# What others read since before a moment is kept for them.
_READING_SINCE = """
    SELECT 1 FROM pg_stat_activity
    WHERE pid <> pg_backend_pid() AND datname = current_database()
    AND backend_xmin IS NOT NULL AND xact_start < ? LIMIT 1
"""
_AT_ONCE = 1000
_PAUSE_SECONDS = 0.1


class PostgresqlTables(Database):
    """See ``Engine``."""

    def run_script(self, script: str) -> None:
        """See ``Engine``."""
        self.execute_sql(script)

    def tables(self) -> list[str]:
        """See ``Engine``."""
        return list(self.get_tables())

    def shape(self, table: str) -> Shape:
        """See ``Engine``."""
        columns = self.execute_sql(_COLUMNS, [table]).fetchall()
        key = self.execute_sql(_KEY, [table]).fetchall()
        return Shape(
            tuple(name for name, _ in columns),
            tuple(name for (name,) in key),
            frozenset(name for name, kind in columns if kind == "bytea"),
            frozenset(name for name, kind in columns if kind == "boolean"),
        )

    def rows(self, table: str, shape: Shape) -> Iterator[tuple[Any, ...]]:
        """See ``Engine``; by a cursor on the server, so inside a transaction."""
        columns = ", ".join(
            f'"{name}"::int' if name in shape.truths else f'"{name}"' for name in shape.columns
        )
        key = ", ".join(f'"{name}"' for name in shape.key)
        with self.connection().cursor(name=f"rows_{uuid4().hex}") as cursor:
            cursor.itersize = _AT_ONCE
            yield from cursor.execute(f'SELECT {columns} FROM "{table}" ORDER BY {key}')  # noqa: S608

    def load(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """See ``Engine``: in one stream; what numbers rows by itself goes on after them."""
        shape = self.shape(table)
        truths = [place for place, name in enumerate(columns) if name in shape.truths]
        names = ", ".join(f'"{name}"' for name in columns)
        cursor = self.cursor()
        with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as stream:
            for row in rows:
                values = list(row)
                for place in truths:
                    values[place] = bool(values[place])
                stream.write_row(values)
        for (name,) in self.execute_sql(_NUMBERED, [table]).fetchall():
            self.execute_sql(
                f'SELECT setval(pg_get_serial_sequence(?, ?), max("{name}")) '  # noqa: S608
                f'FROM "{table}" HAVING count(*) > 0',
                [table, name],
            )

    def measure(self) -> None:
        """See ``Engine``."""
        self.execute_sql("ANALYZE")

    def references(self, table: str) -> set[str]:
        """See ``Engine``."""
        return {name for (name,) in self.execute_sql(_REFERENCES, [table]).fetchall()}

    def last_ids(self, tables: Sequence[str]) -> dict[str, int]:
        """See ``Engine``."""
        found = {}
        for table in sorted(tables):
            if "id" in self.shape(table).columns:
                (last,) = self.execute_sql(
                    f'SELECT greatest((SELECT max(id) FROM "{table}"), '  # noqa: S608
                    "(SELECT id FROM last_id WHERE of_table = ?))",
                    [table],
                ).fetchone()
                if last is not None:
                    found[table] = int(last)
        return found

    def set_last_ids(self, ids: Mapping[str, int]) -> None:
        """See ``Engine``."""
        for table, last in ids.items():
            self.execute_sql(
                "INSERT INTO last_id (of_table, id) VALUES (?, ?) "
                "ON CONFLICT (of_table) DO UPDATE SET id = excluded.id",
                [table, last],
            )

    def defer_references(self) -> None:
        """See ``Engine``."""
        self.execute_sql("SET CONSTRAINTS ALL DEFERRED")

    def dangling(self) -> tuple[str, str] | None:
        """See ``Engine``."""
        rows = self.execute_sql(ALL_REFERENCES).fetchall()
        for table, other, column, key in rows:
            found = self.execute_sql(
                f'SELECT 1 FROM "{table}" AS own WHERE own."{column}" IS NOT NULL AND NOT EXISTS '  # noqa: S608
                f'(SELECT 1 FROM "{other}" WHERE "{key}" = own."{column}") LIMIT 1'
            ).fetchone()
            if found:
                return table, other
        return None

    def sweep(self, seconds: float) -> bool:
        """Take deleted rows, and the words in them, out of tables and indexes.

        Those stay that somebody may still read. What the server wrote to its log before, and sent
        to standbys, is beyond its reach.
        """
        (began,) = self.execute_sql("SELECT clock_timestamp()").fetchone()
        until = monotonic() + seconds
        while self.execute_sql(_READING_SINCE, [began]).fetchone() and monotonic() < until:
            sleep(_PAUSE_SECONDS)
        is_read = self.execute_sql(_READING_SINCE, [began]).fetchone() is not None
        named = ", ".join(f'"{table}"' for table in self.tables())
        self.execute_sql(f"VACUUM (INDEX_CLEANUP ON) {named}")
        return not is_read
