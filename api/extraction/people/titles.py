"""Who holds the office a phrase names: "the German chancellor", "Ukraine's leader", "the envoy"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.extraction.text.phrases import describes_person, nouns
from api.language.words.names import canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from spacy.tokens import Token

    from api.extraction.people.people import People, Person

_SKIPPED = frozenset({"the", "of", "a", "an", "and", "for", "his", "her", "its", "their"})
_INDEFINITE = frozenset({"a", "an", "another", "one", "some", "any"})
LEAD = 2
"""Blocks at the top where a title may stand before its holder is named ("The envoy said …")."""


def is_title(source: Token, start: int) -> bool:
    """Whether a phrase's head is an office one person holds, or "the" says it means one person."""
    if source.tag_ in ("NNS", "NNPS"):
        return False
    definite = source.doc[start].lower_ in ("the", "this", "that")
    return source.lemma_.lower() in nouns("office") or (definite and describes_person(source))


def is_definite(source: Token, start: int) -> bool:
    """Whether the phrase means one person already known, not "a spokesman"."""
    return source.doc[start].lower_ not in _INDEFINITE


def holders(source: Token, phrase: str, people: People, recent: Sequence[Person]) -> list[Person]:
    """The people of the article a title may mean; the one spoken of last where several hold it.

    Args:
        source: the title's head word.
        phrase: the title as written.
        people: the article's people.
        recent: those the text has spoken of, the latest last.
    """
    wanted = described(phrase)
    if source.lemma_.lower() == "leader" and len(wanted) > 1:
        wanted -= {"leader"}  # whoever leads: by any title
    office = source.lemma_.lower()
    fitting: tuple[Callable[[frozenset[str]], bool], ...] = (
        lambda role: wanted <= role and ("former" in role) == ("former" in wanted),
        lambda role: role <= wanted and office in role,
        lambda role: len(wanted) == 1 and office in role,
    )
    for fits in fitting:  # the closest first
        holding = [p for p in people.people.values() if any(map(fits, _descriptions(p)))]
        if holding:
            latest = [person for person in reversed(recent) if person in holding]
            return latest[:1] or holding
    return []


def _descriptions(person: Person) -> Iterator[frozenset[str]]:
    return map(described, (*person.roles, *person.descriptions))


def named_soon(paragraph: int, people: People) -> Person | None:
    """Whom a title in the lead means that the article names as a subject right after."""
    if paragraph >= LEAD:
        return None
    soon = [a for a in people.appearances if paragraph < a.paragraph <= LEAD + 1]
    first = next((appearance for appearance in soon if appearance.subject), None)
    met_before = first is not None and any(
        a.person is first.person and a.paragraph <= paragraph for a in people.appearances
    )
    if first is None or met_before or any(_leads(role) for role in first.person.roles):
        return None
    return first.person


def _leads(role: str) -> bool:
    """Whether a role is itself an office, so that it would have been the title used."""
    return not role.casefold().startswith("former") and bool(described(role) & nouns("office"))


def described(phrase: str) -> frozenset[str]:
    """The words of a title, countries by one name: "the US president", "President of the U.S."."""
    bare = phrase.casefold().replace("’s", "").replace("'s", "").split()
    return frozenset(canonical(word.strip(",")) for word in bare if word not in _SKIPPED)


def beside(source: Token) -> Token | None:
    """The name in apposition to what describes its bearer: "the mayor, Ruth Okafor"."""
    if source.pos_ != "NOUN" or source.tag_ in ("NNS", "NNPS"):
        return None
    return next((t for t in source.children if t.dep_ == "appos" and t.pos_ == "PROPN"), None)
