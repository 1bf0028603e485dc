"""Parts of queries that only SQLite understands: lists of values, and full text on FTS5."""

from collections.abc import Iterable, Sequence
from typing import Any

import orjson
from peewee import SQL, Database

from api.ledger.engines.sqlite_search import literal, matching


class SqliteQueries(Database):
    """See ``Engine``."""

    def among(self, column: str) -> str:
        """See ``Engine``."""
        return f"{column} IN (SELECT value FROM json_each(?))"  # noqa: S608

    def listed(self, values: Iterable[Any]) -> str:
        """See ``Engine``."""
        return orjson.dumps(list(values)).decode()

    def matches(self, index: str, terms: Sequence[str]) -> SQL:
        """See ``Engine``."""
        return SQL(f"{index} MATCH ?", [matching(terms)])

    def begins(self, index: str, terms: Sequence[str]) -> SQL:
        """See ``Engine``."""
        return SQL(f"{index} MATCH ?", [" AND ".join(f"{literal(term)} *" for term in terms)])

    def rarest(self, trigrams: Sequence[str], most: int) -> list[str]:
        """See ``Engine``."""
        places = ", ".join("?" * len(trigrams))
        rows = self.execute_sql(
            f"SELECT term FROM speaker_trigram WHERE term IN ({places}) ORDER BY doc LIMIT ?",  # noqa: S608
            [*trigrams, most],
        )
        return [term for (term,) in rows.fetchall()]

    def spelled(self, trigrams: Sequence[str], most: int) -> SQL:
        """See ``Engine``."""
        return SQL(
            "id IN (SELECT rowid FROM speaker_spelling WHERE speaker_spelling MATCH ? "
            "ORDER BY rank LIMIT ?)",
            [" OR ".join(f'"{trigram}"' for trigram in trigrams), most],
        )
