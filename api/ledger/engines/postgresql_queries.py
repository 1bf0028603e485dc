"""Parts of queries that only PostgreSQL understands: arrays, and full text by ``tsvector``."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, ClassVar

from peewee import SQL, CommaNodeList, Database, NodeList

from api.ledger.engines.interface import Days

# Names whose trigrams are counted: how rare those are that are in more does not matter.
_MOST_COUNTED = 2000
_FOUND = "words @@ searched(?, TRUE, FALSE)"
_ORDERS = {
    "-said_on": (("coalesce(said_latest, '')", "id"), "DESC", "<"),
    "said_on": (("coalesce(said_earliest, 'unknown')", "id"), "ASC", ">"),
    "-created_at": (("id",), "DESC", "<"),
}


class PostgresqlQueries(Database):
    """See ``Engine``. The functions are those of the first migration."""

    finds_in_order: ClassVar[bool] = False

    def json_object(self, members: Iterable[tuple[str, Any]], there: Any = None) -> Any:
        """See ``Engine``: rows, and not objects that are built, are written without spaces."""
        named = CommaNodeList([NodeList((value, SQL(f'AS "{name}"'))) for name, value in members])
        where = [] if there is None else [SQL("WHERE"), there, SQL("IS NOT NULL")]
        return NodeList(
            (SQL("(SELECT row_to_json(made) FROM (SELECT"), named, *where, SQL(") AS made)"))
        )

    def json_text(self, made: Any) -> Any:
        """See ``Engine``."""
        return made.cast("text")

    def json_value(self, column: Any) -> Any:
        """See ``Engine``."""
        return column.cast("json")

    def json_truth(self, column: Any) -> Any:
        """See ``Engine``."""
        return column

    def among(self, column: str) -> str:
        """See ``Engine``."""
        return f"{column} = ANY(?)"

    def as_json_array(self, column: str) -> str:
        """See ``Engine``."""
        return f"json_agg({column})::text"

    def listed(self, values: Iterable[Any]) -> list[Any]:
        """See ``Engine``."""
        return list(values)

    def matches(self, index: str, terms: Sequence[str]) -> SQL:
        """See ``Engine``."""
        return _searched(index, terms, begun=False)

    def begins(self, index: str, terms: Sequence[str]) -> SQL:
        """See ``Engine``."""
        return _searched(index, terms, begun=True)

    def found_id(self, row: Any) -> Any:
        """See ``Engine``."""
        return row

    def found(
        self,
        terms: Sequence[str],
        sort: str,
        after: tuple[Any, ...] | None,
        most: int,
        days: Days,
    ) -> list[tuple[Any, ...]]:
        """See ``Engine``."""
        by, direction, beyond = _ORDERS[sort]
        position, marks = ", ".join(by), ", ".join("?" * len(by))
        order = ", ".join(f"{each} {direction}" for each in by)
        start = f"AND ({position}) {beyond} ({marks})" if after else ""
        start += "" if days.first is None else " AND coalesce(said_latest, '') >= ?"
        start += "" if days.last is None else " AND coalesce(said_latest, '') <= ?"
        start += " AND said_earliest IS DISTINCT FROM said_latest" if days.long else ""
        bounds = [day for day in (days.first, days.last) if day is not None]
        rows = self.execute_sql(
            f"SELECT {position} FROM statement JOIN statement_search ON rowid = id "  # noqa: S608
            f"WHERE {_FOUND} {start} ORDER BY {order} LIMIT ?",
            [_texts(terms), *(after or ()), *bounds, most],
        )
        return rows.fetchall()  # type: ignore[no-any-return]

    def found_among(self, terms: Sequence[str], ids: Collection[int]) -> list[int]:
        """See ``Engine``."""
        rows = self.execute_sql(
            f"SELECT rowid FROM statement_search WHERE {_FOUND} AND rowid = ANY(?)",  # noqa: S608
            [_texts(terms), list(ids)],
        )
        return [row[0] for row in rows.fetchall()]

    def ranked(self, terms: Sequence[str], ids: Collection[int]) -> list[int]:
        """See ``Engine``: by how often and how near each other terms are, and the length."""
        rows = self.execute_sql(
            f"SELECT rowid FROM statement_search WHERE {_FOUND} AND rowid = ANY(?) "  # noqa: S608
            "ORDER BY ts_rank_cd(words, searched(?, TRUE, FALSE), 2) DESC, rowid",
            [_texts(terms), list(ids), _texts(terms)],
        )
        return [row[0] for row in rows.fetchall()]

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
