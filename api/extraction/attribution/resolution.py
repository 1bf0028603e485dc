"""From a mention to the speaker it stands for, followed through the article."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from api.extraction.candidates.implied import REPORTS
from api.extraction.candidates.sources import agent_of
from api.extraction.people import titles
from api.extraction.people.pronouns import PERSONAL, antecedent
from api.extraction.text.extracted import Speaker, SpeakerKind
from api.extraction.text.phrases import (
    bounds,
    describes_person,
    entity,
    nouns,
    possessive,
    speaker_noun,
    wording,
)
from api.extraction.wording.plain import capitalized
from api.language.words.crowds import is_crowd

if TYPE_CHECKING:
    from spacy.tokens import Token

    from api.extraction.people.people import People, Person
    from api.extraction.text.reading import Paragraph

_COLLECTIVE = frozenset({"they", "them", "their", "it", "its"})
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_INDEFINITE = frozenset(
    {"some", "many", "others", "most", "few", "several", "one", "someone", "everyone", "those"}
)
_COUNTRIES = frozenset({"nation", "country", "state"})
_MOST_LATELY = 2
_OWN = frozenset({"my", "our", "your"})
_BODIES = frozenset({"ORG", "GPE", "NORP", "FAC", "LOC"})


class Resolver:
    """Resolves mentions in the order of the text; each answer is remembered for the next pronoun.

    ``known`` gives the full name of a speaker outside the article by a name or alias.
    """

    def __init__(self, people: People, known: Callable[[str], str | None]) -> None:
        self._all_people = people
        self._known = known
        self._people: list[tuple[int, int, Person]] = []
        self._bodies: list[tuple[int, Speaker]] = []

    def speaker(self, source: Token, paragraph: Paragraph) -> Speaker:
        """Whom the source names; unresolved, with candidates, where the article leaves it open."""
        found = self._resolve(source, paragraph)
        if found.resolved and found.kind != "unnamed" and is_crowd(found.name):
            # "Multiple Sources", which the parser takes for a name, is not the same twice.
            found = Speaker(found.name, "unnamed")
        people = (
            self._all_people.called(found.name) if found.kind == "person" and found.resolved else []
        )
        if people:
            self._people.append((paragraph.number, source.i, people[0]))
        elif found.resolved and found.kind != "unnamed":
            self._bodies.append((paragraph.number, found))
        return found

    def _resolve(self, source: Token, paragraph: Paragraph) -> Speaker:
        word = source.lower_
        if word in _RELATIVE and source.head.dep_ == "relcl":
            return self._resolve(_related(source), paragraph)
        if word in PERSONAL:
            person = antecedent(source, paragraph, self._all_people, self._people)
            return _person(person) if person else Speaker(word, "unnamed", resolved=False)
        if word in _COLLECTIVE:
            return self._collective(source, paragraph)
        maker = agent_of(source) if source.lemma_.lower() in nouns("publication") else None
        if maker is not None:
            return self._resolve(maker, paragraph)
        start, end = bounds(source)
        phrase = wording(source.doc, start, end)
        if any(child.lower_ in _OWN for child in source.lefts):
            whose = source.doc[start:end].text  # "my father": whose, the article need not tell
            return Speaker(capitalized(whose), "unnamed", resolved=False)
        if source.pos_ == "PRON":
            return Speaker(phrase, "unnamed", resolved=word in _INDEFINITE)
        return (
            self._named(source, phrase, paragraph.number)
            or self._beside(source)
            or self._titled(source, phrase, start, paragraph)
            or self._body(source, end, paragraph)
        )

    def _named(self, source: Token, phrase: str, number: int) -> Speaker | None:
        """A name the article gives in full, or one known from elsewhere."""
        name = entity(source)
        people = self._all_people.addressed(source, number) if source.text[:1].isupper() else []
        if len(people) == 1:
            return _person(people[0])
        if people:
            names = tuple(person.name for person in people)
            return Speaker(phrase, "unnamed", resolved=False, candidates=names)
        is_person = source.ent_type_ == "PERSON"
        known = self._known(phrase) or self._known(name)
        if known is not None:
            return Speaker(known, "person" if is_person else "organization")
        return Speaker(name, "person") if is_person and " " in name else None

    def _beside(self, source: Token) -> Speaker | None:
        """ "The dam's operator, Velmark Hydro": the name beside says who is meant."""
        name = titles.beside(source)
        if name is None:
            return None
        called = wording(name.doc, name.left_edge.i, name.i + 1)
        if people := self._all_people.called(called):
            return _person(people[0])
        person = name.ent_type_ == "PERSON" or titles.is_title(source, bounds(source)[0])
        return Speaker(called, "person" if person or describes_person(source) else "organization")

    def _titled(
        self, source: Token, phrase: str, start: int, paragraph: Paragraph
    ) -> Speaker | None:
        if not titles.is_title(source, start):
            return None
        recent = [person for _, _, person in self._people]
        holders = titles.holders(source, phrase, self._all_people, recent)
        if titles.is_definite(source, start):
            soon = titles.named_soon(paragraph.number, self._all_people) if not holders else None
            if len(holders) == 1 or soon is not None:
                return _person(soon or holders[0])
        names = tuple(person.name for person in holders) or self._lately(source, start)
        owned = any(child.dep_ == "poss" for child in source.children)  # "her spokesman"
        anonymous = not names and (owned or not titles.is_definite(source, start))
        return Speaker(phrase, "unnamed", resolved=anonymous, candidates=names)

    def _lately(self, source: Token, start: int) -> tuple[str, ...]:
        """Of whom "the senator" may be said, where nothing else tells: who spoke last."""
        if source.doc[start].lower_ not in ("the", "this", "that"):
            return ()
        names = dict.fromkeys(person.name for _, _, person in reversed(self._people))
        return tuple(names)[:_MOST_LATELY]

    def _body(self, source: Token, end: int, paragraph: Paragraph) -> Speaker:
        """An organisation, a document, or people without a name."""
        kind = _kind(source)
        if source.lemma_.lower() in _COUNTRIES and source.i - bounds(source)[0] < 2:
            country = _country_before(source)
            name = country or capitalized(source.lower_)
            return Speaker(name, "organization" if country else "unnamed", resolved=bool(country))
        if kind == "unnamed" and source.tag_ == "NNS" and source.lemma_.lower() in REPORTS:
            return Speaker(f"Unnamed {source.lower_}", kind)
        phrase = wording(source.doc, bounds(source)[0], end)
        owner = next((child for child in source.children if child.dep_ == "poss"), None)
        if owner is not None:
            return Speaker(self._owned(owner, end, kind, paragraph), kind)
        if kind == "organization" and source.pos_ == "NOUN" and " " not in phrase:
            for _, body in reversed(self._bodies):
                if source.lower_ in body.name.casefold().split():
                    return body
            if source.lower_ in nouns("business") and (firm := _business_before(source)):
                return Speaker(firm, kind)
        if kind == "unnamed" and " " in phrase and phrase.istitle():
            kind = "organization"  # "Doctors Without Borders"
        return Speaker(phrase[:1].upper() + phrase[1:], kind)

    def _owned(self, owner: Token, end: int, kind: SpeakerKind, paragraph: Paragraph) -> str:
        """ "Her office" and "the nation's constitution" by the names of whom they belong to."""
        after = owner.right_edge.i + 1
        thing = wording(owner.doc, after, end) if after < end else ""
        if owner.lower_ in PERSONAL or owner.lower_ in _COLLECTIVE:
            found = self._resolve(owner, paragraph)
            return (
                f"{possessive(found.name)} {thing}" if found.resolved else f"{owner.text} {thing}"
            )
        if thing.istitle() and not owner.text[:1].isupper():
            return thing  # "the state's Department of Transport"
        whose = _country_before(owner) or wording(owner.doc, owner.left_edge.i, owner.i + 1)
        if kind == "document" and whose[:1].isupper():
            return f"{thing[:1].upper()}{thing[1:]} of {whose}"
        return f"{possessive(capitalized(whose))} {thing}"

    def _collective(self, source: Token, paragraph: Paragraph) -> Speaker:
        for number, body in reversed(self._bodies):
            if paragraph.number - number <= 1:
                return body
        return Speaker(source.lower_, "unnamed", resolved=False)


def _related(pronoun: Token) -> Token:
    """What a relative clause is about: of "people in the country who" the people."""
    noun = pronoun.head.head
    while (
        pronoun.lower_ in ("who", "whom")
        and noun.dep_ == "pobj"
        and noun.head.head.pos_ in ("NOUN", "PROPN")
        and noun.ent_type_ != "PERSON"
        and not describes_person(noun)
        and speaker_noun(noun.lemma_.lower()) != "office"
        and noun.tag_ not in ("NNS", "NNPS")
    ):
        noun = noun.head.head
    return noun


def _business_before(source: Token) -> str | None:
    """The firm behind "the company": the last one that was a subject before it."""
    before = (source.doc[index] for index in range(source.i - 1, -1, -1))
    subjects = (t for t in before if t.pos_ == "PROPN" and t.dep_.startswith("nsubj"))
    firms = (t for t in subjects if t.ent_type_ and t.ent_type_ != "PERSON")
    return next((entity(token) for token in firms), None)


def _country_before(owner: Token) -> str | None:
    """The country behind "the nation's": the last one that was a subject before."""
    if owner.lemma_.lower() not in _COUNTRIES:
        return None
    before = range(owner.sent.start - 1, -1, -1)
    tokens = (owner.doc[index] for index in before)
    subjects = (t for t in tokens if t.ent_type_ == "GPE" and t.dep_.startswith("nsubj"))
    return next((token.text for token in subjects), None)


def _person(person: Person) -> Speaker:
    return Speaker(person.name, "person", role=person.roles[0] if person.roles else None)


def _kind(source: Token) -> SpeakerKind:
    noun = source.lemma_.lower()
    if noun in nouns("document"):
        return "document"
    if source.ent_type_ == "PERSON":
        return "person"
    if source.ent_type_ in _BODIES or noun in nouns("organization") or source.pos_ == "PROPN":
        return "organization"
    return "unnamed"
