"""Whom a cue gives its content to: the subject it has, or borrows from the clause it hangs on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.extraction.people.titles import beside
from api.extraction.text.lexicon import cue_classes
from api.extraction.text.phrases import speaker_noun

if TYPE_CHECKING:
    from spacy.tokens import Token

_BORROWING = frozenset(
    {"acl", "acomp", "advcl", "attr", "aux", "ccomp"}
    | {"conj", "dobj", "pcomp", "pobj", "prep", "xcomp"}
)
_CLOSES = frozenset({"”", '"', "''", "’"})
_NAMING = ("PROPN", "NOUN", "PRON")
FARTHEST = 4
"""How many heads up a subject is still borrowed from."""
INVERTED = 8
"""How many tokens after an inverted cue its speaker is named."""
NEAREST = 25
"""How many tokens back a subject is sought that the parse does not join to its verb."""


def source_of(cue: Token) -> Token | None:
    """The head of the phrase that names the speaker, None where the sentence names none."""
    if cue.pos_ in ("NOUN", "PROPN"):
        owner = next((child for child in cue.lefts if child.dep_ == "poss"), agent_of(cue))
        if owner is not None:
            return owner
    return _inverted(cue) or _subject(cue) or _name_beside(cue) or _noun_before(cue)


def _inverted(cue: Token) -> Token | None:
    """ "…," said the envoy: the name after a cue that follows a closing mark."""
    doc = cue.doc
    if cue.i == 0 or cue.i + 1 >= len(doc) or cue.tag_ not in ("VBD", "VBZ"):
        return None
    if doc[cue.i - 1].text not in _CLOSES or "say" not in cue_classes(cue.lemma_.lower(), "VERB"):
        return None
    return name_after(cue)


def name_after(cue: Token) -> Token | None:
    """The head of the phrase that follows a cue at once, None where something else does."""
    for token in cue.doc[cue.i + 1 : cue.i + 1 + INVERTED]:
        if token.pos_ in _NAMING and token.dep_ not in ("compound", "poss", "npadvmod"):
            return None if token.ent_type_ in ("DATE", "TIME") else token
        if token.pos_ not in ("DET", "ADJ", "PROPN", "NOUN", "PART", "PUNCT", "NUM"):
            return None
    return None


def _name_beside(cue: Token) -> Token | None:
    """ "Sen. Warren (D-MA) said": the name right before, past what stands in brackets."""
    at = cue.i - 1
    if at > 0 and cue.doc[at].text == ")":
        while at > 0 and cue.doc[at].text != "(":
            at -= 1
        at -= 1
    named = at >= cue.sent.start and cue.doc[at].pos_ in ("PROPN", "PRON")
    return cue.doc[at] if named and cue.tag_ in ("VBD", "VBZ") else None


def _subject(cue: Token) -> Token | None:
    at = cue
    for _ in range(FARTHEST):
        own = _own_subject(at)
        if own is not None and at != cue and not may_speak(own):
            own = _speaker_above(at) or own
        if own is not None:
            return own
        if at.tag_ == "VBN" and at.dep_ in ("acl", "advcl"):
            return None  # "Asked about it, she …": whoever asked is not named
        if at.dep_ == "relcl":
            return at.head
        if at == cue and _is_consequence(cue):
            return None
        if at.dep_ == "acl" and at.tag_ == "VBG" and at == cue and not _is_wording(at.head):
            return at.head
        if at.dep_ not in _BORROWING or at.head == at:
            return None
        at = _joined(at) if at.dep_ == "conj" else at.head
    return None


def _joined(verb: Token) -> Token:
    """ "May said the city would sell it and warned …": what has a tense is not joined to "sell"."""
    first = verb.head
    above = first.head
    tensed = verb.tag_ in ("VBD", "VBZ") and first.tag_ == "VB" and first.dep_ == "ccomp"
    return above if tensed and cue_classes(above.lemma_.lower(), above.pos_) else first


def may_speak(subject: Token) -> bool:
    """Whether a subject is of a kind that speaks: a name, a pronoun, an office or a body."""
    named = subject.pos_ in ("PROPN", "PRON") or bool(subject.ent_type_) or beside(subject)
    return bool(named) or speaker_noun(subject.lemma_.lower()) != "other"


def _speaker_above(clause: Token) -> Token | None:
    """ "She said the fall was an accident and argued that …": she argued, not the fall."""
    above = clause.head
    if clause.dep_ != "ccomp" or not cue_classes(above.lemma_.lower(), above.pos_):
        return None
    return _own_subject(above)


def _is_consequence(cue: Token) -> bool:
    """ "Sales fell, suggesting a slump": the fact suggests it, unless somebody said the fact."""
    if cue.tag_ != "VBG" or cue.dep_ != "advcl" or cue.i < cue.head.i:
        return False
    own = cue_classes(cue.lemma_.lower(), cue.pos_)
    return (
        "show" in own
        and "say" not in own
        and not cue_classes(cue.head.lemma_.lower(), cue.head.pos_)
    )


def _is_wording(noun: Token) -> bool:
    """A statement or article that somebody in the same clause puts out."""
    return noun.dep_ in ("dobj", "pobj") and "saying" in cue_classes(noun.lemma_.lower(), noun.pos_)


def _own_subject(verb: Token) -> Token | None:
    passive = verb.tag_ == "VBN" and verb.dep_ in ("acl", "advcl")
    for child in verb.children:
        if child.dep_ in ("nsubj", "csubj") and not (child.i > verb.i and child.tag_ == "WDT"):
            return child
        passive = passive or child.dep_ == "nsubjpass"
    return agent_of(verb) if passive else None


def _noun_before(cue: Token) -> Token | None:
    """The nearest subject before a finite verb that the parser left without one."""
    if cue.tag_ not in ("VBD", "VBZ", "VBP"):
        return None
    for index in range(cue.i - 1, max(cue.sent.start, cue.i - NEAREST) - 1, -1):
        token = cue.doc[index]
        if token.dep_ in ("nsubj", "nsubjpass", "ROOT") and token.pos_ in _NAMING:
            return token
    return None


def agent_of(cue: Token) -> Token | None:
    """The agent of a passive or the maker of a thing: "condemned by X", "a report by X"."""
    for child in cue.children:
        if child.dep_ in ("agent", "prep") and child.lower_ in ("by", "from"):
            return next((token for token in child.children if token.dep_ == "pobj"), None)
    return None
