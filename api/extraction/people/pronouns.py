"""Whom "he" or "she" means: the nearest person it fits, subjects and speakers before others."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from api.extraction.people.people import People, Person
    from api.extraction.text.reading import Paragraph

PERSONAL = {"he": "he", "him": "he", "his": "he", "she": "she", "her": "she", "hers": "she"}
"""Each form of a pronoun to the one that stands for it."""
FARTHEST = 4
"""How many paragraphs back a pronoun still finds its person."""
_NEAR, _SUBJECT, _SPEAKER, _IN_QUOTATION = 4.0, 1.5, 2.0, -2.0
_SAID_OR_DONE = frozenset({"ccomp", "xcomp", "dobj", "dative"})
_STEP = 1e-4
"""Of two equally good, the later: each token's worth."""


def antecedent(
    source: Token, paragraph: Paragraph, people: People, spoken: Iterable[tuple[int, int, Person]]
) -> Person | None:
    """The person a pronoun means, None where nobody before it fits or one without a name does.

    Args:
        source: the pronoun.
        paragraph: where it stands.
        people: the article's people and where each appears.
        spoken: paragraph and token of each speaker resolved so far.
    """
    pronoun = PERSONAL[source.lower_]
    others = _others(source, paragraph, people)
    scores: dict[str, tuple[float, Person]] = {}

    def weigh(number: int, index: int, person: Person, worth: float) -> None:
        back = paragraph.number - number
        fits = person.pronoun in (None, pronoun) and person.name not in others
        if fits and back <= FARTHEST and (number, index) < (paragraph.number, source.i):
            score = worth - back + index * _STEP
            if score > scores.get(person.name, (0.0, person))[0]:
                scores[person.name] = (score, person)

    for seen in people.appearances:
        quoted = seen.paragraph == paragraph.number and paragraph.within_quotation(
            paragraph.doc[seen.index].idx
        )
        worth = _NEAR + _SUBJECT * seen.subject + _IN_QUOTATION * quoted
        weigh(seen.paragraph, seen.index, seen.person, worth)
    for number, index, person in spoken:
        weigh(number, index, person, _NEAR + _SPEAKER)
    strangers = [
        _NEAR
        + (_SPEAKER if seen.speaks else _SUBJECT * seen.subject)
        - (paragraph.number - seen.paragraph)
        + seen.index * _STEP
        for seen in people.strangers
        if seen.pronoun == pronoun
        and paragraph.number - seen.paragraph <= FARTHEST
        and (seen.paragraph, seen.index) < (paragraph.number, source.i)
    ]
    if not scores:
        return None
    best = max(score for score, _ in scores.values())
    likeliest = [person for score, person in scores.values() if score == best]
    if len(likeliest) > 1 or max(strangers, default=0.0) > best:
        return None
    found = likeliest[0]
    found.pronoun = found.pronoun or pronoun
    return found


def _others(source: Token, paragraph: Paragraph, people: People) -> set[str]:
    """Those named in what the pronoun says or does: "she said Berg had left" is not Berg's."""
    if source.dep_ not in ("nsubj", "nsubjpass"):
        return set()
    parts = [child for child in source.head.rights if child.dep_ in _SAID_OR_DONE]
    named = (seen for seen in people.appearances if seen.paragraph == paragraph.number)
    return {
        seen.person.name
        for seen in named
        if any(part.left_edge.i <= seen.index <= part.right_edge.i for part in parts)
    }
