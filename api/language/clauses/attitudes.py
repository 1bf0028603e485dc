"""What a predicate does to the event or claim that stands under it (`data/attitudes.txt`)."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from api.language.words import wordnet
from api.language.words.datafiles import entries, words


class Effect(NamedTuple):
    """What becomes of an event under an attitude: its sign kept or turned, its mood and hedge set.

    None leaves the mood as it was; "" lifts a hedge, as "confirmed reports of" does.
    """

    sign: int
    mood: str | None = None
    hedge: str | None = None


EFFECTS = {
    "affirms": Effect(+1, hedge=""),
    "decides": Effect(+1, "intends"),
    "denies": Effect(-1, hedge=""),
    "doubts": Effect(-1, hedge="doubt"),
    "considers": Effect(+1, "considers"),
    "fails": Effect(-1),
    "forbids": Effect(-1, "norm"),
    "happens": Effect(+1),
    "imagines": Effect(+1, hedge="belief"),
    "intends": Effect(+1, "intends"),
    "permits": Effect(+1, "permits"),
    "refuses": Effect(-1, "intends"),
    "reports": Effect(+1, hedge="report"),
    "urges": Effect(+1, "norm"),
}

NEGATED = {
    "affirms": Effect(+1, hedge="unsaid"),
    "decides": Effect(-1, "intends", "undecided"),
    "denies": Effect(+1, hedge="undenied"),
    "doubts": Effect(+1, hedge=""),
    "considers": Effect(-1, "intends"),
    "fails": Effect(+1),
    "forbids": Effect(+1, "permits"),
    "happens": Effect(-1),
    "imagines": Effect(-1, hedge="belief"),
    "intends": Effect(-1, "intends"),
    "permits": Effect(-1, "norm"),
    "refuses": Effect(+1, "considers"),
    "reports": Effect(-1, hedge="report"),
    "urges": Effect(-1, "unneeded"),
}
"""The same under a negation: "did not rule out" considers, "will not allow" forbids."""


@cache
def _classes() -> dict[str, str]:
    """Each word to its class; a word listed twice ("insist") is read by its first line."""
    classes: dict[str, str] = {}
    for line in entries("attitudes.txt"):
        name, _, listed = line.partition(":")
        for word in words(listed):
            classes.setdefault(word, name)
    return classes


def attitude(lemma: str, kind: str) -> str | None:
    """The class of a predicate; a noun without its own has that of its verb ("refusal")."""
    classes = _classes()
    found = classes.get(f"{lemma}/{kind}") or classes.get(lemma)
    if found:
        return found
    if kind == "n":
        return next(
            (classes[verb] for verb in wordnet.entry(lemma, "n").verbs if verb in classes), None
        )
    return None
