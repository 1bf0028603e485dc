"""What two words are to each other, from the hand-kept lists first and WordNet second."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from enum import Enum
from functools import cache, lru_cache

from api.language.words import wordnet
from api.language.words.datafiles import entries, words


class Relation(Enum):
    """What one word is to another."""

    SAME = "same"
    SYNONYM = "synonym"
    NARROWER = "narrower"
    WIDER = "wider"
    OPPOSITE = "opposite"
    UNEASY = "uneasy"
    """Opposite in tone only: "constructive" and "tense"."""
    NONE = "none"

    # Each is itself alone; that of enumerations is made of their names anew each time.
    __hash__ = object.__hash__


AGREEING = frozenset({Relation.SAME, Relation.SYNONYM, Relation.NARROWER, Relation.WIDER})
_CONVERSE = {Relation.NARROWER: Relation.WIDER, Relation.WIDER: Relation.NARROWER}

Term = tuple[str, str]
"""A lemma and its part of speech, in WordNet's letters: `n`, `v`, `a`, `r`."""

Pole = tuple[int, int]
"""A dimension of `contrasts.txt` and a side of it."""

_SYNONYMS = {"synonyms.txt": "anv", "synonyms_nouns.txt": "na", "synonyms_verbs.txt": "va"}
"""Each list of synonyms and the parts of speech that it holds."""

_NEGATIVE_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non-", "non", "anti-")


@cache
def _contrasts() -> tuple[dict[str, frozenset[Pole]], frozenset[int]]:
    poles: dict[str, set[Pole]] = defaultdict(set)
    uneasy = set()
    for dimension, line in enumerate(entries("contrasts.txt")):
        if line.startswith("~"):
            uneasy.add(dimension)
        for pole, names in enumerate(line.removeprefix("~").split("|")):
            for word in words(names):
                poles[word].add((dimension, pole))
    return {word: frozenset(found) for word, found in poles.items()}, frozenset(uneasy)


@cache
def _groups(pos: str) -> dict[str, frozenset[str]]:
    """Words of a part of speech to the lines of the lists of synonyms that they stand on."""
    groups: dict[str, set[str]] = defaultdict(set)
    for name, kinds in _SYNONYMS.items():
        for line, entry in enumerate(entries(name) if pos in kinds else ()):
            for word in words(entry):
                groups[word].add(f"={kinds[0]}{line}")
    return {word: frozenset(found) for word, found in groups.items()}


def _synonymous(a: Term, b: Term) -> bool:
    return not _groups(a[1]).get(a[0], frozenset()).isdisjoint(_groups(b[1]).get(b[0], ()))


@cache
def _entailments() -> dict[str, frozenset[str]]:
    wider: dict[str, set[str]] = defaultdict(set)
    for line in entries("entailments.txt"):
        narrow, wide = line.split("->")
        wider[narrow.strip()].add(wide.strip())
    closed = {}
    for narrow in wider:
        reached: set[str] = set()
        waiting = [narrow]
        while waiting:
            fresh = wider.get(waiting.pop(), set()) - reached
            reached |= fresh
            waiting.extend(fresh)
        closed[narrow] = frozenset(reached)
    return closed


@cache
def compounds() -> frozenset[str]:
    """The entries of more than one word that are read together where they stand together.

    Not those whose last word says the same by itself, or is an event whose participant comes before
    it: "aid convoy" is a convoy, "tax increase" says that the tax is increased.
    """
    synonyms = {
        word
        for name, kinds in _SYNONYMS.items()
        for line in (entries(name) if "n" in kinds else ())
        for word in words(line)
        if word.rpartition(" ")[2] not in words(line) and not _eventful(word.rpartition(" ")[2])
    }
    return phrases() - _of_synonyms() | frozenset(word for word in synonyms if " " in word)


def _eventful(noun: str) -> bool:
    return bool(wordnet.entry(noun, "n").verbs) and not is_living(noun)


