"""Whether a predicate holds: its own negation and modals, then every attitude it stands under."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.language.clauses.arguments import DEEPEST
from api.language.clauses.attitudes import EFFECTS, NEGATED
from api.language.clauses.governors import attitude_of, governor
from api.language.clauses.modality import (
    auxiliary,
    circumstances,
    modal_of_attitude,
    under_condition,
)
from api.language.clauses.negations import negations
from api.language.clauses.stands import Stand

if TYPE_CHECKING:
    from spacy.tokens import Token

_TRANSPARENT = frozenset({"acl", "attr", "ccomp", "relcl", "xcomp"})
"""Relations through which a word that takes no stand passes on what stands above it."""


def stand(predicate: Token, clause: Token) -> Stand:
    """Read sign, mood and hedge of a predicate whose auxiliaries hang on `clause`."""
    found = Stand()
    _own(found, predicate, clause)
    _climb(found, clause)
    return found


def _own(found: Stand, predicate: Token, clause: Token) -> None:
    for cue in negations(clause, predicate):
        found.deny(cue)
    found.cues.extend(child for child in predicate.children if child.dep_ == "prt")
    if predicate is not clause and predicate.dep_ == "pobj":
        _after_preposition(found, predicate.head)
    for node in {clause.i: clause, predicate.i: predicate}.values():
        for child in node.children:
            auxiliary(found, child)
    circumstances(found, clause)


def _after_preposition(found: Stand, preposition: Token) -> None:
    if preposition.lower_ == "without":
        if any(child.lower_ in {"could", "would"} for child in preposition.head.children):
            found.hedge = "condition"
        found.deny(preposition)
    elif preposition.lower_ == "against":
        found.take(EFFECTS["refuses"], "refuses", preposition)


def _climb(found: Stand, clause: Token) -> None:
    node = clause
    for _ in range(DEEPEST):
        if node.dep_ == "conj":
            _share(found, node)
            node = node.head
            continue
        if node.dep_ == "advcl" and under_condition(node):
            found.hedge = "condition"
        parent = governor(node)
        if parent is None:
            return
        if node.dep_ in {"pcomp", "pobj"} and not attitude_of(parent, node):
            _after_preposition(found, node.head)
        if not _apply(found, parent, node):
            return
        node = parent


def _share(found: Stand, node: Token) -> None:
    """A joined verb without subject or auxiliary of its own stands under those of the first."""
    own = any(child.dep_ in {"aux", "nsubj", "nsubjpass"} for child in node.children)
    if own or node.pos_ not in {"AUX", "VERB"}:
        return
    alternatives = any(child.lower_ in {"nor", "or"} for child in node.head.children)
    for child in node.head.children:
        if child.dep_ == "aux" and node.tag_ == "VB":
            auxiliary(found, child)
        elif child.dep_ == "neg" and alternatives:
            found.deny(child)


def _apply(found: Stand, parent: Token, node: Token) -> bool:
    """Put an event under its parent's attitude; false where nothing above can matter."""
    if parent.lemma_ == "be" and parent.pos_ in {"AUX", "VERB"}:
        return _apply_copula(found, parent, node)
    name = attitude_of(parent, node)
    denials = negations(parent, parent)
    negated = len(denials) % 2 == 1
    if name is None:
        circumstances(found, parent)
        if node.dep_ == "xcomp" and negated:
            found.take(EFFECTS["fails"], "fails", parent)
        return node.dep_ in _TRANSPARENT
    found.cues.extend(denials)
    found.take((NEGATED if negated else EFFECTS)[name], name, parent)
    modal_of_attitude(found, parent)
    found.holder = next((child for child in parent.children if child.dep_ == "nsubj"), found.holder)
    return True


def _apply_copula(found: Stand, parent: Token, node: Token) -> bool:
    """ "It is impossible to": the complement is the attitude; else "be" adds its own negation."""
    complements = [c for c in parent.children if c.dep_ in {"acomp", "attr"} and c is not node]
    if complements and node.dep_ in {"ccomp", "xcomp"}:
        return _apply(found, complements[0], node)
    for cue in parent.children:
        if cue.dep_ == "neg":
            found.deny(cue)
    modal_of_attitude(found, parent)
    return True
