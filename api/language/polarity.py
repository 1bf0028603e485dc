"""Whether a predicate holds: its own negation and modals, then every attitude it stands under."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from api.language.arguments import DEEPEST, determiner
from api.language.attitudes import EFFECTS, NEGATED, Effect, attitude

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEGATIONS = frozenset(
    {"not", "n't", "nt", "never", "neither", "nor", "nowhere", "hardly", "scarcely", "barely"}
)
_HEDGES = frozenset(
    "allegedly apparently likely maybe perhaps possibly potentially presumably probably purportedly reportedly "
    "seemingly supposedly unlikely".split()
)
_MODALS = {
    **dict.fromkeys(("will", "wo", "'ll", "shall", "would", "'d"), "will"),
    **dict.fromkeys(("must", "should", "ought"), "norm"),
    **dict.fromkeys(("can", "ca", "could"), "can"),
}
_UNCERTAIN_MODALS = frozenset({"may", "might"})
_CONDITIONS = frozenset({"if", "unless", "provided", "whether"})
_LIMITS = frozenset({"once", "till", "until"})
"""Of the past they tell when, of the future on what condition."""
_EMPTY_PHRASES = frozenset(
    {"circumstance", "way", "means", "case", "time", "account", "event", "condition"}
)
"""With "no" they deny the whole clause: "under no circumstances"."""


@dataclass(slots=True)
class Stand:
    """How a predicate stands: see `Proposition`; `cues` are the tokens that say so."""

    sign: int = 1
    mood: str = "fact"
    hedge: str = ""
    attitude: str = ""
    cues: list[Token] = field(default_factory=list)
    holder: Token | None = None

    def take(self, effect: Effect, name: str, token: Token) -> None:
        self.sign *= effect.sign
        self.mood = effect.mood or self.mood
        self.hedge = self.hedge if effect.hedge is None else effect.hedge
        if name not in {"affirms", "happens", "reports", "imagines"}:
            self.attitude = name
        self.cues.append(token)


def stand(predicate: Token, clause: Token) -> Stand:
    """Read sign, mood and hedge of a predicate whose auxiliaries hang on `clause`."""
    found = Stand()
    _own(found, predicate, clause)
    _climb(found, clause)
    return found


def _own(found: Stand, predicate: Token, clause: Token) -> None:
    for cue in negations(clause, predicate):
        found.sign = -found.sign
        found.cues.append(cue)
    found.cues.extend(child for child in predicate.children if child.dep_ == "prt")
    if predicate.dep_ == "pobj" and predicate.head.lower_ == "against" and predicate is not clause:
        found.take(EFFECTS["refuses"], "refuses", predicate.head)
    if predicate.dep_ == "pobj" and predicate.head.lower_ == "without" and predicate is not clause:
        found.sign = -found.sign
        found.cues.append(predicate.head)
    for child in clause.children:
        _auxiliary(found, child)
    _circumstances(found, clause)
    if predicate is not clause:
        for child in predicate.children:
            _auxiliary(found, child)


def _circumstances(found: Stand, clause: Token) -> None:
    """Conditions and questions that a clause stands under leave open whether it holds."""
    for child in clause.children:
        if child.dep_ == "mark" and child.lower_ == "whether":
            found.hedge = "question"
        if child.dep_ == "advcl":
            marks = {mark.lower_ for mark in child.children if mark.dep_ in {"mark", "advmod"}}
            if marks & _CONDITIONS or (marks & _LIMITS and found.mood != "fact"):
                found.hedge = "condition"


def _auxiliary(found: Stand, child: Token) -> None:
    if child.dep_ == "aux":
        if child.lower_ in _UNCERTAIN_MODALS or child.lower_ == "could":
            found.hedge = "may"
            found.cues.append(child)
        if child.lower_ in _MODALS:
            found.mood = _MODALS[child.lower_]
            found.cues.append(child)
        if (
            child.lower_ in {"would", "'d"}
            and found.sign > 0
            and child.head.dep_ in {"ROOT", "conj"}
        ):
            found.hedge = "condition"
    elif child.lower_ in _HEDGES:
        found.hedge = "may"
        found.cues.append(child)


def negations(clause: Token, predicate: Token) -> list[Token]:
    """The tokens that deny a clause; two of them affirm it."""
    found = [
        child
        for node in {clause.i: clause, predicate.i: predicate}.values()
        for child in node.children
        if _denies(child)
    ]
    found += [
        token
        for token in _denying_arguments(clause)
        if not any(child in found for child in token.children)
    ]
    if clause.dep_ in {"acl", "relcl"} and not attitude(clause.head.lemma_.lower(), "n"):
        found += _denials_of_noun(clause.head)
    return found


def _denies(child: Token) -> bool:
    return (
        child.dep_ == "neg"
        or (child.lower_ in _NEGATIONS and child.dep_ in {"advmod", "preconj", "cc"})
        or (child.dep_ == "det" and child.lower_ == "no")
    )


def _denying_arguments(clause: Token) -> Iterator[Token]:
    for child in clause.children:
        if child.dep_ in {"nsubj", "nsubjpass", "dobj", "attr"} and determiner(child) == "no":
            yield child
        elif child.dep_ == "agent" and any(determiner(noun) == "no" for noun in child.children):
            yield child
        elif child.dep_ == "prep":
            yield from (
                n for n in child.children if n.lemma_ in _EMPTY_PHRASES and determiner(n) == "no"
            )


def _denials_of_noun(noun: Token) -> list[Token]:
    """What denies a noun that a clause describes: all of "there is no man with a hat dancing" is denied."""
    for _ in range(DEEPEST):
        found = [
            child
            for child in noun.children
            if child.dep_ in {"det", "neg"} and child.lower_ in {"no", "not", "n't"}
        ]
        if noun.dep_ == "attr" and any(child.dep_ == "expl" for child in noun.head.children):
            found += [child for child in noun.head.children if child.dep_ == "neg"]
        if found or determiner(noun) == "no":
            return found or [noun]
        if noun.dep_ not in {"pobj", "prep", "acl", "dobj", "npadvmod", "conj"}:
            break
        noun = noun.head
    return []


def _climb(found: Stand, clause: Token) -> None:
    node = clause
    for _ in range(DEEPEST):
        if node.dep_ == "conj":
            _share(found, node)
            node = node.head
            continue
        parent = _governor(found, node)
        if parent is None:
            return
        if not _apply(found, parent, node):
            return
        node = parent


def _share(found: Stand, node: Token) -> None:
    """A joined verb without subject or auxiliary of its own stands under those of the first."""
    first = node.head
    if node.pos_ not in {"VERB", "AUX"} or any(
        child.dep_ in {"nsubj", "nsubjpass", "aux"} for child in node.children
    ):
        return
    alternatives = any(child.lower_ in {"or", "nor"} for child in first.children)
    for child in first.children:
        if child.dep_ == "aux" and node.tag_ == "VB":
            _auxiliary(found, child)
        elif child.dep_ == "neg" and alternatives:
            found.sign = -found.sign
            found.cues.append(child)


def _governor(found: Stand, node: Token) -> Token | None:
    """The word an event stands under: "plan" for "raise" in "has no plan to raise"."""
    head = node.head
    if node.dep_ in {"xcomp", "ccomp", "dobj", "attr", "oprd", "nsubjpass", "acomp", "dative"}:
        return head
    if node.dep_ in {"pcomp", "pobj"}:
        if head.lower_ == "against" and not any(
            attitude(lemma, "v") for lemma in _lookup(head.head, head)
        ):
            found.take(EFFECTS["refuses"], "refuses", head)
        if head.lower_ == "without":
            found.sign = -found.sign
            found.cues.append(head)
        return head.head if head.dep_ in {"prep", "agent"} and head.head is not head else None
    if node.dep_ == "acl" or (
        node.dep_ == "relcl" and any(child.dep_ == "mark" for child in node.children)
    ):
        infinitive = any(
            child.lower_ in {"to", "that"}
            for child in node.children
            if child.dep_ in {"aux", "mark"}
        )
        return head if infinitive or attitude(head.lemma_.lower(), "n") else None
    if node.dep_ in {"csubj", "nsubj"} and head.lemma_ == "be":
        return next((child for child in head.children if child.dep_ in {"acomp", "attr"}), None)
    if node.dep_ == "advcl":
        marks = [child.lower_ for child in node.children if child.dep_ in {"mark", "aux", "advmod"}]
        if _CONDITIONS.intersection(marks):
            found.hedge = "condition"
        elif marks[:1] == ["to"]:
            return head if any(attitude(lemma, "v") for lemma in _lookup(head, node)) else None
    return None


def _lookup(parent: Token, node: Token) -> list[str]:
    """The parent's lemma, first with its particle or preposition."""
    lemma = parent.lemma_.lower()
    particles = [child.lower_ for child in parent.children if child.dep_ in {"prep", "advmod"}]
    phrasal = [f"{lemma} {child.lower_}" for child in parent.children if child.dep_ == "prt"]
    if phrasal:
        return phrasal
    return [
        *(f"{lemma} {particle}" for particle in particles),
        *([] if lemma == "have" and node.dep_ != "xcomp" else [lemma]),
    ]


