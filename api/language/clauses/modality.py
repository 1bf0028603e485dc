"""Modals, hedges, conditions: what leaves open whether a clause holds, or says that it should."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.language.clauses.stands import Stand

if TYPE_CHECKING:
    from spacy.tokens import Token

_HEDGES = frozenset(
    {
        "allegedly",
        "apparently",
        "likely",
        "maybe",
        "perhaps",
        "possibly",
        "potentially",
        "presumably",
        "probably",
        "purportedly",
        "reportedly",
        "seemingly",
        "supposedly",
        "unlikely",
    }
)
_MODALS = {
    **dict.fromkeys(("will", "wo", "'ll", "shall", "would", "'d"), "will"),
    **dict.fromkeys(("must", "should", "ought"), "norm"),
    **dict.fromkeys(("can", "ca", "could"), "can"),
}
_UNCERTAIN_MODALS = frozenset({"may", "might"})
_CONDITIONS = frozenset({"if", "provided", "unless", "whether"})
_LIMITS = frozenset({"once", "till", "until"})
"""Of the past they tell when, of the future on what condition."""


def under_condition(clause: Token) -> bool:
    """Whether a clause is itself the condition: "if the talks fail"."""
    return any(child.lower_ in _CONDITIONS for child in clause.children if child.dep_ in _MARKS)


_MARKS = frozenset({"advmod", "aux", "mark"})


def circumstances(found: Stand, clause: Token) -> None:
    """Conditions and questions that a clause stands under leave open whether it holds."""
    for child in clause.children:
        if child.dep_ == "mark" and child.lower_ == "whether":
            found.hedge = "question"
        if child.dep_ == "advcl":
            marks = {mark.lower_ for mark in child.children if mark.dep_ in {"mark", "advmod"}}
            if marks & _CONDITIONS or (marks & _LIMITS and found.mood != "fact"):
                found.hedge = "condition"


def auxiliary(found: Stand, child: Token) -> None:
    """Take up a modal or an adverb that hedges."""
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


def modal_of_attitude(found: Stand, parent: Token) -> None:
    """ "must consider" is a norm, "may refuse" a chance, "will refuse" no more than "refuses"."""
    circumstances(found, parent)
    for child in parent.children:
        if child.dep_ == "aux":
            negated = any(other.dep_ == "neg" for other in parent.children)
            if child.lower_ in _UNCERTAIN_MODALS or (child.lower_ == "could" and not negated):
                found.hedge = "may"
            if child.lower_ in _MODALS and found.mood == "fact":
                found.mood = _MODALS[child.lower_]
            if child.lower_ in _MODALS or child.lower_ in _UNCERTAIN_MODALS:
                found.cues.append(child)
