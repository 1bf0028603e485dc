"""All against none, all against some not, most against few, the whole against a part."""

from __future__ import annotations

from api.contradictions import likeness
from api.contradictions.alignment import Match
from api.contradictions.findings import Finding
from api.contradictions.verdicts import Side
from api.language.arguments import Term
from api.language.lexicon import AGREEING
from api.language.words import Word

_EXCLUDING = frozenset(
    {frozenset(pair) for pair in (("all", "few"), ("all", "only"), ("most", "few"), ("all", "no"))}
)
"""Determiners that cannot both be right of one thing said with one sign."""


def detect(match: Match) -> Finding | None:
    """The same said of incompatible amounts of the same thing."""
    if match.predicates not in AGREEING or match.p.sign != match.q.sign:
        return None
    for mine in match.p.terms:
        for yours in match.q.terms:
            if (
                frozenset({mine.determiner, yours.determiner}) in _EXCLUDING
                and likeness.terms(match.overlap, mine, yours) >= likeness.AGREED
            ):
                x, y = _head(match.a, mine), _head(match.b, yours)
                return Finding(
                    match,
                    "quantifier",
                    "factual",
                    ((x.start, x.end), (y.start, y.end)),
                    ("says", "says"),
                )
    return None


def _head(side: Side, term: Term) -> Word:
    return side.analysis.words[term.head]
