"""The people an article names: full names, the roles it gives them, where they appear."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from api.extraction.phrases import nouns, wording
from api.language.datafiles import entries, words

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

    from api.extraction.reading import Paragraph

_HONORIFICS = {
    "mr.": "he",
    "mr": "he",
    "sir": "he",
    "mrs.": "she",
    "mrs": "she",
    "ms.": "she",
    "ms": "she",
    "dame": "she",
    "lady": "she",
    "lord": "he",
}
_ROLE_WORDS = 10


@dataclass(slots=True)
class Person:
    """Somebody the article names in full, with the roles it gives and "he" or "she" if known."""

    name: str
    roles: list[str] = field(default_factory=list)
    pronoun: str | None = None


@dataclass(frozen=True, slots=True)
class Appearance:
    """One mention of a person: the paragraph's number, the token, whether it is a subject."""

    paragraph: int
    index: int
    person: Person
    subject: bool


class Cast:
    """Who is who in one article."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self.people: dict[str, Person] = {}
        self.appearances: list[Appearance] = []
        self._by_part: dict[str, list[Person]] = {}
        spans = [span for paragraph in paragraphs for span in _names(paragraph)]
        for span in sorted(spans, key=lambda span: len(span) < 2):  # full names before short ones
            self._meet(span)
        for paragraph in paragraphs:
            self._appear(paragraph)

    def called(self, name: str) -> list[Person]:
        """The people a name may stand for: the full name, or a part of it such as the surname."""
        whole = self.people.get(name.casefold())
        if whole is not None:
            return [whole]
        parts = name.casefold().split()
        found = self._by_part.get(parts[-1], []) if parts else []
        if len(parts) < 2:
            return found
        return [person for person in found if person.name[0].casefold() == parts[0][0]]

    def _meet(self, span: TokenSpan) -> None:
        name = wording(span.doc, span.start, span.end)
        known = self.called(name)
        person = known[0] if len(known) == 1 else None
        if person is None:
            if known or (" " not in name and not _introduced(span)):
                return
            person = Person(name, pronoun=_given_names().get(name.split()[0].casefold()))
            self.people[name.casefold()] = person
            for part in {name.casefold().split()[-1], name.casefold().split()[0]}:
                self._by_part.setdefault(part, []).append(person)
        before = span.doc[span.start - 1].lower_ if span.start else ""
        person.pronoun = _HONORIFICS.get(before, person.pronoun)
        for role in (_title(span), _apposition(span)):
            if role and role not in person.roles:
                person.roles.append(role)

    def _appear(self, paragraph: Paragraph) -> None:
        for token in paragraph.doc:
            if token.text[0].isupper() and token.dep_ != "compound":
                people = self.called(token.text)
                if len(people) == 1:
                    subject = token.dep_ in ("nsubj", "nsubjpass")
                    self.appearances.append(
                        Appearance(paragraph.number, token.i, people[0], subject)
                    )


def _names(paragraph: Paragraph) -> Iterator[TokenSpan]:
    """Person entities without the titles the parser swallowed, and longer than one initial."""
    for span in paragraph.doc.ents:
        if span.label_ != "PERSON":
            continue
        while len(span) > 1 and (span[0].lower_ in nouns("office") or span[0].dep_ == "det"):
            span = span[1:]
        while len(span) > 1 and not span[-1].is_alpha and not span[-1].is_title:
            span = span[:-1]
        if span[0].is_alpha and span[0].text[0].isupper() and len(span) <= 5:
            yield span


def _introduced(span: TokenSpan) -> bool:
    """A single name is as full as it gets where a title stands before it."""
    return span.start > 0 and span.doc[span.start - 1].lower_ in nouns("office")


def _title(span: TokenSpan) -> str | None:
    """The words before a name that say what its bearer is: "German Chancellor"."""
    doc, start = span.doc, span.start
    if start == 0 or not _is_office(doc[start - 1]) or doc[start - 1].lower_ in _HONORIFICS:
        return None
    first = start - 1
    while first > 0 and start - first < _ROLE_WORDS and _in_title(doc[first - 1]):
        first -= 1
    title = wording(doc, first, start)
    return title or None


def _is_office(token: Token) -> bool:
    return token.lemma_.lower() in nouns("office") or token.lower_ in nouns("office")


def _in_title(token: Token) -> bool:
    if token.tag_ == "POS" or (token.lower_ in ("and", "of") and token.i > 0):
        return _in_title(token.nbor(-1)) and token.nbor(-1).pos_ == "PROPN"
    return token.pos_ in ("PROPN", "NOUN", "ADJ") and token.ent_type_ not in (
        "PERSON",
        "DATE",
        "TIME",
    )


def _apposition(span: TokenSpan) -> str | None:
    """ "X, the mayor of Y," and "the mayor, X,": the phrase beside, to its first comma."""
    root = span.root
    beside = next((child for child in root.rights if child.dep_ == "appos"), None)
    if beside is None and root.dep_ == "appos":
        beside = root.head
    if beside is None or not _is_office(beside):
        return None
    first, last = beside.i, beside.i + 1
    while (
        first > 0
        and span.doc[first - 1].head in (beside, span.doc[first])
        and not span.doc[first - 1].is_punct
    ):
        first -= 1
    while (
        last < len(span.doc) and last - first < _ROLE_WORDS and beside.is_ancestor(span.doc[last])
    ):
        if span.doc[last].is_punct or span.doc[last].tag_ in ("WP", "WDT", "VBN", "VBG"):
            break
        last += 1
    return wording(span.doc, first, last) or None


@cache
def _given_names() -> dict[str, str]:
    lines = (entry.split("|", 1) for entry in entries("given_names.txt", "api.extraction.data"))
    return {name: pronoun.strip() for pronoun, names in lines for name in words(names)}
