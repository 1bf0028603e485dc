"""Short ways to read a sentence in tests."""

from api.language.clauses.propositions import Proposition, propositions
from api.language.parsing import parse
from api.language.words.words import Word, read


def said(text: str) -> dict[str, Proposition]:
    """The propositions of a text by the lemma of their predicate."""
    (doc,) = parse([text])
    reading = read(doc)
    return {reading.words[p.predicate].lemma: p for p in propositions(doc, reading)}


def words(text: str) -> tuple[Word, ...]:
    (doc,) = parse([text])
    return read(doc).words


def participants(text: str, predicate: str) -> set[tuple[str, str]]:
    """The role and head of each participant of a predicate."""
    return {(term.role, words(text)[term.head].lemma) for term in said(text)[predicate].terms}
