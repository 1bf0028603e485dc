"""Statements as the JSON that is sent of them, made by the database: from a row to bytes at once.

It tells the same as ``show`` in ``statements``, to which a test holds it, and takes a third of the
time: nothing is made of a row's thirty values but the text that goes out. The share is left to
Python: SQLite writes fewer digits than one may have.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import orjson

from api.ledger.storage.database import database, engine
from api.ledger.storage.keyset_pages import Position

_FROM = """
    FROM statement
    JOIN speaker ON speaker.id = statement.speaker_id
    LEFT JOIN source ON source.id = statement.source_id"""

# The latest change to the ledger, read once for all rows.
_HEAD = """
    (SELECT id FROM change ORDER BY id DESC LIMIT 1),
    (SELECT digest FROM change ORDER BY id DESC LIMIT 1)"""


class JsonPage(NamedTuple):
    """A page as a JSON array, where the next one starts, and the ledger's head when it was read."""

    items: bytes
    next: Position | None
    head: tuple[int, bytes]


# The expressions are those that the indexes hold.
_ORDERS = {
    "-said_on": (("coalesce(said_latest, '')", "statement.id"), "<", "DESC"),
    "said_on": (("coalesce(said_earliest, 'unknown')", "statement.id"), ">", "ASC"),
    "-created_at": (("statement.id",), "<", "DESC"),
}
SORTS = frozenset(_ORDERS)


def read(statement_id: int) -> tuple[int, bytes] | None:
    """A statement in any status, and its version; None where there is none."""
    row = database.execute_sql(_one(engine().statement_json), [statement_id]).fetchone()
    return None if row is None else (row[2], _whole(row).encode())


def page(sort: str, after: Position | None, limit: int) -> JsonPage | None:
    """A page of the active statements; None where there are none.

    Args:
        sort: one of ``SORTS``.
        after: the position that the page before ended at; None for the first page.
        limit: statements in the page.
    """
    sql = _paged(engine().statement_json, sort, is_first=after is None)
    place = [] if after is None else [after[0], *after]
    rows = database.execute_sql(sql, [*place, limit + 1]).fetchall()
    if not rows:
        return None
    following = tuple(rows[limit - 1][4:]) if len(rows) > limit else None
    items = f"[{','.join(map(_whole, rows[:limit]))}]".encode()
    return JsonPage(items, following, (rows[0][2], rows[0][3]))


def _whole(row: Sequence[Any]) -> str:
    shown: str = row[0]
    if row[1] is None:
        return shown
    # Quotation marks are escaped in what people said: this stands nowhere else.
    return shown.replace('"confidence":null', f'"confidence":{orjson.dumps(row[1]).decode()}', 1)


@cache
def _one(shown: str) -> str:
    return f"SELECT {shown}, confidence, statement.version {_FROM} WHERE statement.id = ?"


@cache
def _paged(shown: str, sort: str, *, is_first: bool) -> str:
    by, beyond, direction = _ORDERS[sort]
    position, marks = ", ".join(by), ", ".join("?" * len(by))
    order = ", ".join(f"{each} {direction}" for each in by)
    # SQLite seeks to the first of the two in an index of expressions, but not to both.
    place = "" if is_first else f"AND {by[0]} {beyond}= ? AND ({position}) {beyond} ({marks})"
    return f"""SELECT {shown}, confidence, {_HEAD}, {position} {_FROM}
        WHERE status = 'active' {place} ORDER BY {order} LIMIT ?"""
