"""Candidates the parse gives: the clause, noun phrase or infinitive that a cue may govern.

Generous on purpose: the scorer decides which are statements, and which extent is right.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.extraction.sources import source_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_COMPLEMENTS = frozenset(
    {"ccomp", "xcomp", "parataxis", "csubj", "dobj", "oprd", "attr", "acomp", "dative", "nsubjpass"}
)
_NOUN_COMPLEMENTS = frozenset({"acl", "ccomp", "xcomp", "relcl"})


@dataclass(frozen=True, slots=True)
class Clause:
    """Tokens ``start`` to ``end`` (exclusive) of the cue's document, as what the cue governs.

    ``head`` is the complement's head, None where the parse gives none. ``extent`` says how the end
    was chosen: "own", the complement alone, or "more", with what follows it under the same cue.
    """

    cue: Token
    shape: str
    extent: str
    start: int
    end: int
    source: Token | None
    head: Token | None


def clauses(doc: Doc) -> Iterator[Clause]:
    for token in doc:
        if token.pos_ in ("VERB", "AUX"):
            yield from _of_verb(token)
        elif token.pos_ in ("NOUN", "ADJ", "PROPN"):
            yield from _of_noun_or_adjective(token)
        if token.lower_ == "according":
            yield from _according(token)


def _of_verb(cue: Token) -> Iterator[Clause]:
    source = source_of(cue)
    for child in cue.children:
        if child.dep_ in _COMPLEMENTS and child is not source:
            yield from _extents(cue, child, child.dep_, source)
        elif child.dep_ == "prep" and child.i > cue.i:
            complement = _prepositional_object(child)
            if complement is not None:
                yield from _extents(cue, complement, "prep", source)
    if cue.dep_ == "relcl" and cue.head.i < cue.i:
        head = cue.head  # "the ban that he supports": the noun before is the content
        yield Clause(cue, "antecedent", "own", head.left_edge.i, cue.left_edge.i, source, head)
    yield from _before_comma(cue, source)


def _of_noun_or_adjective(cue: Token) -> Iterator[Clause]:
    source: Token | None = None
    for child in cue.rights:
        complement: Token | None = None
        if child.dep_ in _NOUN_COMPLEMENTS:
            complement, shape = child, f"{cue.pos_}-{child.dep_}"
        elif child.dep_ == "prep":
            complement, shape = _prepositional_object(child), f"{cue.pos_}-prep"
        if complement is not None:
            source = source or source_of(cue)
            if complement is not source:
                yield from _extents(cue, complement, shape, source)


def _prepositional_object(preposition: Token) -> Token | None:
    return next((child for child in preposition.rights if child.dep_ in ("pobj", "pcomp")), None)


def _extents(cue: Token, head: Token, shape: str, source: Token | None) -> Iterator[Clause]:
    """The complement alone, then with each thing that follows it under the same cue."""
    start, end = head.left_edge.i, head.right_edge.i + 1
    if start <= cue.i < end:  # the parser put the cue inside what it governs
        return
    yield Clause(cue, shape, "own", start, end, source, head)
    if head.i < cue.i:
        return
    for sibling in cue.rights:
        if sibling.i <= head.i or sibling.left_edge.i < end - 1 or sibling is source:
            continue
        if sibling.dep_ in ("conj", "cc", "punct") or sibling.left_edge.i > end:
            return
        end = sibling.right_edge.i + 1
        yield Clause(cue, shape, "more", start, end, source, head)


def _before_comma(cue: Token, source: Token | None) -> Iterator[Clause]:
    """ "Victory is vital, he said after meeting aides": all that stands before the comma."""
    first = cue.sent.start
    if source is None or source.head is not cue or source.i < first:
        return
    at = min(source.left_edge.i, cue.i)
    if at > first + 2 and cue.doc[at - 1].text == ",":
        yield Clause(cue, "before", "own", first, at - 1, source, None)


def _according(cue: Token) -> Iterator[Clause]:
    """ "according to X": the rest of the sentence, or the clause the phrase hangs on."""
    to = next((child for child in cue.rights if child.lower_ == "to"), None)
    source = _prepositional_object(to) if to is not None else None
    if to is None or source is None:
        return
    governor = cue.head
    while governor.dep_ in ("prep", "pobj") and governor.head is not governor:
        governor = governor.head
    sentence, first = cue.sent, cue.left_edge.i
    if cue.i - sentence.start <= 2:
        after = max(source.right_edge.i, to.right_edge.i) + 1
        if after < sentence.end:
            yield Clause(cue, "according", "own", after, sentence.end, source, governor)
        return
    yield Clause(cue, "according", "own", sentence.start, first, source, governor)
    if sentence.start < governor.left_edge.i < first:
        yield Clause(cue, "according", "clause", governor.left_edge.i, first, source, governor)
