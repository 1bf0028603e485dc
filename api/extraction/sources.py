"""Whom a cue gives its content to: the subject it has, or borrows from the clause it hangs on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = frozenset({"nsubj", "csubj"})
_BORROWING = frozenset({"conj", "xcomp", "advcl", "acl", "pcomp", "prep", "ccomp", "aux", "pobj", "dobj", "attr", "acomp"})
FARTHEST = 4
"""How many heads up a subject is still borrowed from."""


def source_of(cue: Token) -> Token | None:
    """The head of the phrase that names the speaker, None where the sentence names none."""
    if cue.pos_ in ("NOUN", "PROPN"):
        owner = next((child for child in cue.children if child.dep_ == "poss"), None)
        if owner is not None:
            return owner
        maker = _by(cue)
        if maker is not None:
            return maker
    return _subject(cue)


def _subject(cue: Token) -> Token | None:
    at = cue
    for _ in range(FARTHEST):
        own = _own_subject(at)
        if own is not None:
            return own
        if at.dep_ == "acl" and at.tag_ == "VBG" and at is cue:
            return at.head
        if at.dep_ == "relcl":
            return at.head
        if at.dep_ not in _BORROWING or at.head is at:
            return None
        at = at.head
    return None


def _own_subject(verb: Token) -> Token | None:
    passive = False
    for child in verb.children:
        if child.dep_ in _SUBJECTS:
            if child.tag_ in ("WP", "WDT") and verb.dep_ == "relcl":
                return verb.head
            return child
        passive = passive or child.dep_ == "nsubjpass"
    return _by(verb) if passive else None


def _by(cue: Token) -> Token | None:
    """The agent of a passive or of a noun: "condemned by X", "a report by X"."""
    for child in cue.children:
        if child.dep_ in ("agent", "prep") and child.lower_ in ("by", "from"):
            return next((token for token in child.children if token.dep_ == "pobj"), None)
    return None
