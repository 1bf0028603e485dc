"""The classes of words that attribute, as the data file lists them."""

from __future__ import annotations

from functools import cache

from api.language.words.datafiles import entries, words

_NONE: tuple[str, ...] = ()
_PART_OF_SPEECH = {
    "VERB": "verb",
    "AUX": "verb",
    "NOUN": "noun",
    "PROPN": "noun",
    "ADJ": "adjective",
}


@cache
def _classes() -> dict[tuple[str, str], tuple[str, ...]]:
    table: dict[tuple[str, str], tuple[str, ...]] = {}
    for entry in entries("cues.txt", "api.extraction.data"):
        name, part_of_speech, lemmas = (field.strip() for field in entry.split("|"))
        for lemma in words(lemmas):
            key = (part_of_speech, lemma)
            table[key] = (*table.get(key, _NONE), name)
    return table


def cue_classes(lemma: str, part_of_speech: str) -> tuple[str, ...]:
    """The classes a cue belongs to; none for a word the file does not list.

    Args:
        lemma: in lower case.
        part_of_speech: the universal tag ("VERB", "NOUN", …).
    """
    return _classes().get((_PART_OF_SPEECH.get(part_of_speech, ""), lemma), _NONE)
