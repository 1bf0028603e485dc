"""Pages of what is searched for, the best fit first.

Of what is found, those said last are ranked, and no more than a bounded number; the others follow
in the order of the default list. How well a text fits moves with all that is in the ledger, so a
position names those that were given, and none is given twice or passed over.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise, takewhile
from typing import Any

from api.ledger.queries.statements import search
from api.ledger.queries.statements.statement_filters import StatementFilter
from api.ledger.queries.statements.statement_pages import page as page_in_order
from api.ledger.storage.database import engine
from api.ledger.storage.keyset_pages import Position, Slice

# As many as a position can name: an address has room for two thousand characters of it and more.
MOST_RANKED = 500

_LATEST_FIRST = "-said_on"


@dataclass(frozen=True, slots=True)
class Ranked:
    """How many were ranked, and whether these were not all that were found."""

    of: int
    capped: bool


def page(wanted: StatementFilter, after: Position | None, limit: int) -> tuple[Slice, Ranked]:
    """A page of what is searched for, and how much of it is ranked.

    A position is the last of those that are ranked (None where all are), how many they are, and
    either which of them were given, or the position in the default list of the last of the others.
    """
    last, of, given, rest = after or (None, 0, [], None)
    if rest is not None:
        return _others(wanted, last, of, rest, [], limit)
    if after is None:
        found = page_in_order(wanted, _LATEST_FIRST, None, MOST_RANKED)
        candidates, last = _positions(found), found.next and list(found.next)
    else:
        candidates = list(takewhile(lambda each: last is None or each >= last, _latest(wanted)))
    of = len(candidates)
    served = set(accumulate(given))
    ranked = engine().ranked(search.terms(wanted.q or ""), [each[1] for each in candidates])
    left = [each for each in ranked if each not in served]
    rows: list[Sequence[Any]] = [(each,) for each in left[:limit]]
    if len(left) > limit:
        named = _steps({*served, *left[:limit]})
        return Slice(rows, (last, of, named, None)), Ranked(of, last is not None)
    return _others(wanted, last, of, last, rows, limit)


def _others(
    wanted: StatementFilter,
    last: Any,
    of: int,
    after: Any,
    rows: list[Sequence[Any]],
    limit: int,
) -> tuple[Slice, Ranked]:
    """A page that ends with some of those that are not ranked."""
    ranked = Ranked(of, last is not None)
    if after is None:
        return Slice(rows, None), ranked
    if len(rows) == limit:
        return Slice(rows, (last, of, [], after)), ranked
    others = page_in_order(wanted, _LATEST_FIRST, tuple(after), limit - len(rows))
    following: Position | None = None if others.next is None else (last, of, [], others.next)
    return Slice([*rows, *others.rows], following), ranked


def _latest(wanted: StatementFilter) -> Iterator[list[Any]]:
    """The positions in the default list of what is found."""
    after: Position | None = None
    while True:
        found = page_in_order(wanted, _LATEST_FIRST, after, MOST_RANKED)
        yield from _positions(found)
        if found.next is None:
            return
        after = found.next


def _positions(found: Slice) -> list[list[Any]]:
    return [list(row[-2:]) for row in found.rows]


def _steps(ids: Iterable[int]) -> list[int]:
    """Ids as the steps from each to the next, which are shorter."""
    return [second - first for first, second in pairwise([0, *sorted(ids)])]
