"""How far two participants, of two statements, may be the same."""

from __future__ import annotations

from collections.abc import Iterable

from api.contradictions.alignment import possessives
from api.contradictions.alignment.overlap import Overlap
from api.contradictions.analysis.verdicts import Side
from api.contradictions.analysis.word_relations import word_relation
from api.language.clauses.arguments import Term
from api.language.words import designations, lexicon, names
from api.language.words.lexicon import AGREEING, Relation
from api.language.words.ordinals import is_ordinal
from api.language.words.words import Word

SAME, LIKE, PART, OPEN, DIFFERENT = 1.0, 0.9, 0.7, 0.4, 0.0
"""One word or name; a synonym; a kind, part or voice of it; nothing to tell by; another thing."""

AGREED = PART
"""From here on two participants count as one."""

_DEGREES = {
    Relation.SAME: SAME,
    Relation.SYNONYM: LIKE,
    Relation.NARROWER: PART,
    Relation.WIDER: PART,
    Relation.OPPOSITE: DIFFERENT,
    Relation.UNEASY: DIFFERENT,
    Relation.NONE: DIFFERENT,
}
SPEAKING = frozenset({"i", "we", "me", "us", "my", "our", "myself", "ourselves"})
_ALL_OR_NONE = frozenset({"all", "no"})
_SINGLING = frozenset({"all", "definite", "few", "most", "no", "only"})
_EMPTY = frozenset(
    {
        "anybody",
        "anyone",
        "anything",
        "everybody",
        "everyone",
        "everything",
        "many",
        "nobody",
        "none",
        "nothing",
        "one",
        "people",
        "person",
        "some",
        "somebody",
        "someone",
        "something",
    }
)
"""Heads that agree with any person or thing: their quantifier is what matters."""


def terms(overlap: Overlap, mine: Term, yours: Term) -> float:
    """How far two participants may be the same one, in [0, 1].

    "A man" of one statement is not known to be "a man" of the other, unless both are of one event.
    """
    degree = _degree(overlap, mine, yours)
    if overlap.same_event or degree < AGREED:
        return degree
    if _each_narrowed(overlap, mine, yours):
        return DIFFERENT
    if not _ALL_OR_NONE.isdisjoint((mine.determiner, yours.determiner)):
        return degree
    if not _settled(overlap, mine, yours):
        return OPEN
    sides = ((overlap.a, mine), (overlap.b, yours))
    return OPEN if any(_anyone(side, term) or _thin(side, term) for side, term in sides) else degree


def _settled(overlap: Overlap, mine: Term, yours: Term) -> bool:
    a, b = overlap.a, overlap.b
    first = possessives.possessives_of(a, mine.modifiers)
    second = possessives.possessives_of(b, yours.modifiers)
    return possessives.settled(a, first, b, second, overlap.strangers)


def _thin(side: Side, term: Term) -> bool:
    """Whether a participant says too little to tell it from any other: "the way", "a number"."""
    word = side.analysis.words[term.head]
    return word.kind in "nN" and not term.modifiers and lexicon.is_common(word.lemma)


def _each_narrowed(overlap: Overlap, mine: Term, yours: Term) -> bool:
    """Whether each has something the other statement lacks: electric cars, diesel cars."""
    narrowing = (
        (overlap.a, overlap.alone_a.intersection(mine.modifiers)),
        (overlap.b, overlap.alone_b.intersection(yours.modifiers)),
    )
    return all(any(side.analysis.words[i].kind in "na" for i in own) for side, own in narrowing)


def _anyone(side: Side, term: Term) -> bool:
    """Whether a participant is a living being that the statement does not single out."""
    words = side.analysis.words
    if words[term.head].kind != "n" or term.determiner in _SINGLING:
        return False
    counted = any(words[i].kind == "0" for i in term.modifiers)
    named = any(words[i].kind == "N" for i in term.modifiers)
    vague = words[term.head].lemma in _EMPTY or term.determiner in {"indefinite", "some"} or counted
    return vague and not named and lexicon.is_living(words[term.head].lemma)


def _degree(overlap: Overlap, mine: Term, yours: Term) -> float:
    a, b = overlap.a, overlap.b
    x, y = a.analysis.words[mine.head], b.analysis.words[yours.head]
    if _belongs_to(x, b, yours) or _belongs_to(y, a, mine):
        return DIFFERENT
    degree = _heads(overlap, x, y)
    if degree < AGREED and (_named_in(x, b, yours) or _named_in(y, a, mine)):
        return PART
    if degree >= AGREED and _words_apart(_words(a, mine), _words(b, yours)):
        return DIFFERENT
    return degree


def _heads(overlap: Overlap, x: Word, y: Word) -> float:
    if (x.lemma in _EMPTY and y.kind == "n") or (y.lemma in _EMPTY and x.kind == "n"):
        return PART
    if x.kind == "p" or y.kind == "p":
        return _pronouns(overlap, x, y)
    if x.lemma in _EMPTY or y.lemma in _EMPTY:
        return PART if x.kind != "N" and y.kind != "N" else OPEN
    if (x.kind == "N") != (y.kind == "N") and x.lemma != y.lemma:
        return OPEN if _may_be_named(x) and _may_be_named(y) else DIFFERENT
    return _DEGREES[word_relation(x, y)]


