"""What an event stands under: "plan" for "raise" in "has no plan to raise"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.language.clauses.attitudes import attitude

if TYPE_CHECKING:
    from spacy.tokens import Token

_DIRECT = frozenset({"acomp", "attr", "ccomp", "dative", "dobj", "nsubjpass", "oprd", "xcomp"})
_LIKING = frozenset({"like", "love", "prefer"})
_PAST = frozenset({"VBD", "VBN"})
"""Forms that say what became of the claim or talks themselves, not what they are about."""
_LETTERS = {"ADJ": "a", "NOUN": "n"}


def governor(node: Token) -> Token | None:
    """The word that says what is made of an event, or None where the event stands by itself."""
    head = node.head
    if node.dep_ in _DIRECT:
        return head
    if node.dep_ in {"pcomp", "pobj"}:
        return head.head if head.dep_ in {"agent", "prep"} and head.head is not head else None
    if _describes_claim(node):
        introduced = _introduced_by(node, {"that", "to"})
        stood = node.tag_ not in _PAST and attitude(head.lemma_.lower(), "n")
        return head if introduced or stood else None
    if node.dep_ == "csubjpass":
        return head
    if node.dep_ in {"csubj", "nsubj"} and head.lemma_ == "be":
        return next((child for child in head.children if child.dep_ in {"acomp", "attr"}), None)
    if node.dep_ == "advcl" and _introduced_by(node, {"to"}):
        return head if attitude_of(head, node) else None
    return None


def _describes_claim(node: Token) -> bool:
    """A clause that says what a noun is about, which the parser may take for a relative clause."""
    marked = any(child.dep_ == "mark" for child in node.children)
    return node.dep_ == "acl" or (node.dep_ == "relcl" and marked)


def _introduced_by(node: Token, words: set[str]) -> bool:
    return any(c.lower_ in words for c in node.children if c.dep_ in {"aux", "mark"})


def attitude_of(parent: Token, node: Token) -> str | None:
    """The class of `parent`, which `node` stands under: see `data/attitudes.txt`."""
    if any(child.dep_ == "oprd" for child in parent.children):
        return None
    if parent.lemma_ == "have" and node.dep_ == "xcomp" and _has(parent, "yet"):
        return "fails"
    if parent.lemma_ in _LIKING and _has(parent, "would"):
        return "intends"
    kind = _LETTERS.get(parent.pos_, "v")
    return next((name for lemma in _lemmas(parent, node) if (name := attitude(lemma, kind))), None)


def _has(parent: Token, adverb: str) -> bool:
    return any(child.lower_ == adverb for child in parent.children)


def _lemmas(parent: Token, node: Token) -> list[str]:
    """The lemma, first with its preposition, or with its particle; "have" only as "have to"."""
    lemma = parent.lemma_.lower()
    phrasal = [f"{lemma} {child.lower_}" for child in parent.children if child.dep_ == "prt"]
    if phrasal:
        return phrasal
    after = [child.lower_ for child in parent.children if child.dep_ in {"advmod", "prep"}]
    bare = [] if lemma == "have" and node.dep_ != "xcomp" else [lemma]
    return [*(f"{lemma} {word}" for word in after), *bare]
