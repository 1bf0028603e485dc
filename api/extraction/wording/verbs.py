"""The past tense and the gerund of an English verb."""

from __future__ import annotations

from functools import cache

from api.language.words.datafiles import entries, words

_VOWELS = "aeiou"


@cache
def _listed(kind: str) -> tuple[str, ...]:
    lines = dict(entry.split("|", 1) for entry in entries("verbs.txt", "api.extraction.data"))
    return words({key.strip(): value for key, value in lines.items()}[kind])


@cache
def _irregular() -> dict[str, str]:
    pairs = (pair.partition(" ") for pair in _listed("past"))
    return {verb: form for verb, _, form in pairs}


def past(lemma: str) -> str:
    """ "dismissed" of "dismiss"."""
    if lemma in _irregular():
        return _irregular()[lemma]
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        return lemma[:-1] + "ied"
    return _doubled(lemma) + "ed"


def gerund(lemma: str) -> str:
    """ "giving" of "give"."""
    if lemma.endswith("ie"):
        return lemma[:-2] + "ying"
    if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")) and lemma != "be":
        return lemma[:-1] + "ing"
    return _doubled(lemma) + "ing"


def _doubled(lemma: str) -> str:
    return lemma + lemma[-1] if lemma in _listed("doubled") else lemma