def _pronouns(overlap: Overlap, x: Word, y: Word) -> float:
    """Speaking pronouns stand for the speaker where known; every other pronoun is open."""
    first, second = _meant(overlap.a, x), _meant(overlap.b, y)
    if not first or not second:
        alike = x.lemma == y.lemma or {x.lemma, y.lemma} <= SPEAKING
        return SAME if alike and not overlap.strangers else OPEN
    return max(_DEGREES[names.relation(mine, yours)] for mine in first for yours in second)


def _meant(side: Side, word: Word) -> tuple[str, ...]:
    """The names of whom a name or a speaking pronoun means; none where that is open."""
    if word.kind == "N":
        return (word.lemma,)
    # "Officials" who say "we" need not be those who say it elsewhere.
    is_known = word.lemma in SPEAKING and side.speaker_kind != "unnamed"
    return side.called if is_known else ()


def _may_be_named(word: Word) -> bool:
    """Whether a name may be meant by a noun: people, offices and bodies, not things or events."""
    return word.kind == "N" or any(
        lexicon.relation((word.lemma, "n"), (kind, "n")) in AGREEING
        for kind in ("person", "organization", "company")
    )


def _belongs_to(name: Word, side: Side, term: Term) -> bool:
    """ "Marlow" and "Marlow's sister"."""
    head = side.analysis.words[term.head]
    return (
        name.kind == "N"
        and head.kind == "n"
        and _person(head)
        and not names.known(name.lemma)
        and any(
            word.kind == "N" and names.relation(name.lemma, word.lemma) is Relation.SAME
            for word in _words(side, term)
        )
    )


def _person(word: Word) -> bool:
    return lexicon.relation((word.lemma, "n"), ("person", "n")) in AGREEING


def _named_in(name: Word, side: Side, term: Term) -> bool:
    """ "Ukraine" and "Ukrainian air defence": the whole and a part that bears its name."""
    return name.kind == "N" and any(
        word.kind == "N" and names.relation(name.lemma, word.lemma) in AGREEING
        for word in _words(side, term)
    )


def _words(side: Side, term: Term) -> list[Word]:
    return [side.analysis.words[i] for i in term.modifiers]


def told_apart(a: Side, mine: Iterable[Term], b: Side, yours: Iterable[Term]) -> bool:
    """Whether what two event nouns are "of" tells them apart: a first appeal, a second."""
    first = [a.analysis.words[i] for term in mine for i in (term.head, *term.modifiers)]
    second = [b.analysis.words[i] for term in yours for i in (term.head, *term.modifiers)]
    return _words_apart(first, second)


def _words_apart(mine: Iterable[Word], yours: Iterable[Word]) -> bool:
    """Whether modifiers say that two nouns alike are not one: other owners, opposite adjectives."""
    mine, yours = list(mine), list(yours)
    if numbered_apart(mine, yours):
        return True
    owners = [[w for w in words if _may_own(w)] for words in (mine, yours)]
    if all(owners) and not any(
        word_relation(x, y) in AGREEING for x in owners[0] for y in owners[1]
    ):
        return True
    ordinals = [{w.lemma for w in words if is_ordinal(w.lemma)} for words in (mine, yours)]
    if all(ordinals) and not ordinals[0] & ordinals[1]:
        return True
    return any(
        x.kind == y.kind and x.kind in "an" and word_relation(x, y) is Relation.OPPOSITE
        for x in mine
        for y in yours
    )


def _may_own(word: Word) -> bool:
    if word.kind not in "nN" or is_ordinal(word.lemma):
        return False
    return designations.named(word.lemma) is None


def numbered_apart(mine: Iterable[Word], yours: Iterable[Word]) -> bool:
    """Whether things of one kind have other numbers for names: line 2, line 3."""
    first, second = _numbers(mine), _numbers(yours)
    return any(first[noun].isdisjoint(second[noun]) for noun in first.keys() & second.keys())


def _numbers(words: Iterable[Word]) -> dict[str, set[str]]:
    """The numbers by which words call things, by the noun of each."""
    found: dict[str, set[str]] = {}
    for word in words:
        called = designations.named(word.lemma) if word.kind == "N" else None
        if called is not None:
            found.setdefault(called[0], set()).add(called[1])
    return found


def apart(x: Word, y: Word) -> bool:
    """Whether two doers cannot be one: two names, or a name and what nobody's name stands for."""
    if x.kind == y.kind or "N" not in (x.kind, y.kind):
        return named_apart(x, y)
    noun = y if x.kind == "N" else x
    return noun.kind == "n" and not _may_be_named(noun)


def named_apart(x: Word, y: Word) -> bool:
    """Whether two words are names of different things."""
    return x.kind == y.kind == "N" and names.relation(x.lemma, y.lemma) not in AGREEING


_HEADCOUNTS = frozenset(
    {"attendance", "case", "crowd", "dead", "injured", "missing", "toll", "turnout", "wounded"}
)


def counts_people(word: Word) -> bool:
    """Whether a figure of this word is one of people: soldiers, dead, passengers."""
    return word.lemma in _EMPTY or word.lemma in _HEADCOUNTS or _person(word)


def counts_anybody(word: Word) -> bool:
    """Whether a figure of this word is one of people of any kind: dead, passengers not."""
    return word.lemma in _EMPTY or word.lemma in _HEADCOUNTS