def _apply(found: Stand, parent: Token, node: Token) -> bool:
    """Put an event under its parent's attitude; false where nothing above can matter."""
    if parent.lemma_ == "be" and parent.pos_ in {"AUX", "VERB"}:
        return _apply_copula(found, parent, node)
    kind = {"NOUN": "n", "ADJ": "a"}.get(parent.pos_, "v")
    name = next((name for lemma in _lookup(parent, node) if (name := attitude(lemma, kind))), None)
    negated = len(negations(parent, parent)) % 2 == 1
    if (
        parent.lemma_ == "have"
        and node.dep_ == "xcomp"
        and any(child.lower_ == "yet" for child in parent.children)
    ):
        name = "fails"
    if name is None:
        _circumstances(found, parent)
        if node.dep_ == "xcomp" and negated:
            found.take(EFFECTS["fails"], "fails", parent)
        return node.dep_ in {"acl", "relcl", "xcomp", "ccomp", "attr"}
    found.cues.extend(negations(parent, parent))
    found.take((NEGATED if negated else EFFECTS)[name], name, parent)
    _modal_of_attitude(found, parent)
    found.holder = next((child for child in parent.children if child.dep_ == "nsubj"), found.holder)
    return True


def _apply_copula(found: Stand, parent: Token, node: Token) -> bool:
    if node.dep_ in {"xcomp", "ccomp"}:
        complement = next(
            (
                child
                for child in parent.children
                if child.dep_ in {"acomp", "attr"} and child is not node
            ),
            None,
        )
        if complement is not None:
            return _apply(found, complement, node)
    for cue in negations(parent, parent):
        found.sign = -found.sign
        found.cues.append(cue)
    _modal_of_attitude(found, parent)
    return True


def _modal_of_attitude(found: Stand, parent: Token) -> None:
    """ "must consider" is a norm, "may refuse" only a chance, "will refuse" no more than "refuses"."""
    _circumstances(found, parent)
    for child in parent.children:
        if child.dep_ == "aux":
            if child.lower_ in _UNCERTAIN_MODALS or (child.lower_ == "could" and found.sign > 0):
                found.hedge = "may"
            if child.lower_ in _MODALS and found.mood == "fact":
                found.mood = _MODALS[child.lower_]
            if child.lower_ in _MODALS or child.lower_ in _UNCERTAIN_MODALS:
                found.cues.append(child)