@cache
def _of_synonyms() -> frozenset[str]:
    return frozenset(word for pos in "nva" for word in _groups(pos))


@cache
def phrases() -> frozenset[str]:
    """Every entry of more than one word: a verb and what belongs to it are read together."""
    attitudes = (
        word for line in entries("attitudes.txt") for word in words(line.partition(":")[2])
    )
    listed = (*_contrasts()[0], *_of_synonyms(), *_entailments(), *attitudes)
    return frozenset(word for word in listed if " " in word)


def load() -> None:
    """Read every list, so that forked workers share them."""
    wordnet.load()
    phrases()


def poles(lemma: str) -> frozenset[Pole]:
    """The sides of contrasts that a lemma is listed on."""
    return _contrasts()[0].get(lemma, frozenset())


@lru_cache(maxsize=100_000)
def relation(a: Term, b: Term) -> Relation:
    """What `a` is to `b`; swapping them swaps `NARROWER` and `WIDER` and nothing else."""
    if a[0] == b[0]:
        return Relation.SAME
    if b < a:
        found = relation(b, a)
        return _CONVERSE.get(found, found)
    known = _listed(a, b) or _derived(a, b) or _in_wordnet(a, b) or _near(a, b)
    return known or _by_heads(a, b) or Relation.NONE


def _listed(a: Term, b: Term) -> Relation | None:
    found = _contrasted(a[0], b[0])
    if found is Relation.SYNONYM or _synonymous(a, b):
        return Relation.SYNONYM
    if b[0] in _entailments().get(a[0], ()):
        return Relation.NARROWER
    if a[0] in _entailments().get(b[0], ()):
        return Relation.WIDER
    return found


def _contrasted(a: str, b: str) -> Relation | None:
    mine, yours = poles(a), poles(b)
    uneasy = _contrasts()[1]
    if any(dimension not in uneasy for dimension, _ in mine & yours):
        return Relation.SYNONYM
    shared = {dimension for dimension, _ in mine} & {dimension for dimension, _ in yours}
    if shared:
        return Relation.UNEASY if shared <= uneasy else Relation.OPPOSITE
    return Relation.OPPOSITE if _negates(a, b) or _negates(b, a) else None


def _negates(a: str, b: str) -> bool:
    return len(b) > 3 and any(a == prefix + b for prefix in _NEGATIVE_PREFIXES)


def _derived(a: Term, b: Term) -> Relation | None:
    """Read a noun or an adjective as the verb or noun it comes from."""
    for mine in _readings(a):
        for yours in _readings(b):
            if (mine, yours) != (a, b):
                if mine[0] == yours[0]:
                    return Relation.SYNONYM
                if (
                    mine[1] == yours[1]
                    and mine[1] in "va"
                    and (found := _listed(*sorted((mine, yours))))
                ):
                    return found if mine < yours else _CONVERSE.get(found, found)
    return None


def _readings(term: Term) -> tuple[Term, ...]:
    """A word as itself, as the verb or noun it comes from; an adverb as its adjective."""
    if term[1] in "na":
        known = wordnet.entry(*term)
        return (
            term,
            *((verb, "v") for verb in known.verbs),
            *((noun, "n") for noun in known.nouns),
        )
    if term[1] == "r" and term[0].endswith("ly"):
        return (term, (term[0].removesuffix("ly"), "a"), (term[0].removesuffix("ily") + "y", "a"))
    return (term,)


def _in_wordnet(a: Term, b: Term) -> Relation | None:
    if a[1] != b[1]:
        return None
    if wordnet.opposites(a[0], b[0], a[1]):
        return Relation.OPPOSITE
    if wordnet.synonyms(a[0], b[0], a[1]):
        return Relation.SYNONYM
    if a[1] in "nv":
        if wordnet.kind_of(a[0], b[0], a[1]):
            return Relation.NARROWER
        if wordnet.kind_of(b[0], a[0], a[1]):
            return Relation.WIDER
    return None


