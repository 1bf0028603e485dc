"""The parser's names mended: a clause taken for a title, a person's name with words around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.extraction.text.lexicon import cue_classes
from api.extraction.text.phrases import describes_person, nouns

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_IN_NAMES = frozenset(
    {"al", "bin", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "ibn", "la"}
    | {"le", "ten", "ter", "van", "von", "y", "zu"}
)
_TAKEN_FOR = frozenset({"ORG", "GPE", "NORP", "FAC", "LOC", "PRODUCT", "WORK_OF_ART"})
_PLACING = frozenset({"in", "near", "above", "below", "outside", "across", "around", "at", "on"})
_BEFORE_NAMES = frozenset({"ADP", "ADV", "CCONJ", "SCONJ", "PRON"})


def correct_entities(doc: Doc) -> Doc:
    """Correct a parse's entities in place: who is named decides who speaks."""
    if doc.ents:
        doc.set_ents([_mended(span) for span in doc.ents if not _is_clause(span)])
    return doc


def _mended(span: Span) -> Span:
    label = _label(span)
    return _person(span) if label == "PERSON" else _span(span.doc, span.start, span.end, label)


def _label(span: Span) -> str:
    """What is named, where the words beside the name tell it better than the parser."""
    beside = [span.root.head] if span.root.dep_ == "appos" else []
    beside += [child for child in span.root.rights if child.dep_ == "appos"]
    if span.label_ == "PERSON":
        if span.start > 0 and span.doc[span.start - 1].lower_ == "the" and len(span) > 1:
            return "PRODUCT"  # "the Calder Russet"
        if any(each.lemma_.lower() in nouns("organization") for each in beside):
            return "ORG"
        in_place = span.root.dep_ == "pobj" and span.root.head.lower_ in _PLACING
        return "LOC" if in_place and span[-1].lower_ in nouns("place") else "PERSON"
    full_name = len(span) in (2, 3) and all(token.is_title and token.is_alpha for token in span)
    if span.label_ not in _TAKEN_FOR or not full_name or span[-1].lower_ in _bodies():
        return span.label_
    return "PERSON" if any(map(_is_human, beside)) or _is_she(span.root) else span.label_


def _is_human(noun: Token) -> bool:
    """ "A hydrologist who …", "61": what stands beside a person's name."""
    if noun.pos_ == "NUM":
        return noun.text.isdigit() and len(noun.text) == 2
    who = any(token.lower_ == "who" for token in noun.subtree)
    lemma = noun.lemma_.lower()
    return noun.tag_ == "NN" and (who or lemma in nouns("office") or describes_person(noun))


def _is_she(name: Token) -> bool:
    """ "Grace Obi said she …": whose words begin with "she" is a person."""
    if name.dep_ == "appos":
        name = name.head
    if name.dep_ != "nsubj" or not cue_classes(name.head.lemma_.lower(), name.head.pos_):
        return False
    said = (child for child in name.head.rights if child.dep_ == "ccomp")
    return any(
        token.dep_ == "nsubj" and token.lower_ in ("he", "she")
        for clause in said
        for token in clause.lefts
    )


def _bodies() -> frozenset[str]:
    return nouns("organization") | nouns("place") | nouns("business")


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
    return _span(span.doc, first, next(inside, last), "PERSON")


def _in_name(token: Token) -> bool:
    if not token.is_lower or not token.is_alpha or token.lower_ in _IN_NAMES:
        return True
    return token.i > 0 and token.doc[token.i - 1].text == "-"  # "Ki-moon"


def _span(doc: Doc, start: int, end: int, label: str) -> Span:
    # Not imported above: a process that reads pages has no need of the parser.
    from spacy.tokens import Span

    return Span(doc, start, end, label)
