"""Candidates the parse gives: the clause, noun phrase or infinitive that a cue may govern.

Generous on purpose: the scorer decides which are statements, and which extent is right.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.extraction.candidates.sources import source_of
from api.extraction.text.lexicon import cue_classes

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_COMPLEMENTS = frozenset(
    {"ccomp", "xcomp", "parataxis", "csubj", "dobj", "oprd", "attr", "acomp", "dative", "nsubjpass"}
)
_NOUN_COMPLEMENTS = frozenset({"acl", "ccomp", "xcomp", "relcl"})
_SAYING = frozenset({"say", "assert", "think", "write"})
ASIDE_MARKS = frozenset({",", "–", "—", "-"})
"""What stands on both sides of a cue in the middle of what was said."""
ASIDE = 12
"""Tokens after such a cue within which the second mark stands."""


@dataclass(frozen=True, slots=True)
class Clause:
    """Tokens ``start`` to ``end`` (exclusive) of the cue's document, as what the cue governs.

    ``head`` is the complement's head, None where the parse gives none. ``extent`` says how the end
    was chosen: "own", the complement alone; "short", without its last relative or coordinate
    clause; "more", with what follows it under the same cue; "around", on both sides of the cue.
    """

    cue: Token
    shape: str
    extent: str
    start: int
    end: int
    source: Token | None
    head: Token | None


def clauses(doc: Doc) -> Iterator[Clause]:
    """Every cue of a paragraph with each thing it may govern, in each extent."""
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
        if child.dep_ in _COMPLEMENTS and child != source:
            yield from _extents(cue, child, child.dep_, source)
        elif child.dep_ == "prep" and child.i > cue.i:
            complement = _prepositional_object(child)
            if complement is not None:
                yield from _extents(cue, complement, "prep", source)
                yield from _told_in(cue, complement, source)
    if cue.dep_ == "relcl" and cue.head.i < cue.i:
        head = cue.head  # "the ban that he supports": the noun before is the content
        yield Clause(cue, "antecedent", "own", head.left_edge.i, cue.left_edge.i, source, head)
    if cue.dep_ in ("parataxis", "ccomp", "advcl") and _is_aside(cue, source):
        governor = cue.head
        start, end = governor.left_edge.i, governor.right_edge.i + 1
        yield Clause(cue, "aside", "around", start, end, source, governor)
    yield from _before_comma(cue, source)


def _told_in(cue: Token, noun: Token, source: Token | None) -> Iterator[Clause]:
    """ "claimed in a post that …": the parser hangs the clause on the post."""
    if "saying" in cue_classes(noun.lemma_.lower(), noun.pos_):
        for child in noun.subtree:
            if child.dep_ in ("acl", "ccomp", "relcl") and child.left_edge.lower_ == "that":
                yield from _extents(cue, child, "ccomp", source)
                return


def _is_aside(cue: Token, source: Token | None) -> bool:
    """ "Costs, he added, were modest": a cue between commas inside what was said."""
    if source is None or source.head != cue or not _says(cue):
        return False
    first = min(source.left_edge.i, cue.i)
    following = cue.doc[max(source.right_edge.i, cue.i) + 1 : cue.i + ASIDE]
    return (
        first > cue.sent.start
        and cue.doc[first - 1].text in ASIDE_MARKS
        and any(token.text in ASIDE_MARKS for token in following)
    )


def _says(cue: Token) -> bool:
    classes = cue_classes(cue.lemma_.lower(), cue.pos_)
    return not _SAYING.isdisjoint(classes)


def _of_noun_or_adjective(cue: Token) -> Iterator[Clause]:
    if cue.dep_ == "dobj" and "say" in cue_classes(cue.head.lemma_.lower(), cue.head.pos_):
        return  # "noted concerns about": the verb attributes
    source: Token | None = None
    for child in cue.rights:
        complement: Token | None = None
        if child.dep_ in _NOUN_COMPLEMENTS:
            complement, shape = child, f"{cue.pos_}-{child.dep_}"
        elif child.dep_ == "prep":
            complement, shape = _prepositional_object(child), f"{cue.pos_}-prep"
        if complement is not None:
            source = source or source_of(cue)
            if complement != source:
                yield from _extents(cue, complement, shape, source)


def _prepositional_object(preposition: Token) -> Token | None:
    return next((child for child in preposition.rights if child.dep_ in ("pobj", "pcomp")), None)


def _extents(cue: Token, head: Token, shape: str, source: Token | None) -> Iterator[Clause]:
    """The complement alone, then with each thing that follows it under the same cue."""
    start, end = head.left_edge.i, head.right_edge.i + 1
    if start <= cue.i < end:
        if _is_aside(cue, source):
            yield Clause(cue, shape, "around", start, end, source, head)
        return
    short = _without_tail(head, end)
    if short is not None and short > start + 1:
        yield Clause(cue, shape, "short", start, short, source, head)
        if cue.dep_ == "relcl":
            return  # "the war she vowed to end, which has raged …": the tail is about the war
    yield Clause(cue, shape, "own", start, end, source, head)
    if head.i < cue.i:
        return
    for sibling in cue.rights:
        if sibling.i <= head.i or sibling.left_edge.i < end - 1 or sibling == source:
            continue
        if sibling.dep_ in ("conj", "cc", "punct") or sibling.left_edge.i > end:
            return
        end = sibling.right_edge.i + 1
        yield Clause(cue, shape, "more", start, end, source, head)


def _without_tail(head: Token, end: int) -> int | None:
    """Where a complement ends without the ", which …" or the "and …" that closes it."""
    for index in range(end - 2, head.i, -1):
        token = head.doc[index]
        tail = (token.text == "," and head.doc[index + 1].tag_ in ("WDT", "WP")) or (
            token.dep_ == "cc" and token.head == head
        )
        if tail:
            return index
    return None


def _before_comma(cue: Token, source: Token | None) -> Iterator[Clause]:
    """ "Victory is vital, he said after meeting aides": all that stands before the comma."""
    first = cue.sent.start
    if source is None or source.head != cue or source.i < first or cue.dep_ == "relcl":
        return
    if not _says(cue):
        return
    at = min(source.left_edge.i, cue.i)
    if at <= first or cue.doc[at - 1].text != ",":
        return
    if _goes_on(cue, source):
        yield Clause(cue, "aside", "around", first, cue.sent.end, source, None)
    elif at > first + 2:
        yield Clause(cue, "before", "own", first, at - 1, source, None)


def _goes_on(cue: Token, source: Token) -> bool:
    """Whether what was said goes on at once after ", he said,": not with "adding" or "and"."""
    after = max(source.right_edge.i, cue.i) + 1
    if after + 1 >= cue.sent.end or cue.doc[after].text != ",":
        return False
    return cue.doc[after + 1].tag_ not in ("VBG", "CC", "WP", "WDT", "IN")


def _according(cue: Token) -> Iterator[Clause]:
    """ "according to X": the rest of the sentence, or the clause the phrase hangs on."""
    to = next((child for child in cue.rights if child.lower_ == "to"), None)
    source = _prepositional_object(to) if to is not None else None
    if to is None or source is None:
        return
    governor = cue.head
    while governor.dep_ in ("prep", "pobj") and governor.head != governor:
        governor = governor.head
    sentence, first = cue.sent, cue.left_edge.i
    if cue.i - sentence.start <= 2:
        after = max(source.right_edge.i, to.right_edge.i) + 1
        subject = next(
            (t for t in governor.lefts if t.i > after and t.dep_.startswith("nsubj")), None
        )
        if subject is not None and cue.doc[subject.left_edge.i - 1].text == ",":
            after = subject.left_edge.i  # past what is said of the source: "…, a watchdog, …"
        if after < sentence.end:
            yield Clause(cue, "according", "own", after, sentence.end, source, governor)
        return
    yield Clause(cue, "according", "own", sentence.start, first, source, governor)
    if sentence.start < governor.left_edge.i < first:
        yield Clause(cue, "according", "clause", governor.left_edge.i, first, source, governor)
