"""Parts of queries that only SQLite understands: lists of values, and full text on FTS5."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

import orjson
from peewee import SQL, Database

from api.ledger.engines.sqlite_search import literal, matching

# One object: each more costs as much as ten members. Words that are none are most, and would be
# read each time.
_STATEMENT_JSON = """
    json_object(
        'id', statement.id, 'kind', statement.kind, 'text', text,
        'verbatim', CASE verbatim WHEN '[]' THEN json_array() ELSE json(verbatim) END,
        'speaker', json_object('id', speaker.id, 'name', speaker.name, 'kind', speaker.kind),
        'role', statement.role, 'said_on', said_on, 'said_on_text', said_on_text,
        'said_earliest', said_earliest, 'said_latest', said_latest,
        'source', iif(
            source.id IS NULL,
            NULL,
            json_object(
                'id', source.id, 'title', source.title, 'publisher', source.publisher,
                'url', source.url, 'published_on', source.published_on
            )
        ),
        'appearances', appearances, 'cue', cue, 'context', context, 'position', json(position),
        'topics', json(topics), 'language', statement.language, 'external_id', external_id,
        'confidence', NULL, 'status', status, 'contradiction_count', contradiction_count,
        'version', statement.version, 'created_at', statement.created_at,
        'updated_at', statement.updated_at
    )"""


class SqliteQueries(Database):
    """See ``Engine``."""

    statement_json: ClassVar[str] = _STATEMENT_JSON

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
