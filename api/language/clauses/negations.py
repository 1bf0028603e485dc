"""The words that deny a clause."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from api.language.clauses.arguments import DEEPEST
from api.language.clauses.attitudes import attitude
from api.language.clauses.determiners import determiner

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEGATIONS = frozenset(
    {"barely", "hardly", "n't", "neither", "never", "nor", "not", "nowhere", "nt", "scarcely"}
)
_PARTICIPANTS = frozenset({"attr", "dobj", "nsubj", "nsubjpass"})
_EMPTY_PHRASES = frozenset(
    {"account", "case", "circumstance", "condition", "event", "means", "point", "time", "way"}
)
"""With "no" they deny the whole clause: "under no circumstances"."""


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
    return found or _denied_existence(clause)


def _denies(child: Token) -> bool:
    return (
        child.dep_ == "neg"
        or (child.lower_ in _NEGATIONS and child.dep_ in {"advmod", "preconj", "cc"})
        or (child.dep_ == "det" and child.lower_ == "no")
        or (child.lower_ == "longer" and any(inner.lower_ == "no" for inner in child.children))
    )


def _denying_arguments(clause: Token) -> Iterator[Token]:
    for child in clause.children:
        nouns = list(child.children) if child.dep_ == "agent" else [child]
        if child.dep_ in _PARTICIPANTS | {"agent"}:
            yield from (noun for noun in nouns if determiner(noun) == "no")
        elif child.dep_ == "prep":
            phrases = (noun for noun in child.children if noun.lemma_ in _EMPTY_PHRASES)
            yield from (noun for noun in phrases if determiner(noun) == "no")


def _denials_of_noun(noun: Token) -> list[Token]:
    """What denies a noun that a clause describes: "no man in a hat is dancing"."""
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


def _denied_existence(clause: Token) -> list[Token]:
    """ "There is no" denies all that follows, wherever the parser hangs it."""
    node = clause
    for _ in range(DEEPEST):
        if any(child.dep_ == "expl" and child.lower_ == "there" for child in node.children):
            after = node.doc[node.i + 1 : node.i + 3]
            return [token for token in after if token.lower_ in {"no", "not", "n't"}][:1]
        node = node.head
    return []
