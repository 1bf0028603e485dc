"""Which statements may contradict one: those that speak of the same things, of the same time.

What is read is bounded, so that the cost does not grow with the ledger: of keys that few statements
have all of them; of common keys those that have two of them, and the newest. Those that share the
most words are looked at. Of these, what keeps two statements apart whatever they say is told from
their outlines, before any text is read; the rest are ranked by what the engine asks of two: what
part of the words of both they have in common.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations
from math import sqrt

from api.contradictions import Side, apart_in_time
from api.ledger.queries.statements import postings
from api.services.contradictions.analysis_store import limits
from api.services.contradictions.candidate_summaries import CandidateSummary, candidate_summaries

# Keys of one text by which others are looked up.
_MOST_KEYS = 200
# Statements that are read by all rare keys together, and those of them that are looked at.
MOST_READ, _MOST_LOOKED_AT = 6_000, 300
# Common keys that are looked up by two; statements of the first of two among which those are sought
# that have the other, and how many of these are taken; the newest of each that are in any case.
MOST_JOINED, MOST_SEARCHED, _OF_BOTH, NEWEST = 3, 4_000, 100, 30
# How many are compared in any case; for more to be, two must have this part of the words of both in
# common: the engine asks for two in five (`alignment.AKIN`), and knows more words to be one.
_ALWAYS_COMPARED, _MUCH_ALIKE = 32, 0.4


class UnrecordedStatements:
    """Statements that the ledger will have, by numbers that come after all its ids."""

    def __init__(self) -> None:
        self.by_key: defaultdict[int, list[int]] = defaultdict(list)
        self.summaries: dict[int, CandidateSummary] = {}

    def add(self, number: int, side: Side) -> None:
        """Let one be found by those that are added after it."""
        self.summaries[number] = seen = CandidateSummary.of(side)
        for key in seen.keys:
            self.by_key[key].append(number)


def candidates_of(
    own: Side, own_id: int | None, unrecorded: UnrecordedStatements | None = None
) -> list[int]:
    """The statements that one may contradict, those first that have the most in common with it.

    Args:
        own: the statement.
        own_id: its id, under which it is not found; None where it has none yet.
        unrecorded: statements that the ledger will have.
    """
    search = _Search(own, own_id, unrecorded or UnrecordedStatements())
    return search.nearest(search.of_one_time())


def similar_to(own: Side, own_id: int) -> dict[int, float]:
    """Those that have the most in common with a statement, whenever they were said.

    Each with how much of what the two speak of is the same, from 0 to 1.
    """
    search = _Search(own, own_id, UnrecordedStatements())
    return {i: search.shared(i) for i in search.nearest(search.others)}


class _Search:
    """One statement among those that it shares keys with."""

    def __init__(self, own: Side, own_id: int | None, unrecorded: UnrecordedStatements) -> None:
        self._own = CandidateSummary.of(own)
        self._words = [frozenset(postings.numbers(keys)) for keys in own.analysis.keyed]
        self._of_words = _of_words(self._words)
        looked_at = self._sharing_most(own_id or 0, unrecorded)
        self.others = candidate_summaries(looked_at)
        self.others |= {i: unrecorded.summaries[i] for i in looked_at if i in unrecorded.summaries}

    def of_one_time(self) -> Iterator[int]:
        """Those that do not speak of other times, nor were said at others."""
        own = self._own
        for i, other in self.others.items():
            if not apart_in_time(own.outline, own.said, other.outline, other.said):
                yield i

    def shared(self, other_id: int) -> float:
        """The share of the keys of two that both have."""
        own, other = self._own.keys, self.others[other_id].keys
        return len(own & other) / len(own | other)

    def nearest(self, ids: Iterable[int]) -> list[int]:
        """The most alike, and more where these are still much alike."""
        alike = {i: self._alike(self.others[i]) for i in ids}
        ranked = sorted(alike, key=lambda i: (alike[i][0], i), reverse=True)[: limits.candidates]
        return ranked[:_ALWAYS_COMPARED] + [
            i for i in ranked[_ALWAYS_COMPARED:] if alike[i][1] >= _MUCH_ALIKE
        ]

    def _alike(self, other: CandidateSummary) -> tuple[float, float]:
        """What part of their words two have in common: of both together, and of that with less.

        Strangers must share what both say; of one speaker's two statements either may say more.
        """
        own, words = self._own, 0
        for key in own.keys.intersection(other.keys):
            words |= self._of_words[key]
        both = words.bit_count()
        mine, yours = both / own.outline.words, min(1.0, both / other.outline.words)
        if own.called.isdisjoint(other.called):
            return sqrt(mine * yours), min(mine, yours)
        return max(mine, yours), max(mine, yours)

    def _sharing_most(self, own_id: int, unrecorded: UnrecordedStatements) -> list[int]:
        """Those that have the most words of the statement; of equal ones, its rarest words."""
        frequency = postings.frequencies(sorted(self._own.keys))
        # Keys of one word that equally many have lead to the same statements: one of them is read.
        words = [
            sorted({frequency[key]: key for key in sorted(keys) if key in frequency}.items())
            for keys in self._words
        ]
        found = _found({key: many for word in words for many, key in word}, own_id)
        statements = []
        for word, keys in zip(words, self._words, strict=True):
            known = [found[key] for _, key in word if key in found]
            known += [unrecorded.by_key[key] for key in keys if key in unrecorded.by_key]
            statements.append(dict.fromkeys(chain.from_iterable(known)))
        count = Counter[int]()
        for each in sorted(statements, key=len):
            count.update(each.keys())
        return [i for i, _ in count.most_common(_MOST_LOOKED_AT)]


def _of_words(words: Sequence[frozenset[int]]) -> dict[int, int]:
    """Of which words each key is: of the n-th where the n-th bit is set."""
    bits: defaultdict[int, int] = defaultdict(int)
    for place, keys in enumerate(words):
        for key in keys:
            bits[key] |= 1 << place
    return bits


def _found(frequency: Mapping[int, int], own_id: int) -> dict[int, list[int]]:
    """The statements of each key; of keys that many have, only some of theirs.

    Args:
        frequency: how many statements have each key.
        own_id: a statement that is left out.
    """
    rare, common, left = list[int](), list[int](), MOST_READ
    for key in sorted(frequency, key=lambda key: (frequency[key], key))[:_MOST_KEYS]:
        if frequency[key] <= min(limits.postings, left):
            rare.append(key)
            left -= frequency[key]
        else:
            common.append(key)
    found = postings.newest(rare, own_id, limits.postings)
    found |= postings.newest(common[:MOST_JOINED], own_id, NEWEST)
    # Keys that equally many have are mostly those of one word, which say nothing more together.
    apart = list({frequency[key]: key for key in reversed(common)}.values())[::-1]
    for one, other in combinations(apart[:MOST_JOINED], 2):
        both = postings.of_both(one, other, own_id, MOST_SEARCHED, _OF_BOTH)
        for key in (one, other):
            found.setdefault(key, []).extend(both)
    return found
