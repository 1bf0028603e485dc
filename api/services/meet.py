"""Which statements may contradict one: those that have to do with the same things.

Keys that few statements have tell more than those that many have. What is read is bounded, so that
the cost does not grow with the ledger: all of the rare keys; of common ones those that have two of
them, and the newest.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from heapq import nlargest
from itertools import combinations
from math import sqrt

from api.ledger import postings
from api.services.remember import limits, weights

# Keys of one text by which others are looked up.
_MOST_KEYS = 200
# Statements that are read by all rare keys together, and that are looked at again with all keys.
MOST_READ, _MOST_WEIGHED = 2_000, 200
# Common keys that are looked up by two; statements of the first of two among which those are sought
# that have the other, and how many of these are taken; the newest of each that are in any case.
MOST_JOINED, MOST_SEARCHED, _OF_BOTH, NEWEST = 3, 4_000, 100, 30
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
    own_keys = list(keys)
    frequency = postings.frequencies(own_keys)
    weight = weights(own_keys, frequency, coming)
    telling = sorted(weight, key=lambda key: (-weight[key], key))[:_MOST_KEYS]
    shared, likely = _shared(telling, frequency, weight, own_id or 0)
    for key in telling:
        for statement_id in coming.get(key, ()):
            shared[statement_id] += weight[key]
    most = {*nlargest(_MOST_WEIGHED, shared, key=lambda i: (shared[i], i)), *likely}
    alike = _alike(most, weight, shared)
    ranked = sorted(alike, key=lambda i: (-alike[i][0], -i))[: limits.candidates]
    return ranked[:_AT_ANY_RATE] + [i for i in ranked[_AT_ANY_RATE:] if alike[i][1] >= _LEAST_ALIKE]


def _shared(
    telling: Sequence[int],
    frequency: Mapping[int, int],
    weight: Mapping[int, float],
    own_id: int,
) -> tuple[defaultdict[int, float], set[int]]:
    """What statements have of the rare keys of one, and some that have its common ones."""
    shared: defaultdict[int, float] = defaultdict(float)
    rare, common, left = [], list[int](), MOST_READ
    for key in telling:
        many = frequency.get(key, 0)
        if many <= min(limits.postings, left):
            rare.append(key)
            left -= many
        else:
            common.append(key)
    for key, ids in postings.newest(rare, own_id, limits.postings).items():
        for statement_id in ids:
            shared[statement_id] += weight[key]
    likely: set[int] = set()
    # Keys that equally many have are mostly those of one word, which say nothing more together.
    apart = list({frequency[key]: key for key in reversed(common)}.values())[::-1]
    for one, other in combinations(apart[:MOST_JOINED], 2):
        likely.update(postings.of_both(one, other, own_id, MOST_SEARCHED, _OF_BOTH))
    for ids in postings.newest(common[:MOST_JOINED], own_id, NEWEST).values():
        likely.update(ids)
    return shared, likely


def _alike(
    ids: Collection[int], weight: Mapping[int, float], shared: Mapping[int, float]
) -> dict[int, tuple[float, float]]:
    """How much statements have in common with one: what that tells, and how much of both it is."""
    own = sum(weight.values())
    known = postings.kept(ids)
    found = {}
    for i in ids:
        kept = known.get(i)
        both = sum(weight[key] for key in weight.keys() & kept.keys) if kept else shared[i]
        part = both / sqrt(own * max(kept.weight if kept else own, both)) if both else 0.0
        found[i] = (both * part, part)
    return found
