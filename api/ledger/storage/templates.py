"""Queries whose SQL is made once: what they ask for is named in them, and given when they run.

Making SQL of a query takes longer than most queries do. Which SQL it is depends on which filters
are given, and not on their values.
"""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar

from api.ledger.storage.database import database

Filter = TypeVar("Filter")
Values = Mapping[str, Any]


class Slot(str):
    """A place in a query for a value, by its name."""

    __slots__ = ()


class Template:
    """A query with slots, for one order, and the SQL of the ways in which it is run.

    Args:
        query: a peewee query.
    """

    def __init__(self, query: Any) -> None:
        self._query = query
        self._ways: dict[Hashable, tuple[str, Sequence[Any]]] = {}

    def run(self, way: Hashable, change: Callable[[Any], Any], values: Values) -> list[Any]:
        """Its rows, as the database gives them.

        Args:
            way: names what ``change`` makes of the query.
            change: makes the query that is run.
            values: of the slots.
        """
        if way not in self._ways:
            self._ways[way] = change(self._query).sql()
        sql, given = self._ways[way]
        filled = [values[each] if type(each) is Slot else each for each in given]
        return database.execute_sql(sql, filled).fetchall()  # type: ignore[no-any-return]


def slotted(wanted: Filter, fixed: Collection[str]) -> tuple[Filter, dict[str, Any]]:
    """The shape of a filter, which can be hashed, and the values of the slots in it.

    Args:
        wanted: a data class; of several values of one field each counts once.
        fixed: the fields whose values stay, as the SQL depends on them.
    """
    shape: dict[str, Any] = {}
    values: dict[str, Any] = {}
    for name in (each.name for each in fields(wanted)):  # type: ignore[arg-type]
        value = getattr(wanted, name)
        if value is None or name in fixed:
            continue
        if isinstance(value, str | int | float):
            shape[name] = Slot(name)
            values[name] = value
        else:
            own: dict[str, Any] = {
                Slot(f"{name}{place}"): each for place, each in enumerate(dict.fromkeys(value))
            }
            shape[name] = tuple(own)
            values |= own
    return replace(wanted, **shape), values  # type: ignore[type-var]
