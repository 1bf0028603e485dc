"""The noun phrases that name speakers: where they begin and end, and the names inside them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from api.language.words.datafiles import entries, words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LONGEST = 16
"""Tokens a mention has at most."""
_JOINED_AFTER = frozenset({"prep", "poss", "case", "compound", "nummod"})
_LEFT = frozenset(
    {"det", "amod", "compound", "poss", "nummod", "case", "nmod", "advmod", "predet", "quantmod"}
)


@cache
def nouns(kind: str) -> frozenset[str]:
    """The nouns of a kind that ``speakers.txt`` lists: "office", "organization", "he", …"""
    table = dict(entry.split("|", 1) for entry in entries("speakers.txt", "api.extraction.data"))
    return frozenset(words({key.strip(): value for key, value in table.items()}[kind]))


def speaker_noun(noun: str) -> str:
    """The first kind of speaker a noun belongs to, "other" where it belongs to none."""
    return next(
        (kind for kind in ("office", "document", "organization") if noun in nouns(kind)), "other"
    )


def describes_person(noun: Token) -> bool:
    """ "The mother of three", "the 34-year-old": one person, by what he or she is."""
    if noun.tag_ in ("NNS", "NNPS"):
        return False
    lemma = noun.lemma_.lower()
    aged = lemma == "old" and noun.i > 1 and noun.nbor(-1).text == "-"
    return aged or any(lemma in nouns(kind) for kind in ("person", "he", "she"))


def possessive(name: str) -> str:
    """ "Berg's", "the attendants'"."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def bounds(head: Token) -> tuple[int, int]:
    """First token and the one after the last of the phrase around a head, without clauses."""
    start = end = head.i
    for child in head.lefts:
        if child.dep_ in _LEFT and child.i >= start - LONGEST:
            start = min(start, child.left_edge.i)
    for child in head.rights:
        if child.left_edge.i != end + 1 or child.dep_ not in _JOINED_AFTER:
            break
        if child.dep_ == "prep" and not _names_further(head, child):
            break
        if child.right_edge.i - start > LONGEST:
            break
        end = child.right_edge.i
    start, end = _whole_entity(head, start, end)
    return start, end + 1


def _names_further(head: Token, preposition: Token) -> bool:
    """ "Bank of Norland", "Doctors Without Borders", "a report by the bank"."""
    if preposition.lower_ in ("by", "from"):
        return head.lemma_.lower() in nouns("publication")
    return preposition.lower_ in ("of", "for") or preposition.is_title


def _whole_entity(head: Token, start: int, end: int) -> tuple[int, int]:
    first, last = entity_bounds(head)
    return min(start, first), max(end, last)


def entity_bounds(head: Token) -> tuple[int, int]:
    """First and last token of the name a token is part of."""
    doc, first, last = head.doc, head.i, head.i
    if head.ent_type_:
        while first > 0 and doc[first].ent_iob_ == "I":
            first -= 1
        while last + 1 < len(doc) and doc[last + 1].ent_iob_ == "I":
            last += 1
        return first, last
    while first > 0 and doc[first - 1].dep_ == "compound" and doc[first - 1].pos_ == "PROPN":
        first -= 1
    return first, last


def entity(head: Token) -> str:
    """The whole name a token is part of, without the titles before it."""
    first, last = entity_bounds(head)
    while first < last and head.doc[first].lower_ in nouns("office"):
        first += 1
    return wording(head.doc, first, last + 1)


def wording(doc: Doc, start: int, end: int) -> str:
    """A phrase as a name: no article before, no possessive after, plain apostrophes."""
    while start < end - 1 and (doc[start].dep_ == "det" or doc[start].tag_ == "PRP$"):
        start += 1
    while end > start + 1 and (doc[end - 1].tag_ == "POS" or doc[end - 1].is_punct):
        end -= 1
    return " ".join(doc[start:end].text.split()).replace("’", "'")
