"""Parts of queries that only SQLite understands: lists of values, and full text on FTS5."""

from collections.abc import Iterable, Sequence
from typing import Any

import orjson
from peewee import SQL, Database, NodeList, fn

from api.ledger.engines.sqlite_search import literal, matching


class SqliteQueries(Database):
    """See ``Engine``."""

    def json_object(self, members: Iterable[tuple[str, Any]], there: Any = None) -> Any:
        """See ``Engine``."""
        made = fn.json_object(*(part for name, value in members for part in (_quoted(name), value)))
        return made if there is None else fn.iif(there.is_null(), SQL("NULL"), made)

    def json_text(self, made: Any) -> Any:
        """See ``Engine``."""
        return made

    def json_value(self, column: Any) -> Any:
        """See ``Engine``; most lists are empty, and would be read each time."""
        return NodeList(
            (
                SQL("CASE"),
                column,
                SQL("WHEN '[]' THEN json_array() ELSE"),
                fn.json(column),
                SQL("END"),
            )
        )

    def json_truth(self, column: Any) -> Any:
        """See ``Engine``."""
        return fn.json(fn.iif(column, SQL("'true'"), SQL("'false'")))

    def among(self, column: str) -> str:
        """See ``Engine``."""
        return f"{column} IN (SELECT value FROM json_each(?))"  # noqa: S608

    def as_json_array(self, column: str) -> str:
        """See ``Engine``."""
        return f"json_group_array({column})"

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


def _quoted(name: str) -> SQL:
    return SQL(f"'{name}'")
