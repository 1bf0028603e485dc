"""Which statements may contradict one: those that have to do with the same things.

Keys that few statements have tell more than those that many have. What is read is bounded, so that
the cost does not grow with the ledger: all of a rare key, the newest of a common one, and of two
common ones those that have both.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import nlargest
from itertools import pairwise
from math import sqrt

from api.ledger import postings
from api.services.remember import limits, weights

# Keys of one text by which others are looked up.
_MOST_KEYS = 200
# Statements that are read by all keys together, and that are looked at again with all of theirs.
MOST_READ, _MOST_WEIGHED = 2_000, 200
# Of a common key, those among which the ones are sought that have another common one as well.
_MOST_SEARCHED, _MOST_JOINED = 4_000, 3
# How much alike two must be, from 0 to 1, where others are more so; measured on the pairs of
# tests/contradictions: of those that are raised, one in a hundred is less.
_LEAST_ALIKE, _AT_ANY_RATE = 0.25, 8
_NOTHING: Mapping[int, Sequence[int]] = {}


def keys(statement_id: int) -> list[int]:
    """The keys that lead to a statement."""
    found = postings.kept([statement_id]).get(statement_id)
    return sorted(found.keys) if found else []


def met_by(
    keys: Iterable[int], own_id: int | None, coming: Mapping[int, Sequence[int]] = _NOTHING
) -> list[int]:
    """The statements that one may contradict, those first that have the most in common with it.

    Args:
        keys: those of the statement, as numbers.
        own_id: its id, which it does not meet; None where it has none yet.
        coming: ids of statements that the ledger will have, the oldest first, by their keys.
    """
    weight = weights(list(keys), coming)
    telling = sorted(weight, key=lambda key: (-weight[key], key))[:_MOST_KEYS]
    shared: defaultdict[int, float] = defaultdict(float)
    for key, ids in _read(telling, own_id or 0).items():
        for statement_id in ids:
            shared[statement_id] += weight[key]
    for key in telling:
        for statement_id in coming.get(key, ()):
            shared[statement_id] += weight[key]
    most = nlargest(_MOST_WEIGHED, shared, key=lambda i: (shared[i], i))
    alike = _alike(most, weight, shared)
    ranked = sorted(alike, key=lambda i: (-alike[i][0], -i))[: limits.candidates]
    return ranked[:_AT_ANY_RATE] + [i for i in ranked[_AT_ANY_RATE:] if alike[i][1] >= _LEAST_ALIKE]


def _read(telling: Sequence[int], own_id: int) -> dict[int, list[int]]:
    """Statements by the keys that led to them, the rarest keys first."""
    each = limits.postings
    rare = max(1, MOST_READ // each)
    found: dict[int, list[int]] = {}
    left = MOST_READ
    waiting = list(telling)
    while waiting and left > 0:
        asked, waiting = waiting[:rare], waiting[rare:]
        found |= postings.newest(asked, own_id, min(each, left))
        left -= sum(len(found[key]) for key in asked)
    full = [key for key in telling if key not in found or len(found[key]) >= each]
    for one, other in pairwise(full[:_MOST_JOINED]):
        ids = postings.of_both(one, other, own_id, _MOST_SEARCHED, each)
        found[one] = [*dict.fromkeys([*found.get(one, ()), *ids])]
    return found


def _alike(
    ids: Sequence[int], weight: Mapping[int, float], shared: Mapping[int, float]
) -> dict[int, tuple[float, float]]:
    """How much statements have in common with one: what that tells, and how much of both it is."""
    own = sum(weight.values())
    known = postings.kept(ids)
    found = {}
    for i in ids:
        kept = known.get(i)
        both = sum(weight.get(key, 0) for key in kept.keys) if kept else shared[i]
        part = both / sqrt(own * max(kept.weight if kept else own, both)) if both else 0.0
        found[i] = (both * part, part)
    return found
