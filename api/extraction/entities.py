"""The parser's names mended: a clause taken for a title, a person's name with words around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.tokens import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_IN_NAMES = frozenset(
    {"al", "bin", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "ibn", "la"}
    | {"le", "ten", "ter", "van", "von", "y", "zu"}
)
_BEFORE_NAMES = frozenset({"ADP", "ADV", "CCONJ", "SCONJ", "PRON"})


def mend(doc: Doc) -> Doc:
    """Correct a parse's entities in place: who is named decides who speaks."""
    if any(_is_clause(span) or span.label_ == "PERSON" for span in doc.ents):
        kept = (_person(span) if span.label_ == "PERSON" else span for span in doc.ents)
        doc.set_ents([span for span in kept if not _is_clause(span)])
    return doc


def _is_clause(span: Span) -> bool:
    """ "Trump accused Holt of being a": no name has a verb with its subject in it."""
    return any(
        token.dep_ == "nsubj" and token.head.tag_ in _FINITE and token.head in span
        for token in span
    )


def _person(span: Span) -> Span:
    """The name alone: it begins with one and goes on with capitals and the particles of names."""
    first, last = span.start, span.end
    while (
        first + 1 < last
        and span.doc[first].pos_ in _BEFORE_NAMES
        and span.doc[first].lower_ not in _IN_NAMES
    ):
        first += 1
    inside = (index for index in range(first + 1, last) if not _in_name(span.doc[index]))
    return Span(span.doc, first, next(inside, last), label=span.label_)


def _in_name(token: Token) -> bool:
    if not token.is_lower or not token.is_alpha or token.lower_ in _IN_NAMES:
        return True
    return token.i > 0 and token.doc[token.i - 1].text == "-"  # "Ki-moon"
