"""Whom "he" or "she" means: the nearest person it fits, subjects and speakers before others."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from api.extraction.cast import Cast, Person
    from api.extraction.reading import Paragraph

PERSONAL = {"he": "he", "him": "he", "his": "he", "she": "she", "her": "she", "hers": "she"}
"""Each form of a pronoun to the one that stands for it."""
FARTHEST = 4
"""How many paragraphs back a pronoun still finds its person."""
_NEAR, _SUBJECT, _SPEAKER, _IN_QUOTATION = 4.0, 1.5, 2.0, -2.0
_STEP = 1e-4
"""Of two equally good, the later: each token's worth."""


def antecedent(
    source: Token, paragraph: Paragraph, cast: Cast, spoken: Iterable[tuple[int, int, Person]]
) -> Person | None:
    """The person a pronoun means, None where nobody before it fits or one without a name does.

    Args:
        source: the pronoun.
        paragraph: where it stands.
        cast: the article's people and where each appears.
        spoken: paragraph and token of each speaker resolved so far.
    """
    pronoun = PERSONAL[source.lower_]
    scores: dict[str, tuple[float, Person]] = {}

    def weigh(number: int, index: int, person: Person, worth: float) -> None:
        back = paragraph.number - number
        fits = person.pronoun in (None, pronoun)
        if fits and back <= FARTHEST and (number, index) < (paragraph.number, source.i):
            score = worth - back + index * _STEP
            if score > scores.get(person.name, (0.0, person))[0]:
                scores[person.name] = (score, person)

    for seen in cast.appearances:
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
        for seen in cast.strangers
        if seen.pronoun == pronoun
        and paragraph.number - seen.paragraph <= FARTHEST
        and (seen.paragraph, seen.index) < (paragraph.number, source.i)
    ]
    if not scores:
        return None
    best, found = max(scores.values(), key=lambda scored: scored[0])
    if max(strangers, default=0.0) > best:
        return None
    found.pronoun = found.pronoun or pronoun
    return found
