"""What was found in SQLite's full-text index over statements, an order at a time.

A row of the index is a statement's ``place``, which the first migration makes: the last day of its
date, its id, and whether it may have been said on other days, too.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, ClassVar

import orjson
from peewee import SQL, Database, NodeList

from api.ledger.engines.interface import Days

_MOST_ID = (1 << 32) - 1
_MOST_PLACE = 1 << 62
_ID = f"(statement_search.rowid >> 1) & {_MOST_ID}"
_DAY = "statement_search.rowid >> 33"
_LATEST = f"CASE WHEN {_DAY} THEN date(({_DAY}) - 0.5) ELSE '' END"
# By Julian day numbers, as the place has them, the day before the first of January of the year 1.
_DAY_NUMBERS = 1_721_425
# Looking a place up in the index takes as long as reading past some hundreds of others.
_PROBED = 200

_LATEST_FIRST = f"""
    SELECT {_LATEST}, {_ID} AS id FROM statement_search
    WHERE statement_search MATCH ?1 AND rowid < ?3 AND rowid >= ?4 AND rowid & 1 >= ?5
    ORDER BY rowid DESC LIMIT ?2
"""  # noqa: S608
_NEWEST_FIRST = f"""
    SELECT {_ID} AS id FROM statement_search
    WHERE statement_search MATCH ?1 AND id < ?3 ORDER BY id DESC LIMIT ?2
"""  # noqa: S608
# Those of one day stand in this order; of the others only the statement knows when they begin.
_EARLIEST_FIRST = f"""
    SELECT * FROM (
        SELECT {_LATEST} AS earliest, {_ID} AS id FROM statement_search
        WHERE statement_search MATCH ?1 AND rowid > ?3 AND NOT rowid & 1 ORDER BY rowid LIMIT ?2
    )
    UNION ALL
    SELECT * FROM (
        SELECT coalesce(said_earliest, 'unknown') AS earliest, statement.id
        FROM statement_search CROSS JOIN statement ON statement.id = {_ID}
        WHERE statement_search MATCH ?1 AND statement_search.rowid & 1
        AND (earliest, statement.id) > (?4, ?5) ORDER BY earliest, statement.id LIMIT ?2
    )
    ORDER BY 1, 2 LIMIT ?2
"""  # noqa: S608
_AMONG_READ = f"""
    SELECT {_ID} AS id FROM statement_search
    WHERE statement_search MATCH ?1 AND id IN (SELECT value FROM json_each(?2))
"""  # noqa: S608
_AMONG_PROBED = """
    SELECT id FROM statement WHERE id IN (SELECT value FROM json_each(?2)) AND EXISTS (
        SELECT 1 FROM statement_search WHERE statement_search MATCH ?1 AND rowid = place
    )
"""
_RANKED = f"""
    WITH wanted AS (
        SELECT id, place FROM statement WHERE id IN (SELECT value FROM json_each(?2))
    )
    SELECT {_ID} AS id FROM statement_search WHERE statement_search MATCH ?1
    AND rowid BETWEEN (SELECT min(place) FROM wanted) AND (SELECT max(place) FROM wanted)
    AND id IN (SELECT value FROM json_each(?2)) ORDER BY rank, id
"""  # noqa: S608


class SqliteSearch(Database):
    """See ``Engine``."""

    finds_in_order: ClassVar[bool] = True

    def found_id(self, row: Any) -> Any:
        """See ``Engine``."""
        return NodeList((SQL("("), row, SQL(f" >> 1) & {_MOST_ID}")), glue="")

    def found(
        self,
        terms: Sequence[str],
        sort: str,
        after: tuple[Any, ...] | None,
        most: int,
        days: Days,
    ) -> list[tuple[Any, ...]]:
        """See ``Engine``."""
        wanted = [matching(terms), most]
        if sort == "-created_at":
            return self._rows(_NEWEST_FIRST, [*wanted, after[0] if after else 1 << 32])
        if sort == "-said_on":
            end = _MOST_PLACE if days.last is None else _place(days.last, _MOST_ID) + 2
            start = 0 if days.first is None else _place(days.first, 0)
            before = min(_place(*after), end) if after else end
            return self._rows(_LATEST_FIRST, [*wanted, before, start, days.long])
        return self._rows(
            _EARLIEST_FIRST, [*wanted, _place(*after) + 1 if after else 0, *(after or ("", 0))]
        )

    def found_among(self, terms: Sequence[str], ids: Collection[int]) -> list[int]:
        """See ``Engine``."""
        query = _AMONG_PROBED if len(ids) <= _PROBED else _AMONG_READ
        return [row[0] for row in self._rows(query, [matching(terms), _listed(ids)])]

    def ranked(self, terms: Sequence[str], ids: Collection[int]) -> list[int]:
        """See ``Engine``: by BM25."""
        return [row[0] for row in self._rows(_RANKED, [matching(terms), _listed(ids)])]

    def _rows(self, query: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        return self.execute_sql(query, values).fetchall()  # type: ignore[no-any-return]


def matching(terms: Sequence[str]) -> str:
    """All of some terms, in the index's own query language."""
    return " AND ".join(map(literal, terms))


def literal(term: str) -> str:
    """A term with nothing in it that the query language would read."""
    return '"{}"'.format(term.replace('"', " ").replace("\0", " "))


def _place(day: str, own_id: int) -> int:
    """Where a statement of that day alone stands; at the end where the day is unknown."""
    try:
        number = date.fromisoformat(day).toordinal() + _DAY_NUMBERS
    except ValueError:
        number = 1 << 23 if day == "unknown" else 0
    return number << 33 | own_id << 1


def _listed(ids: Collection[int]) -> str:
    return orjson.dumps(list(ids)).decode()