def _near(a: Term, b: Term) -> Relation | None:
    """Words that are not listed, but are in WordNet the same as words of two sides."""
    if a[1] != b[1] or a[1] not in "nva":
        return None
    mine, yours = _neighbouring_poles(a), _neighbouring_poles(b)
    shared = {dimension for dimension, _ in mine} & {dimension for dimension, _ in yours}
    return Relation.UNEASY if shared and mine.isdisjoint(yours) else None


def _by_heads(a: Term, b: Term) -> Relation | None:
    """An appeals court is a court, and may be what is spoken of as the judges."""
    if a[1] == b[1] == "v":
        return _by_particles(a[0], b[0])
    heads = [(word.rpartition(" ")[2], pos) if pos == "n" else (word, pos) for word, pos in (a, b)]
    if heads == [a, b]:
        return None
    found = relation(heads[0], heads[1])
    if found is Relation.SAME or found is Relation.SYNONYM:
        return Relation.NARROWER if heads[0] != a else Relation.WIDER
    return found if found in AGREEING else None


def _by_particles(a: str, b: str) -> Relation | None:
    """ "close higher" and "end lower": the verbs are one, what stands with them is opposed."""
    (head, _, rest), (other, _, others) = a.partition(" "), b.partition(" ")
    if not rest or not others or relation((head, "v"), (other, "v")) not in AGREEING:
        return None
    opposed = relation((rest, "r"), (others, "r")) is Relation.OPPOSITE
    return Relation.OPPOSITE if opposed else None


@lru_cache(maxsize=20_000)
def _neighbouring_poles(term: Term) -> frozenset[Pole]:
    listed = poles(term[0])
    if listed:
        return listed
    senses = wordnet.entry(*term).senses[:1]
    return frozenset(pole for sense in senses for pole in _poles_of_synsets(term[1]).get(sense, ()))


@cache
def _poles_of_synsets(pos: str) -> dict[int, frozenset[Pole]]:
    """The poles of the words that have a synset as their first sense."""
    found: dict[int, frozenset[Pole]] = {}
    for word in _contrasts()[0]:
        for sense in wordnet.entry(word, pos).senses[:1]:
            found[sense] = found.get(sense, frozenset()) | poles(word)
    return found


def marks(term: Term) -> Iterator[str]:
    """What a word shares with every word that the lists relate it to; see `reach`."""
    for word, pos in _readings(term):
        yield word
        yield from _entailments().get(word, ())
        yield from _groups(pos).get(word, ())
        yield from (f"|{dimension}" for dimension, _ in poles(word))
        for prefix in _NEGATIVE_PREFIXES:
            if word.startswith(prefix):
                yield word.removeprefix(prefix)
    if term[1] in "nva":
        yield from (f"|{dimension}" for dimension, _ in _neighbouring_poles(term))


@cache
def _common() -> frozenset[str]:
    return frozenset(word for line in entries("common.txt") for word in words(line))


@lru_cache(maxsize=50_000)
def keys(lemma: str, kind: str) -> frozenset[str]:
    """What a word is filed under: itself, its verb, its lines of synonyms; nothing if common."""
    if lemma in _common():
        return frozenset()
    verbs = wordnet.entry(lemma, "n").verbs if kind == "n" else ()
    verb = [(each, "v") for each in verbs[:1] if each not in _common()]
    return frozenset(
        key for word, pos in ((lemma, kind), *verb) for key in (word, *_groups(pos).get(word, ()))
    )


@lru_cache(maxsize=20_000)
def is_living(noun: str) -> bool:
    """Whether a noun is of people or animals."""
    return any(relation((noun, "n"), (kind, "n")) in AGREEING for kind in ("person", "animal"))


def is_common(lemma: str) -> bool:
    """Whether a word is too common to say what a statement is about."""
    return lemma in _common()
