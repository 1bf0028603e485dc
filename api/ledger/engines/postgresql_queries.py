"""Parts of queries that only PostgreSQL understands: JSON, and full text by ``tsvector``."""

from collections.abc import Iterable, Sequence
from typing import Any

from peewee import SQL, Database, NodeList

# Names whose trigrams are counted: how rare those are that are in more does not matter.
_MOST_COUNTED = 2000


class PostgresqlQueries(Database):
    """See ``Engine``. The functions are those of the first migration."""

    def among(self, column: str) -> str:
        """See ``Engine``."""
        return f"{column} = ANY(?)"

    def listed(self, values: Iterable[Any]) -> list[Any]:
        """See ``Engine``."""
        return list(values)

    def member(self, column: Any, name: str) -> Any:
        """See ``Engine``."""
        return NodeList((SQL("("), column, SQL(f"::json ->> '{name}')")), glue="")

    def id_member(self, column: Any, name: str) -> Any:
        """See ``Engine``."""
        return NodeList((SQL("("), self.member(column, name), SQL("::bigint)")), glue="")

    def matches(self, index: str, terms: Sequence[str]) -> SQL:
        """See ``Engine``."""
        return _searched(index, terms, begun=False)

    def begins(self, index: str, terms: Sequence[str]) -> SQL:
        """See ``Engine``."""
        return _searched(index, terms, begun=True)

    def relevance(self, index: str, terms: Sequence[str]) -> SQL:
        """See ``Engine``: by how often and how near each other terms are, and the length."""
        stemmed = _is_stemmed(index)
        return SQL("-ts_rank_cd(words, searched(?, ?, FALSE), 2)::float8", [_texts(terms), stemmed])

    def rarest(self, trigrams: Sequence[str], most: int) -> list[str]:
        """See ``Engine``."""
        rows = self.execute_sql(
            "SELECT trigram, count(*) FROM unnest(?::text[]) AS trigram, LATERAL ("
            "SELECT 1 FROM speaker_spelling WHERE speaker_spelling.trigram = trigram.trigram "
            "LIMIT ?) AS named GROUP BY trigram ORDER BY count(*), trigram LIMIT ?",
            [list(trigrams), _MOST_COUNTED, most],
        )
        return [trigram for trigram, _ in rows.fetchall()]

    def spelled(self, trigrams: Sequence[str], most: int) -> SQL:
        """See ``Engine``; rarer trigrams, which come first, tell more."""
        return SQL(
            "id IN (SELECT rowid FROM speaker_spelling JOIN unnest(?::text[]) "
            "WITH ORDINALITY AS wanted (trigram, place) USING (trigram) GROUP BY rowid "
            "ORDER BY count(*) DESC, min(place), rowid LIMIT ?)",
            [list(trigrams), most],
        )


def _is_stemmed(index: str) -> bool:
    """Texts are found by the stems of their words, names by the words themselves."""
    return index != "speaker_search"


def _searched(index: str, terms: Sequence[str], *, begun: bool) -> SQL:
    return SQL("words @@ searched(?, ?, ?)", [_texts(terms), _is_stemmed(index), begun])


def _texts(terms: Sequence[str]) -> list[str]:
    """Terms without the one character that no text of PostgreSQL's has."""
    return [term.replace("\0", " ") for term in terms]
