"""Topics: the article's own noun phrases that a statement is about, as slugs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

    from api.extraction.candidates.candidates import Candidate
    from api.extraction.text.reading import Paragraph

MOST = 3
"""Topics a statement has at most."""
_NOT_SLUG = re.compile(r"[^\w]+")
_EMPTY = frozenset(
    {
        "thing",
        "way",
        "time",
        "day",
        "year",
        "week",
        "month",
        "people",
        "person",
        "lot",
        "part",
        "number",
        "percent",
        "one",
    }
)


class Topics:
    """Counts an article's noun phrases once, then picks each statement's."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self._counts = Counter(
            slug for paragraph in paragraphs for token in paragraph.doc for slug in _slugs(token)
        )

    def of(self, candidate: Candidate) -> tuple[str, ...]:
        """The phrases in a statement, those the article comes back to before the rest."""
        paragraph, (start, end) = candidate.content, candidate.bounds
        inside = [t for t in paragraph.doc if start <= t.idx < end]
        found = dict.fromkeys(slug for token in inside for slug in _slugs(token))
        ranked = sorted(found, key=lambda slug: (-self._counts[slug], -slug.count("-")))
        return tuple(ranked[:MOST])


def _slugs(token: Token) -> Iterator[str]:
    if token.pos_ != "NOUN" or token.ent_type_ in ("DATE", "TIME", "PERSON") or not token.is_alpha:
        return
    noun = token.lemma_.lower()
    if noun in _EMPTY or len(noun) < 3:
        return
    before = [
        child.lemma_.lower()
        for child in token.lefts
        if child.dep_ in ("compound", "amod") and child.is_alpha and child.i >= token.i - 2
    ]
    yield _NOT_SLUG.sub("-", " ".join((*before, noun))).strip("-")
