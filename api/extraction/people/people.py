"""The people an article names: full names, the roles it gives them, where they appear."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from api.deadline import check_deadline
from api.extraction.text.extracted import STAGE
from api.extraction.text.lexicon import cue_classes
from api.extraction.text.phrases import describes_person, entity, entity_bounds, nouns, wording
from api.language.words.datafiles import entries, words

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

    from api.extraction.text.reading import Paragraph

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
    """Somebody the article names in full, with the roles it gives and "he" or "she" if known.

    ``introduced`` is the first place of the full name, by paragraph and token; ``descriptions`` are
    words beside it that are no office: "a mother of three".
    """

    name: str
    introduced: tuple[int, int]
    roles: list[str] = field(default_factory=list)
    descriptions: list[str] = field(default_factory=list)
    pronoun: str | None = None


@dataclass(frozen=True, slots=True)
class Appearance:
    """One mention of a person: the paragraph's number, the token, whether it is a subject."""

    paragraph: int
    index: int
    person: Person
    subject: bool


@dataclass(frozen=True, slots=True)
class Stranger:
    """Somebody without a name whom "he" or "she" may mean: "my father", "a woman"."""

    paragraph: int
    index: int
    pronoun: str
    subject: bool
    speaks: bool


class People:
    """Who is who in one article."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self.people: dict[str, Person] = {}
        self.appearances: list[Appearance] = []
        self.strangers: list[Stranger] = []
        self._by_part: dict[str, list[Person]] = {}
        spans = [(p, span) for p in paragraphs for span in _names(p)]
        alone = {span.text.casefold() for _, span in spans if " " not in span.text}
        surnames = {span[-1].lower_ for _, span in spans if len(span) > 1}
        # Full names before surnames, "Ada Berg" before "Miss Universe Ada Berg"; headlines last.
        spans.sort(
            key=lambda found: (
                " " not in found[1].text,
                found[0].kind == "headline",
                len(found[1]),
            )
        )
        for paragraph, span in spans:
            check_deadline(STAGE)
            if not _begins_with_surname(span, surnames, alone, paragraph.kind == "headline"):
                self._add_mention(span, (paragraph.number, span.start))
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
        return [
            person
            for person in found
            if person.name[0].casefold() == parts[0][0] or _ends(person.name, name)
        ]

    def addressed(self, name: Token, paragraph: int) -> list[Person]:
        """The same for a name in the text.

        "Mrs. Berg" is none of the men called Berg, and "Berg" nobody who is introduced later.
        """
        people = self.called(entity(name))
        met = [person for person in people if person.introduced <= (paragraph, name.i)]
        people = met or people
        first, _ = entity_bounds(name)
        before = name.doc[max(0, first - 1) : first + 1]
        pronoun = next((_HONORIFICS[t.lower_] for t in before if t.lower_ in _HONORIFICS), None)
        fitting = [person for person in people if pronoun in (None, person.pronoun)]
        return fitting or [person for person in people if person.pronoun is None] or people

    def _add_mention(self, span: TokenSpan, place: tuple[int, int]) -> None:
        name = wording(span.doc, span.start, span.end)
        known = self.called(name)
        person = known[0] if len(known) == 1 else None
        if person is None:
            if known or (" " not in name and not _introduced(span)):
                return
            person = Person(name, place, pronoun=_given_names().get(name.split()[0].casefold()))
            self.people[name.casefold()] = person
            for part in {name.casefold().split()[-1], name.casefold().split()[0]}:
                self._by_part.setdefault(part, []).append(person)
        if " " in name:
            person.introduced = min(person.introduced, place)
        before = span.doc[span.start - 1].lower_ if span.start else ""
        person.pronoun = _HONORIFICS.get(before, person.pronoun)
        for role in (_title(span), _apposition(span, _is_office)):
            if role and role not in person.roles:
                person.roles.append(role)
        description = _apposition(span, describes_person)
        if description:
            person.descriptions.append(description)

    def _appear(self, paragraph: Paragraph) -> None:
        for token in paragraph.doc:
            check_deadline(STAGE)
            if token.text[0].isupper() and token.dep_ != "compound":
                described = token.head if token.dep_ == "appos" else token
                subject = described.dep_ in ("nsubj", "nsubjpass")
                self.appearances += [
                    Appearance(paragraph.number, token.i, person, subject)
                    for person in self.addressed(token, paragraph.number)
                ]
            elif token.tag_ == "NN" and _is_stranger(token):
                verb = token.head
                subject = token.dep_ in ("nsubj", "nsubjpass") and verb.dep_ in ("ROOT", "conj")
                speaks = subject and bool(cue_classes(verb.lemma_.lower(), verb.pos_))
                pronoun = "he" if token.lemma_.lower() in nouns("he") else "she"
                self.strangers.append(Stranger(paragraph.number, token.i, pronoun, subject, speaks))


def _is_stranger(noun: Token) -> bool:
    """A man or a woman who is nobody named: owned or new to the reader, without a name beside."""
    if noun.lemma_.lower() not in nouns("he") | nouns("she"):
        return False
    if noun.dep_ in ("appos", "attr", "compound", "poss") or any(
        child.dep_ == "appos" or child.ent_type_ == "PERSON" for child in noun.children
    ):
        return False
    return any(child.tag_ == "PRP$" or child.lower_ in ("a", "an") for child in noun.lefts)


def _ends(name: str, other: str) -> bool:
    """Whether one name is the end of the other: "De Blasio", "Miss Universe Ada Berg"."""
    name, other = f" {name.casefold()}", f" {other.casefold()}"
    return name.endswith(other) or other.endswith(name)


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


def _begins_with_surname(
    span: TokenSpan, surnames: Set[str], alone: Set[str], in_headline: bool
) -> bool:
    """ "Berg Speech" is no name: every word of a headline or a caption may have a capital."""
    first, last = span[0].lower_, span[-1].lower_
    if len(span) < 2 or last in alone or first in _given_names():
        return False
    return first in surnames or (in_headline and first in alone)


def _introduced(span: TokenSpan) -> bool:
    """A single name is as full as it gets after a title, or beside "her daughter"."""
    if span.root.dep_ == "appos" and describes_person(span.root.head):
        return True
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


def _apposition(span: TokenSpan, fits: Callable[[Token], bool]) -> str | None:
    """ "X, the mayor of Y," and "the mayor, X,": the phrase beside, to its first comma."""
    root = span.root
    beside = next((child for child in root.rights if child.dep_ == "appos"), None)
    if beside is None and root.dep_ == "appos":
        beside = root.head
    if beside is None or not fits(beside):
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
        punctuation = span.doc[last].is_punct and span.doc[last].tag_ != "POS"
        if punctuation or span.doc[last].tag_ in ("WP", "WDT", "VBN", "VBG"):
            break
        last += 1
    return wording(span.doc, first, last) or None


@cache
def _given_names() -> dict[str, str]:
    lines = (entry.split("|", 1) for entry in entries("given_names.txt", "api.extraction.data"))
    return {name: pronoun.strip() for pronoun, names in lines for name in words(names)}
