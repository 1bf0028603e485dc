"""Whose a thing is where only "his", "her" or "our" tells: known, or open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from api.contradictions.analysis.verdicts import Side
from api.language.words import lexicon, names
from api.language.words.lexicon import AGREEING
from api.language.words.words import Word

OF_SPEAKER = frozenset({"my", "our"})
OF_OTHERS = frozenset({"her", "his", "its", "their"})


def possessives_of(side: Side, indexes: Iterable[int]) -> list[Word]:
    """The possessive pronouns among the words at these indexes."""
    words = (side.analysis.words[i] for i in indexes)
    return [w for w in words if w.kind == "p" and w.lemma in OF_SPEAKER | OF_OTHERS]


def settled(a: Side, mine: Sequence[Word], b: Side, yours: Sequence[Word], strangers: bool) -> bool:
    """Whether no possessive pronoun leaves it open whose the things are.

    One speaker, or two texts of whom nothing is known, mean the same by the same word. Of two
    people each pronoun must have its owner in the statement itself, or be the speaker's own.
    """
    if not strangers:
        lemmas = [{word.lemma for word in words} for words in (mine, yours)]
        return not all(lemmas) or bool(lemmas[0] & lemmas[1]) or _alike(a, mine, b, yours)
    if mine and yours:
        return _alike(a, mine, b, yours)
    return all(_owner(a, word) for word in mine) and all(_owner(b, word) for word in yours)


def _alike(a: Side, mine: Sequence[Word], b: Side, yours: Sequence[Word]) -> bool:
    first = [name for word in mine for name in _owner(a, word)]
    second = [name for word in yours for name in _owner(b, word)]
    return any(names.relation(x, y) in AGREEING for x in first for y in second)


def _owner(side: Side, pronoun: Word) -> tuple[str, ...]:
    """The names of whom a possessive means: the speaker, or who was named last before it."""
    if pronoun.lemma in OF_SPEAKER:
        return side.called
    before = [w for w in side.analysis.words if w.end <= pronoun.start and _may_own(w)]
    return (before[-1].lemma,) if before else ()


def _may_own(word: Word) -> bool:
    if word.kind == "N":
        return not lexicon.is_common(word.lemma)
    return word.kind == "n" and lexicon.is_living(word.lemma)
